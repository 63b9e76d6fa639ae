package dev.gatehouse.access.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class SessionsTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Accounts accounts;
  private final Sessions sessions;
  private final Account ada;

  SessionsTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    var trail = new Trail(clock);
    accounts = new Accounts(databases.database(), trail, Passwords.cheap(), () -> {});
    sessions = new Sessions(databases.database(), trail);
    long workspace = databases.workspace("default");
    ada = accounts.create(OPERATOR, workspace, new NewAccount("ada", Role.OWNER, null, ""));
    accounts.create(OPERATOR, workspace, new NewAccount("bob", Role.OWNER, null, ""));
  }

  private List<String> hashes() {
    return databases
        .database()
        .read(handle -> handle.createQuery("SELECT hash FROM session").mapTo(String.class).list());
  }

  @Test
  void findsTheAccountByASecretOfWhichOnlyTheHashIsKept() {
    String secret = sessions.open(ada);
    assertThat(secret).matches("[0-9A-Za-z]{40}");
    assertThat(sessions.find(secret)).isEqualTo(ada);
    assertThat(sessions.find(secret + "x")).isNull();
    assertThat(hashes()).containsExactly(Secrets.sha256(secret));
    assertThat(databases.audited()).contains("user:ada session.open ada");
  }

  @Test
  void endsOneOrAll() {
    String one = sessions.open(ada);
    String two = sessions.open(ada);
    String three = sessions.open(ada);
    sessions.end(ada, one);
    assertThat(sessions.find(one)).isNull();
    assertThat(sessions.find(two)).isEqualTo(ada);
    sessions.endAll(ada);
    assertThat(sessions.find(two)).isNull();
    assertThat(sessions.find(three)).isNull();
  }

  @Test
  void endsAfterAWeekWithoutUseAndAfterAMonthInAnyCase() {
    String idle = sessions.open(ada);
    String used = sessions.open(ada);
    for (int day = 0; day < 30; day++) {
      assertThat(sessions.find(used)).as("day " + day).isNotNull();
      clock.advance(Duration.ofDays(1));
    }
    assertThat(sessions.find(idle)).isNull();
    assertThat(sessions.find(used)).isNull();
    sessions.open(ada);
    assertThat(hashes()).hasSize(1);
  }

  @Test
  void endsWhenTheAccountIsShutOutAndStaysEndedWhenItIsLetInAgain() {
    String secret = sessions.open(ada);
    accounts.deactivate(OPERATOR, ada);
    assertThat(sessions.find(secret)).isNull();
    accounts.activate(OPERATOR, ada);
    assertThat(sessions.find(secret)).isNull();
  }

  @Test
  void endsWhenThePasswordChanges() {
    String secret = sessions.open(ada);
    accounts.changePassword(OPERATOR, ada, "correct horse battery");
    assertThat(sessions.find(secret)).isNull();
  }

  @Test
  void seesAChangedRoleAtOnce() {
    String secret = sessions.open(ada);
    accounts.changeRole(OPERATOR, ada, Role.READ_ONLY);
    assertThat(sessions.find(secret))
        .isNotNull()
        .extracting(Account::role)
        .isEqualTo(Role.READ_ONLY);
  }

  @Test
  void keepsAFixedNumberForEachAccount() {
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i < 52; i++) {
      secrets.add(sessions.open(ada));
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(sessions.find(secrets.getFirst())).isNull();
    assertThat(sessions.find(secrets.get(2))).isNotNull();
    assertThat(hashes()).hasSize(50);
  }
}
