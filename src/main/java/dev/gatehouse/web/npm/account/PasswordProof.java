package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.http.Request;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;

/// Asks somebody who is known already for their password too.
final class PasswordProof {
  private PasswordProof() {}

  /// Refuses a wrong password; that of one of their sessions in the web app is right. Forbidden
  /// rather than unauthenticated: the token that came with the request is good, and clients would
  /// speak of that.
  static void require(Access access, Account account, String password, Request request) {
    if (account.equals(access.sessionPasswords().find(account.workspaceId(), password))) {
      return;
    }
    try {
      access
          .passwordCheck()
          .require(account.workspaceId(), account.name(), password, request.client());
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.Unauthenticated) {
        throw new ProblemException(
            new Problem.Forbidden("The password is wrong: try again with your current one."));
      }
      throw refused;
    }
  }
}
