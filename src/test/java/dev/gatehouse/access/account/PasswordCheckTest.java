package dev.gatehouse.access.account;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.secret.GuessLimit;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.net.InetAddress;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class PasswordCheckTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
  private static final String WRONG = "The user name or the password is wrong.";

  @AutoClose private final TestingDatabase databases;
  private final Accounts accounts;
  private final PasswordCheck check;
  private final long workspace;

  PasswordCheckTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    workspace = databases.workspace("default");
    var clock = new TestingClock();
    var passwords = Passwords.cheap();
    accounts = new Accounts(databases.database(), new Trail(clock), passwords, () -> {});
    check = new PasswordCheck(databases.database(), passwords, new GuessLimit(clock));
    accounts.create(OPERATOR, workspace, new NewAccount("root", Role.OWNER, null, ""));
  }

  @Test
  void findsTheAccountByItsPassword() {
    Account ada = ada();

    assertThat(check.require(workspace, "ada", "correct horse", HERE)).isEqualTo(ada);
  }

  @Test
  void answersAWrongPasswordAndAnUnknownUserAlike() {
    ada();

    refuses("ada", "correct horsf", WRONG);
    refuses("grace", "correct horse", WRONG);
    refuses("Not A Name\u0000", "correct horse", WRONG);
    refuses("root", "", WRONG);
  }

  @Test
  void doesNotAcceptAPasswordOfAnotherWorkspace() {
    ada();
    long other = databases.workspace("other");

    assertThatProblem(
            Problem.Unauthenticated.class, () -> check.require(other, "ada", "correct horse", HERE))
        .isEqualTo(WRONG);
  }

  @Test
  void tellsADeactivatedUserOnlyForTheRightPassword() {
    accounts.deactivate(OPERATOR, ada());

    refuses("ada", "correct horsf", WRONG);
    refuses(
        "ada",
        "correct horse",
        "The account \"ada\" is deactivated: ask an owner of the" + " workspace.");
  }

  @Test
  void acceptsTheNewPasswordAloneAfterAChange() {
    accounts.changePassword(OPERATOR, ada(), "battery staple");

    refuses("ada", "correct horse", WRONG);
    assertThat(check.require(workspace, "ada", "battery staple", HERE).name()).isEqualTo("ada");
  }

  @Test
  void refusesEvenTheRightPasswordAfterTenWrongOnes() {
    ada();
    for (int i = 0; i < 10; i++) {
      refuses("ada", "guess number " + i, WRONG);
    }

    assertThatProblem(
            Problem.Busy.class, () -> check.require(workspace, "ada", "correct horse", HERE))
        .startsWith("Too many wrong passwords.");
  }

  private Account ada() {
    return accounts.create(
        OPERATOR, workspace, new NewAccount("ada", Role.DEVELOPER, "correct horse", ""));
  }

  private void refuses(String name, String password, String sentence) {
    assertThatProblem(
            Problem.Unauthenticated.class, () -> check.require(workspace, name, password, HERE))
        .isEqualTo(sentence);
  }
}
