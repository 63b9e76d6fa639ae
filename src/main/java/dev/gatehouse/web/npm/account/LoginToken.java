package dev.gatehouse.web.npm.account;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.token.IssuedToken;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.util.List;
import java.util.Set;

/// The token that logging in gives: for the one registry that it happened at.
final class LoginToken {
  private LoginToken() {}

  /// A token of `account` called `label`. Forbidden if it has too many: some clients take a
  /// conflict for something else.
  static IssuedToken issue(Access access, Account account, Registry registry, String label) {
    var actor = new Actor.User(account.id(), account.name(), null);
    var limits = new TokenLimits(false, Set.of(registry.id()), Set.of(), List.of(), null);
    try {
      return access.tokens().create(actor, account, new NewToken(label, limits, null));
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.Conflict(String sentence)) {
        throw new ProblemException(new Problem.Forbidden(sentence));
      }
      throw refused;
    }
  }
}
