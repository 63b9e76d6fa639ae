package dev.gatehouse.access.account;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AccountsTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final AtomicInteger reloads = new AtomicInteger();
  private final Accounts accounts;
  private final long workspace;

  AccountsTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    workspace = databases.workspace("default");
    accounts =
        new Accounts(
            databases.database(), new Trail(clock), Passwords.cheap(), reloads::incrementAndGet);
  }

  @Test
  void createsAnAccountWithItsAuditRowAndTellsEverybody() {
    Account ada = accounts.create(OPERATOR, workspace, someone("ada", Role.ADMIN));

    assertThat(ada)
        .isEqualTo(
            new Account(
                ada.id(),
                workspace,
                "ada",
                Role.ADMIN,
                null,
                "ada@example.org",
                Profile.EMPTY,
                true,
                clock.instant(),
                clock.instant()))
        .isEqualTo(accounts.find(workspace, "ada"));
    assertThat(databases.audited()).containsExactly("operator account.create ada");
    assertThat(databases.raised("server", "ACCESS")).isEqualTo(1);
    assertThat(reloads).hasValue(1);
  }

  @Test
  void leavesNothingBehindWhenTheNameIsTaken() {
    accounts.create(OPERATOR, workspace, someone("ada", Role.ADMIN));

    assertThatProblem(
            Problem.Conflict.class,
            () -> accounts.create(OPERATOR, workspace, someone("ada", Role.OWNER)))
        .isEqualTo("There is a user \"ada\" already: choose another name.");
    assertThat(databases.audited()).hasSize(1);
    assertThat(accounts.require(workspace, "ada").role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void keepsWorkspacesApart() {
    long other = databases.workspace("other");
    accounts.create(OPERATOR, workspace, someone("ada", Role.OWNER));
    Account there = accounts.create(OPERATOR, other, someone("ada", Role.READ_ONLY));

    assertThat(accounts.list(other)).containsExactly(there);
    assertThat(accounts.list(workspace)).extracting(Account::role).containsExactly(Role.OWNER);
  }

  @Test
  void ofEightWhoTakeOneNameExactlyOneWins() throws Exception {
    Account[] no = {};
    List<Callable<Account[]>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(() -> {
        try {
          var bare = new NewAccount("ada", Role.DEVELOPER, null, "");
          return new Account[] {accounts.create(OPERATOR, workspace, bare)};
        } catch (ProblemException taken) {
          assertThat(taken.problem()).isInstanceOf(Problem.Conflict.class);
          return no;
        }
      });
    }
    int won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(all)) {
        won += result.get().length;
      }
    }
    assertThat(won).isEqualTo(1);
    assertThat(databases.audited()).containsExactly("operator account.create ada");
  }

  @Test
  void refusesNamesThatCannotBe() {
    for (String name :
        List.of("", "Ada", "1ada", "-ada", "a b", "a/b", "a:b", "../a", "ädа", "a".repeat(65))) {
      assertThatProblem(Problem.Malformed.class, () -> create(name)).contains("user name");
    }
    assertThatProblem(Problem.Malformed.class, () -> create("gatehouse")).contains("reserved");
    create("a".repeat(64));
    create("a.b-c_9");
  }

  @Test
  void refusesWhatIsNoMailAddress() {
    for (String email : List.of("ada", "a b@example.org", "a@b@c", "a@b\r\nBcc: c@d")) {
      assertThatProblem(
              Problem.Malformed.class,
              () ->
                  accounts.create(
                      OPERATOR, workspace, new NewAccount("ada", Role.OWNER, null, email)))
          .contains("mail address");
    }
  }

  @Test
  void deactivatesAndActivates() {
    create("root");
    Account ada = accounts.create(OPERATOR, workspace, someone("ada", Role.DEVELOPER));
    clock.advance(Duration.ofHours(1));

    assertThat(accounts.deactivate(OPERATOR, ada).active()).isFalse();
    assertThat(accounts.require(workspace, "ada").updated()).isEqualTo(clock.instant());
    assertThat(accounts.activate(OPERATOR, ada).active()).isTrue();
    assertThat(databases.audited())
        .endsWith("operator account.deactivate ada", "operator account.activate ada");
    assertThat(databases.raised("server", "ACCESS")).isEqualTo(4);
    assertThat(reloads).hasValue(4);
  }

  @Test
  void neverTakesAwayTheLastActiveOwner() {
    Account ada = accounts.create(OPERATOR, workspace, someone("ada", Role.OWNER));
    Account grace = accounts.create(OPERATOR, workspace, someone("grace", Role.OWNER));
    accounts.deactivate(OPERATOR, grace);

    assertThatProblem(Problem.Conflict.class, () -> accounts.deactivate(OPERATOR, ada))
        .contains("last active owner");
    assertThatProblem(Problem.Conflict.class, () -> accounts.changeRole(OPERATOR, ada, Role.ADMIN))
        .contains("last active owner");
    accounts.changeRole(OPERATOR, ada, Role.OWNER);

    accounts.activate(OPERATOR, grace);
    assertThat(accounts.changeRole(OPERATOR, ada, Role.READ_ONLY).role()).isEqualTo(Role.READ_ONLY);
  }

  @Test
  void twoOwnersWhoDeposeEachOtherAtOnceLeaveOne() throws Exception {
    Account ada = accounts.create(OPERATOR, workspace, someone("ada", Role.OWNER));
    Account grace = accounts.create(OPERATOR, workspace, someone("grace", Role.OWNER));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(
          List.of(
              () -> accounts.changeRole(user(ada), grace, Role.DEVELOPER),
              () -> accounts.changeRole(user(grace), ada, Role.DEVELOPER)));
    }

    assertThat(accounts.list(workspace))
        .extracting(Account::role)
        .containsExactlyInAnyOrder(Role.OWNER, Role.DEVELOPER);
  }

  @Test
  void onlyOwnersTouchOwners() {
    Account owner = accounts.create(OPERATOR, workspace, someone("ada", Role.OWNER));
    Account admin = accounts.create(OPERATOR, workspace, someone("grace", Role.ADMIN));
    Account developer = accounts.create(OPERATOR, workspace, someone("linus", Role.DEVELOPER));

    List<Runnable> forbidden =
        List.of(
            () -> accounts.changePassword(user(admin), owner, "taken over"),
            () -> accounts.deactivate(user(admin), owner),
            () -> accounts.changeRole(user(admin), owner, Role.ADMIN),
            () -> accounts.changeRole(user(admin), developer, Role.OWNER),
            () -> accounts.create(user(admin), workspace, someone("mallory", Role.OWNER)),
            () -> accounts.create(user(developer), workspace, someone("mallory", Role.READ_ONLY)),
            () -> accounts.changePassword(user(developer), admin, "taken over"),
            () -> accounts.changeRole(user(developer), developer, Role.ADMIN),
            () -> accounts.changeRole(user(owner), owner, Role.OWNER),
            () -> accounts.create(new Actor.Anonymous(), workspace, someone("eve", Role.ADMIN)));
    for (Runnable attempt : forbidden) {
      assertThatProblem(Problem.Forbidden.class, attempt::run).isNotEmpty();
    }

    accounts.changeRole(user(admin), developer, Role.ADMIN);
    accounts.changePassword(user(owner), admin, "a new password");
    accounts.create(user(owner), workspace, someone("barbara", Role.OWNER));
  }

  @Test
  void anOwnerOfAnotherWorkspaceOrADeactivatedOneIsNobodyHere() {
    long other = databases.workspace("other");
    Account stranger = accounts.create(OPERATOR, other, someone("eve", Role.OWNER));
    Account ada = accounts.create(OPERATOR, workspace, someone("ada", Role.OWNER));
    Account gone = accounts.create(OPERATOR, workspace, someone("gone", Role.OWNER));
    accounts.deactivate(OPERATOR, gone);

    assertThatProblem(
            Problem.Forbidden.class,
            () -> accounts.changePassword(user(stranger), ada, "taken over"))
        .isEqualTo("Only owners manage the accounts of owners.");
    assertThatProblem(Problem.Forbidden.class, () -> accounts.deactivate(user(gone), ada))
        .isEqualTo("Only owners manage the accounts of owners.");
  }

  @Test
  void changesOnesOwnProfile() {
    Account ada = accounts.create(OPERATOR, workspace, someone("ada", Role.READ_ONLY));

    accounts.changeProfile(
        user(ada), ada, null, Map.of("fullname", "Ada \"L\" Lovelace", "github", "ada"));
    Account changed =
        accounts.changeProfile(
            user(ada), ada, "ada@example.com", Map.of("github", "", "homepage", "ada.example"));

    assertThat(changed.email()).isEqualTo("ada@example.com");
    assertThat(changed.profile().fields())
        .isEqualTo(Map.of("fullname", "Ada \"L\" Lovelace", "homepage", "ada.example"));
    assertThat(accounts.find(workspace, "ada")).isEqualTo(changed);
    assertThatProblem(
            Problem.Malformed.class,
            () -> accounts.changeProfile(user(ada), ada, null, Map.of("role", "owner")))
        .contains("no such field");
    assertThatProblem(
            Problem.Malformed.class,
            () -> accounts.changeProfile(user(ada), ada, null, Map.of("github", "x".repeat(257))))
        .contains("github is too long");
  }

  @Test
  void neverPrintsAPassword() {
    assertThat(new NewAccount("ada", Role.OWNER, "correct horse", ""))
        .asString()
        .doesNotContain("horse");
  }

  private void create(String name) {
    accounts.create(OPERATOR, workspace, new NewAccount(name, Role.OWNER, null, ""));
  }

  private static NewAccount someone(String name, Role role) {
    return new NewAccount(name, role, null, name + "@example.org");
  }

  private static Actor user(Account account) {
    return new Actor.User(account.id(), account.name(), null);
  }
}
