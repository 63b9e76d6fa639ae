package dev.gatehouse.access.account;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.secret.GuessLimit;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.access.session.Sessions;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class PasswordLinksTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final String OLD = "correct horse battery";
  private static final String NEW = "another fine password";

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Accounts accounts;
  private final PasswordCheck check;
  private final PasswordLinks links;
  private final Sessions sessions;
  private final long workspace;
  private final Account ada;

  PasswordLinksTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    var trail = new Trail(clock);
    var passwords = Passwords.cheap();
    accounts = new Accounts(databases.database(), trail, passwords, () -> {});
    check = new PasswordCheck(databases.database(), passwords, new GuessLimit(clock));
    links = new PasswordLinks(databases.database(), trail, accounts, passwords);
    sessions = new Sessions(databases.database(), trail);
    workspace = databases.workspace("default");
    ada = account("ada", Role.DEVELOPER, "ada@example.test");
  }

  private Account account(String name, Role role, String email) {
    return accounts.create(OPERATOR, workspace, new NewAccount(name, role, OLD, email));
  }

  private void assertPassword(String password) {
    InetAddress here = InetAddress.getLoopbackAddress();
    assertThat(check.require(workspace, "ada", password, here).name()).isEqualTo("ada");
  }

  private List<String> forgotten(String name) {
    List<String> sent = new ArrayList<>();
    links.forgotten(workspace, name, (_, made) -> sent.add(made.secret()));
    return sent;
  }

  @Test
  void setsANewPasswordOnceAndEndsTheSessions() {
    String session = sessions.open(ada);
    String secret = forgotten("ada").getFirst();
    assertThat(links.require(secret).name()).isEqualTo("ada");
    List<String> kept =
        databases
            .database()
            .read(handle ->
                handle.createQuery("SELECT hash FROM password_link").mapTo(String.class).list());
    assertThat(kept).containsExactly(Secrets.sha256(secret));
    links.use(secret, NEW);
    assertPassword(NEW);
    assertThat(sessions.find(session)).isNull();
    assertThatProblem(Problem.NotFound.class, () -> links.use(secret, OLD));
    assertThat(databases.audited())
        .contains(
            "job:forgotten-password account.password-link ada", "user:ada account.password ada");
  }

  @Test
  void staysWhenTheNewPasswordIsNotAcceptable() {
    String secret = forgotten("ada").getFirst();
    assertThatProblem(Problem.Malformed.class, () -> links.use(secret, "short"));
    links.use(secret, NEW);
    assertPassword(NEW);
  }

  @Test
  void worksForAnHourAndNoLonger() {
    String secret = forgotten("ada").getFirst();
    clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(links.require(secret)).isEqualTo(ada);
    clock.advance(Duration.ofMillis(1));
    assertThatProblem(Problem.NotFound.class, () -> links.require(secret));
    assertThatProblem(Problem.NotFound.class, () -> links.use(secret, NEW));
    assertPassword(OLD);
  }

  @Test
  void endsWithThatOfAnAdminAndWithEveryChangeOfThePassword() {
    String first = forgotten("ada").getFirst();
    String second = links.make(OPERATOR, ada).secret();
    assertThatProblem(Problem.NotFound.class, () -> links.use(first, NEW));
    accounts.changePassword(OPERATOR, ada, NEW);
    assertThatProblem(Problem.NotFound.class, () -> links.use(second, OLD));
    assertPassword(NEW);
  }

  @Test
  void isNotEndedByStrangersWhoAskForAnother() {
    String made = links.make(OPERATOR, ada).secret();
    String asked = forgotten("ada").getFirst();
    String another = forgotten("ada").getFirst();
    assertThat(links.require(asked)).isEqualTo(ada);
    links.use(made, NEW);
    assertPassword(NEW);
    for (String other : List.of(asked, another)) {
      assertThatProblem(Problem.NotFound.class, () -> links.use(other, OLD));
    }
  }

  @Test
  void isNotForThoseWhoAreShutOutAlsoWhenTheyAreLetInAgain() {
    String secret = forgotten("ada").getFirst();
    accounts.deactivate(OPERATOR, ada);
    assertThatProblem(Problem.NotFound.class, () -> links.use(secret, NEW));
    assertThat(forgotten("ada")).isEmpty();
    assertThatProblem(Problem.Conflict.class, () -> links.make(OPERATOR, ada));
    accounts.activate(OPERATOR, ada);
    assertThatProblem(Problem.NotFound.class, () -> links.use(secret, NEW));
  }

  @Test
  void sendsNothingToWhomItCannotReach() {
    account("bob", Role.DEVELOPER, "");
    assertThat(forgotten("bob")).isEmpty();
    assertThat(forgotten("nobody")).isEmpty();
    assertThat(forgotten("ada'--")).isEmpty();
  }

  @Test
  void isMadeByWhoeverManagesTheAccountAndNotForOneself() {
    Account adam = account("adam", Role.ADMIN, "");
    Account olga = account("olga", Role.OWNER, "");
    var admin = new Actor.User(adam.id(), "adam", null);
    assertThatProblem(Problem.Forbidden.class, () -> links.make(admin, olga));
    assertThatProblem(Problem.Forbidden.class, () -> links.make(admin, adam));
    assertThatProblem(
        Problem.Forbidden.class, () -> links.make(new Actor.User(ada.id(), "ada", null), adam));
    PasswordLinks.Made made = links.make(admin, ada);
    assertThat(made.toString()).doesNotContain(made.secret());
    links.use(made.secret(), NEW);
    assertPassword(NEW);
  }
}
