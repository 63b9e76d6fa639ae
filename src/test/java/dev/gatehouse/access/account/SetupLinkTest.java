package dev.gatehouse.access.account;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class SetupLinkTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Accounts accounts;
  private final SetupLink link;
  private final long workspace;

  SetupLinkTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    workspace = databases.workspace("default");
    var trail = new Trail(clock);
    accounts = new Accounts(databases.database(), trail, Passwords.cheap(), () -> {});
    link = new SetupLink(databases.database(), trail, accounts);
  }

  @Test
  void makesOneOwnerOnce() {
    String secret = link.issue(OPERATOR, Duration.ofDays(1));

    assertThat(secret).matches("[0-9A-Za-z]{32}");
    assertThat(link.isValid(secret)).isTrue();
    Account made = link.consume(secret, workspace, someone("ada"));
    assertThat(made.role()).isEqualTo(Role.OWNER);
    assertThat(link.isValid(secret)).isFalse();
    spent(secret, "grace");
    assertThat(databases.audited())
        .containsExactly("operator setup.issue setup-link", "job:setup account.create ada");
  }

  @Test
  void expires() {
    String secret = link.issue(OPERATOR, Duration.ofDays(1));
    clock.advance(Duration.ofDays(1));

    spent(secret, "ada");
  }

  @Test
  void voidsTheLinkBefore() {
    String before = link.issue(OPERATOR, Duration.ofDays(1));
    String now = link.issue(OPERATOR, Duration.ofDays(1));

    spent(before, "ada");
    spent("", "ada");
    link.consume(now, workspace, someone("ada"));
  }

  @Test
  void isNotSpentWhenTheAccountCannotBeMade() {
    accounts.create(OPERATOR, workspace, new NewAccount("ada", Role.DEVELOPER, null, ""));
    String secret = link.issue(OPERATOR, Duration.ofDays(1));

    assertThatProblem(Problem.Conflict.class, () -> link.consume(secret, workspace, someone("ada")))
        .contains("already");
    link.consume(secret, workspace, someone("grace"));
  }

  @Test
  void isNotStoredAsItIs() {
    String secret = link.issue(OPERATOR, Duration.ofDays(1));

    List<String> settings =
        databases
            .database()
            .read(h -> h.createQuery("SELECT value FROM setting").mapTo(String.class).list());
    assertThat(settings).hasSize(1).noneMatch(value -> value.contains(secret));
  }

  @Test
  void ofEightWhoUseItExactlyOneBecomesOwner() throws Exception {
    String secret = link.issue(OPERATOR, Duration.ofDays(1));
    List<Callable<Account>> all = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      all.add(() -> link.consume(secret, workspace, someone(name)));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(all))
          .filteredOn(future -> future.state() == Future.State.SUCCESS)
          .hasSize(1);
    }
    assertThat(accounts.list(workspace)).hasSize(1);
  }

  private void spent(String secret, String name) {
    assertThatProblem(Problem.Forbidden.class, () -> link.consume(secret, workspace, someone(name)))
        .startsWith("This setup link is spent");
  }

  private static NewAccount someone(String name) {
    return new NewAccount(name, Role.OWNER, null, "");
  }
}
