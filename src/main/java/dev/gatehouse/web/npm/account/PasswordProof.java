package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.http.Request;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;

/// What a password proves to clients.
final class PasswordProof {
  private static final String CODE = "npm-otp";

  private PasswordProof() {}

  /// A name and a password.
  record Given(String name, String password) {
    @Override
    public String toString() {
      return "Given[name=" + name + ", password=***]";
    }
  }

  /// The account that a name and a password prove, with a code in `npm-otp` if it has a second
  /// factor. Where the workspace wants one, those who have none yet log in by the browser.
  static Account account(Access access, long workspaceId, Given given, Request request) {
    Account account =
        access.passwordCheck().require(workspaceId, given.name, given.password, request.client());
    if (access.secondFactors().standing(account).isMissing()) {
      throw new ProblemException(
          new Problem.Forbidden(
              "This workspace wants a second factor of everybody: sign in at %s with your browser"
                      .formatted(request.baseUrl())
                  + " and set yours up."));
    }
    access.secondFactors().check(account, request.header(CODE));
    return account;
  }

  /// Asks somebody who is known already for their password too. Refuses a wrong one; that of one of
  /// their sessions in the web app is right. Forbidden rather than unauthenticated: the token that
  /// came with the request is good, and clients would speak of that.
  static void require(Access access, Account account, String password, Request request) {
    if (account.equals(access.sessionPasswords().find(account.workspaceId(), password))) {
      return;
    }
    try {
      account(access, account.workspaceId(), new Given(account.name(), password), request);
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.Unauthenticated) {
        throw new ProblemException(
            new Problem.Forbidden("The password is wrong: try again with your current one."));
      }
      throw refused;
    }
  }
}
