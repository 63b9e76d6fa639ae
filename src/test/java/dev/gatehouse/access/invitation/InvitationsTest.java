package dev.gatehouse.access.invitation;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class InvitationsTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final String PASSWORD = "correct horse battery";
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Accounts accounts;
  private final Invitations invitations;
  private final JoinRequests requests;
  private final long workspace;
  private final Account owner;
  private final Account admin;

  InvitationsTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    var trail = new Trail(clock);
    accounts = new Accounts(databases.database(), trail, Passwords.cheap(), () -> {});
    invitations = new Invitations(databases.database(), trail, accounts);
    requests = new JoinRequests(databases.database(), trail, invitations);
    workspace = databases.workspace("default");
    owner = account("olga", Role.OWNER);
    admin = account("adam", Role.ADMIN);
  }

  private Account account(String name, Role role) {
    return accounts.create(OPERATOR, workspace, new NewAccount(name, role, null, ""));
  }

  private static Actor.User actor(Account account) {
    return new Actor.User(account.id(), account.name(), null);
  }

  private Invitations.Made invite(Account by, Role role, String email) {
    return invitations.invite(
        actor(by), workspace, new Invitations.Wanted(Role.Given.of(role), email), (_, _) -> {});
  }

  private String secret() {
    return invite(admin, Role.DEVELOPER, "").secret();
  }

  private Account accept(String secret, String name) {
    return invitations.accept(secret, name, PASSWORD, "");
  }

  @Test
  void makesTheAccountOfWhoeverHasTheLinkOnce() {
    Invitations.Made made = invite(admin, Role.DEVELOPER, "dora@example.test");
    assertThat(made.secret()).matches("[0-9A-Za-z]{40}");
    assertThat(made.toString()).doesNotContain(made.secret());
    assertThat(invitations.require(made.secret())).isEqualTo(made.invitation());
    Account dora = invitations.accept(made.secret(), "dora", PASSWORD, "other@example.test");
    assertThat(dora.role()).isEqualTo(Role.DEVELOPER);
    assertThat(dora.email()).isEqualTo("dora@example.test");
    assertThatProblem(Problem.NotFound.class, () -> accept(made.secret(), "eve"))
        .contains("ask for another one");
    assertThat(databases.audited())
        .contains(
            "user:adam invitation.create dora@example.test",
            "user:adam invitation.accept dora@example.test",
            "user:adam account.create dora");
  }

  @Test
  void keepsTheHashAlone() {
    String secret = secret();
    List<String> kept =
        databases
            .database()
            .read(handle ->
                handle.createQuery("SELECT hash FROM invitation").mapTo(String.class).list());
    assertThat(kept).containsExactly(Secrets.sha256(secret));
  }

  @Test
  void takesTheAddressOfWhoeverHasALinkThatWasHandedOver() {
    assertThat(invitations.accept(secret(), "dora", PASSWORD, "d@example.test").email())
        .isEqualTo("d@example.test");
    String secret = secret();
    assertThatProblem(
            Problem.Malformed.class,
            () -> invitations.accept(secret, "eve", PASSWORD, "no address"))
        .contains("mail address");
  }

  @Test
  void worksForFiveDaysAndNoLonger() {
    String late = secret();
    String used = secret();
    clock.advance(Duration.ofDays(5).minusMillis(1));
    accept(used, "dora");
    clock.advance(Duration.ofMillis(1));
    assertThatProblem(Problem.NotFound.class, () -> invitations.require(late));
    assertThatProblem(Problem.NotFound.class, () -> accept(late, "eve"));
    assertThat(invitations.list(workspace)).isEmpty();
  }

  @Test
  void staysWhenTheNameIsTakenOrThePasswordTooShort() {
    String secret = secret();
    assertThatProblem(Problem.Conflict.class, () -> accept(secret, "olga"));
    assertThatProblem(Problem.Malformed.class, () -> accept(secret, "No Name"));
    assertThatProblem(
        Problem.Malformed.class, () -> invitations.accept(secret, "dora", "short", ""));
    assertThat(accept(secret, "dora").name()).isEqualTo("dora");
  }

  @Test
  void letsExactlyOneInOfManyAtOnce() throws Exception {
    String secret = secret();
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "dora" + i;
      all.add(() -> accepts(secret, name));
    }
    List<Boolean> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(all)) {
        outcomes.add(one.get());
      }
    }
    assertThat(outcomes).containsOnlyOnce(true);
    assertThat(accounts.list(workspace)).hasSize(3);
  }

  private boolean accepts(String secret, String name) {
    try {
      return accept(secret, name).active();
    } catch (ProblemException refused) {
      assertThat(refused.problem()).isInstanceOf(Problem.NotFound.class);
      return false;
    }
  }

  @Test
  void givesNoRoleThatTheInviterDoesNotManage() {
    assertThatProblem(Problem.Forbidden.class, () -> invite(admin, Role.OWNER, ""));
    Account dora = account("dora", Role.DEVELOPER);
    assertThatProblem(Problem.Forbidden.class, () -> invite(dora, Role.READ_ONLY, ""));
    assertThat(accept(invite(owner, Role.OWNER, "").secret(), "otto").role()).isEqualTo(Role.OWNER);
  }

  @Test
  void endsWithTheRightsOfWhoInvited() {
    String byAdmin = secret();
    String byOwner = invite(owner, Role.OWNER, "").secret();
    account("otto", Role.OWNER);
    accounts.changeRole(OPERATOR, admin, Role.DEVELOPER);
    accounts.changeRole(OPERATOR, owner, Role.ADMIN);
    assertThatProblem(Problem.NotFound.class, () -> accept(byAdmin, "dora"));
    assertThatProblem(Problem.NotFound.class, () -> accept(byOwner, "dora"));
    assertThat(invitations.list(workspace)).isEmpty();
    accounts.changeRole(OPERATOR, owner, Role.OWNER);
    accounts.deactivate(OPERATOR, owner);
    assertThatProblem(Problem.NotFound.class, () -> accept(byOwner, "dora"));
  }

  @Test
  void isTakenBackByWhoeverManagesTheRoleInTheSameWorkspace() {
    Invitations.Made made = invite(owner, Role.OWNER, "");
    long other = databases.workspace("other");
    Account stranger =
        accounts.create(OPERATOR, other, new NewAccount("olga", Role.OWNER, null, ""));
    long id = made.invitation().id();
    assertThatProblem(Problem.NotFound.class, () -> invitations.revoke(actor(stranger), other, id));
    assertThatProblem(
        Problem.Forbidden.class, () -> invitations.revoke(actor(stranger), workspace, id));
    assertThatProblem(
        Problem.Forbidden.class, () -> invitations.revoke(actor(admin), workspace, id));
    assertThat(invitations.list(workspace)).containsExactly(made.invitation());
    assertThat(invitations.list(other)).isEmpty();
    invitations.revoke(actor(owner), workspace, id);
    assertThatProblem(Problem.NotFound.class, () -> accept(made.secret(), "dora"));
    assertThatProblem(
        Problem.NotFound.class, () -> invitations.revoke(actor(owner), workspace, id));
  }

  @Test
  void makesNoneIfWhatIsToldWithItFails() {
    assertThatThrownBy(() ->
            invitations.invite(
                actor(admin),
                workspace,
                new Invitations.Wanted(Role.Given.of(Role.DEVELOPER), ""),
                (_, _) -> {
                  throw new IllegalArgumentException("told");
                }))
        .hasMessageContaining("told");
    assertThat(invitations.list(workspace)).isEmpty();
  }

  @Test
  void letsStrangersAskWhereTheWorkspaceSaysSo() {
    assertThat(requests.areAllowed(workspace)).isFalse();
    assertThatProblem(Problem.Forbidden.class, () -> ask("eve@example.test"));
    assertThatProblem(
            Problem.Forbidden.class, () -> requests.ask(null, "eve@example.test", "", HERE))
        .contains("takes no requests");
    requests.allow(actor(admin), workspace, true);
    ask("eve@example.test");
    ask("eve@example.test");
    assertThat(requests.list(workspace))
        .extracting(JoinRequest::email)
        .containsExactly("eve@example.test");
    assertThat(requests.list(databases.workspace("other"))).isEmpty();
    Account dora = account("dora", Role.DEVELOPER);
    assertThatProblem(Problem.Forbidden.class, () -> requests.allow(actor(dora), workspace, false));
    assertThat(databases.audited())
        .contains("user:adam join.allow true")
        .containsOnlyOnce("anonymous join.ask eve@example.test");
  }

  private void ask(String email) {
    requests.ask(workspace, email, "I am new", HERE);
  }

  @Test
  void takesNoRequestThatMakesNoSense() {
    requests.allow(actor(admin), workspace, true);
    for (String email : List.of("", "eve", "eve@example.test\r\nBcc: x@example.test")) {
      assertThatProblem(Problem.Malformed.class, () -> ask(email));
    }
    assertThatProblem(
        Problem.Malformed.class,
        () -> requests.ask(workspace, "eve@example.test", "x".repeat(501), HERE));
  }

  @Test
  void invitesWhoWasApprovedAndForgetsWhoWasRefused() {
    requests.allow(actor(admin), workspace, true);
    ask("eve@example.test");
    ask("mallory@example.test");
    long eve = requests.list(workspace).get(0).id();
    long mallory = requests.list(workspace).get(1).id();
    assertThatProblem(Problem.Forbidden.class, () -> approve(admin, eve, Role.OWNER));
    assertThat(requests.list(workspace)).hasSize(2);
    Invitations.Made made = approve(admin, eve, Role.READ_ONLY);
    assertThat(made.invitation().email()).isEqualTo("eve@example.test");
    assertThat(accept(made.secret(), "eve").role()).isEqualTo(Role.READ_ONLY);
    assertThatProblem(Problem.NotFound.class, () -> approve(owner, eve, Role.READ_ONLY));
    requests.refuse(actor(admin), workspace, mallory);
    assertThat(requests.list(workspace)).isEmpty();
    assertThatProblem(
        Problem.NotFound.class, () -> requests.refuse(actor(admin), workspace, mallory));
  }

  private Invitations.Made approve(Account by, long id, Role role) {
    return requests.approve(actor(by), workspace, id, Role.Given.of(role), (_, _) -> {});
  }

  @Test
  void keepsRequestsForAMonthAndAHundredAtMost() {
    requests.allow(actor(admin), workspace, true);
    for (int i = 0; i < 100; i++) {
      ask("eve" + i + "@example.test");
    }
    assertThatProblem(Problem.Busy.class, () -> ask("late@example.test"));
    clock.advance(Duration.ofDays(30));
    assertThat(requests.list(workspace)).isEmpty();
    ask("late@example.test");
    assertThat(requests.list(workspace)).hasSize(1);
  }
}
