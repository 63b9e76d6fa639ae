package dev.gatehouse.access.factor;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.access.session.Sessions;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingAuthenticator;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import dev.gatehouse.testing.TestingVault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class SecondFactorsTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Trail trail = new Trail(clock);
  private final Accounts accounts;
  private final AtomicInteger changes = new AtomicInteger();
  private final long workspace;
  private final Account ada;
  private final SecondFactors factors;

  SecondFactorsTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    accounts = new Accounts(databases.database(), trail, Passwords.cheap(), () -> {});
    workspace = databases.workspace("default");
    ada = account("ada", Role.DEVELOPER);
    factors =
        new SecondFactors(
            databases.database(), trail, TestingVault.fresh(), changes::incrementAndGet);
  }

  private Account account(String name, Role role) {
    return accounts.create(OPERATOR, workspace, new NewAccount(name, role, null, ""));
  }

  private TestingAuthenticator start(Account account) {
    return new TestingAuthenticator(factors.start(account).secret());
  }

  private String now(TestingAuthenticator app) {
    return app.code(clock.instant());
  }

  /// Switches it on, and waits for the next code.
  private TestingAuthenticator on(Account account) {
    TestingAuthenticator app = start(account);
    factors.confirm(account, now(app));
    clock.advance(Duration.ofSeconds(30));
    return app;
  }

  private void assertRefused(@Nullable String code) {
    assertThatProblem(Problem.SecondFactorNeeded.class, () -> factors.check(ada, code))
        .contains("one-time password");
  }

  @Test
  void asksForNothingBeforeAFirstCodeWasRight() {
    factors.check(ada, null);
    TestingAuthenticator app = start(ada);
    factors.check(ada, null);
    assertThat(factors.standing(ada)).isEqualTo(new SecondFactors.Standing(false, false, 0));
    assertThatProblem(
        Problem.SecondFactorNeeded.class, () -> factors.confirm(ada, other(now(app))));
    factors.check(ada, null);
    List<String> codes = factors.confirm(ada, now(app));
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    assertThat(codes).allMatch(code -> code.matches("(\\d{4} ){5}\\d{4}"));
    assertThat(factors.standing(ada)).isEqualTo(new SecondFactors.Standing(true, false, 10));
    assertThat(changes).hasValue(1);
    assertRefused(null);
    assertRefused(" ");
    assertThat(factors.of(workspace)).containsExactly(ada.id());
    assertThat(databases.audited()).contains("user:ada second-factor.on ada");
  }

  private static String other(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  @Test
  void acceptsNoCodeTwice() {
    TestingAuthenticator app = start(ada);
    String first = now(app);
    factors.confirm(ada, first);
    assertRefused(first);
    clock.advance(Duration.ofSeconds(30));
    String second = now(app);
    factors.check(ada, second.substring(0, 3) + " " + second.substring(3));
    assertRefused(second);
    assertRefused(first);
    clock.advance(Duration.ofSeconds(30));
    assertRefused(second);
    factors.check(ada, now(app));
  }

  @Test
  void acceptsACodeForOneOfManyAtOnce() throws Exception {
    String code = now(on(ada));
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(() -> passes(code));
    }
    List<Boolean> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(all)) {
        outcomes.add(one.get());
      }
    }
    assertThat(outcomes).containsOnlyOnce(true);
  }

  private boolean passes(String code) {
    try {
      factors.check(ada, code);
      return true;
    } catch (ProblemException refused) {
      assertThat(refused.problem()).isInstanceOf(Problem.SecondFactorNeeded.class);
      return false;
    }
  }

  @Test
  void acceptsEachRecoveryCodeOnce() {
    TestingAuthenticator app = start(ada);
    List<String> codes = factors.confirm(ada, now(app));
    factors.check(ada, codes.getFirst());
    assertRefused(codes.getFirst());
    factors.check(ada, codes.get(1).replace(" ", ""));
    assertThat(factors.standing(ada).recoveryCodes()).isEqualTo(8);
    clock.advance(Duration.ofSeconds(30));
    List<String> fresh = factors.redraw(ada, now(app));
    assertRefused(codes.get(2));
    factors.check(ada, fresh.getFirst());
    assertThat(databases.audited())
        .contains(
            "user:ada second-factor.recovery-code ada",
            "user:ada second-factor.recovery-codes ada");
  }

  /// What npm 11 and 12 take at "Enter OTP:"; they send it without the spaces.
  @Test
  void drawsRecoveryCodesThatThePromptOfNpmTakes() {
    TestingAuthenticator app = start(ada);
    List<String> codes = factors.confirm(ada, now(app));
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    assertThat(codes)
        .allSatisfy(code -> assertThat(code).matches("[\\d ]+").matches("(\\d{4} ){5}\\d{4}"));
    factors.check(ada, codes.getFirst().replaceAll("\\s+", ""));
    assertRefused(codes.get(1).replace(" ", "").substring(1));
    assertRefused(codes.get(1).substring(0, 6).replace(" ", ""));
    factors.check(ada, codes.get(1));
  }

  @Test
  void acceptsTheRecoveryCodesThatWereDrawnBefore() {
    on(ada);
    databases
        .database()
        .write(handle ->
            handle.execute(
                "INSERT INTO recovery_code (account_id, hash) VALUES (?, ?)",
                ada.id(),
                Secrets.sha256("abcde12345fghij67890")));
    factors.check(ada, "ABCDE-12345-fghij-67890");
    assertRefused("abcde-12345-fghij-67890");
  }

  @Test
  void acceptsNobodyElsesCodes() {
    Account bob = account("bob", Role.DEVELOPER);
    TestingAuthenticator his = start(bob);
    List<String> codes = factors.confirm(bob, now(his));
    on(ada);
    assertRefused(codes.getFirst());
    clock.advance(Duration.ofSeconds(30));
    assertRefused(now(his));
  }

  @Test
  void keepsNeitherSecretNorCodesInTheDatabase() {
    TestingAuthenticator app = start(ada);
    List<String> codes = factors.confirm(ada, now(app));
    List<String> kept =
        databases
            .database()
            .read(handle ->
                handle
                    .createQuery(
                        "SELECT sealed FROM second_factor UNION SELECT hash FROM recovery_code")
                    .mapTo(String.class)
                    .list());
    assertThat(kept).hasSize(11).doesNotContain(app.secret()).doesNotContainAnyElementsOf(codes);
  }

  @Test
  void refusesWhoGuessesEvenIfTheyGuessRight() {
    TestingAuthenticator app = on(ada);
    for (int i = 0; i < 10; i++) {
      assertRefused(other(now(app)));
    }
    assertThatProblem(Problem.Busy.class, () -> factors.check(ada, now(app)));
    clock.advance(Duration.ofMinutes(15));
    factors.check(ada, now(app));
  }

  @Test
  void isSwitchedOffByACodeUnlessTheWorkspaceWantsIt() {
    TestingAuthenticator app = on(ada);
    assertThatProblem(Problem.Conflict.class, () -> factors.start(ada));
    assertThatProblem(Problem.SecondFactorNeeded.class, () -> factors.end(ada, other(now(app))));
    factors.setRequired(OPERATOR, workspace, true);
    assertThatProblem(Problem.Forbidden.class, () -> factors.end(ada, now(app)));
    factors.setRequired(OPERATOR, workspace, false);
    factors.end(ada, now(app));
    factors.check(ada, null);
    assertThat(factors.standing(ada).recoveryCodes()).isZero();
    assertThatProblem(Problem.Conflict.class, () -> factors.end(ada, "000000"));
  }

  @Test
  void isRequiredByOwnersAlone() {
    Account admin = account("adam", Role.ADMIN);
    assertThatProblem(
        Problem.Forbidden.class,
        () -> factors.setRequired(new Actor.User(admin.id(), "adam", null), workspace, true));
    Account owner = account("olga", Role.OWNER);
    var olga = new Actor.User(owner.id(), "olga", null);
    factors.setRequired(olga, workspace, true);
    factors.setRequired(olga, workspace, true);
    assertThat(factors.standing(ada).isMissing()).isTrue();
    assertThat(factors.refusalOfPassword(ada)).isNotNull();
    on(ada);
    assertThat(factors.standing(ada).isMissing()).isFalse();
    assertThat(databases.audited()).containsOnlyOnce("user:olga second-factor.require true");
  }

  @Test
  void isResetByWhoeverManagesTheAccountWhichSignsOut() {
    on(ada);
    Sessions sessions = new Sessions(databases.database(), trail);
    String session = sessions.open(ada);
    Account admin = account("adam", Role.ADMIN);
    var adam = new Actor.User(admin.id(), "adam", null);
    var self = new Actor.User(ada.id(), "ada", null);
    assertThatProblem(Problem.Forbidden.class, () -> factors.reset(self, ada));
    Account owner = account("olga", Role.OWNER);
    assertThatProblem(Problem.Forbidden.class, () -> factors.reset(adam, owner));
    assertThatProblem(
        Problem.Conflict.class, () -> factors.reset(adam, account("bob", Role.DEVELOPER)));
    factors.reset(adam, ada);
    factors.check(ada, null);
    assertThat(sessions.find(session)).isNull();
    assertThat(factors.refusalOfPassword(ada)).isNull();
    assertThat(databases.audited()).contains("user:adam second-factor.reset ada");
  }
}
