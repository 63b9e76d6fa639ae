package dev.gatehouse.web.api.session;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.http.Request;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Visitor;

/// That somebody who is signed in is at the keyboard: by their password, or, where a provider lets
/// them in, by having just come from there.
public record Proof(Access access) {

  /// The password that `body` has in `member`; left out by whoever has just come by the provider,
  /// and may have none.
  public void require(Request request, Visitor visitor, JsonBody body, String member) {
    String session = visitor.session();
    boolean fresh = session != null && access.sessions().isFreshByProvider(session);
    if (body.has(member) || !fresh) {
      requirePassword(request, visitor.account(), body, member);
    }
  }

  /// The password and nothing else.
  public void requirePassword(Request request, Account account, JsonBody body, String member) {
    String password = body.requireText(member);
    if (access.accounts().isProvided(account)) {
      throw new ProblemException(
          new Problem.Forbidden(
              "Your account has no password: you sign in by the provider of your workspace."));
    }
    try {
      access
          .passwordCheck()
          .require(account.workspaceId(), account.name(), password, request.client());
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.Unauthenticated) {
        throw new ProblemException(new Problem.Forbidden("The password is wrong."));
      }
      throw refused;
    }
  }
}
