package dev.gatehouse.web.api;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;

/// The second factor of somebody who is signed in already, for what their session alone does not
/// open.
public final class ShownFactor {
  private ShownFactor() {}

  /// Accepts `code`, once. A conflict if the visitor has no second factor; forbidden if the code is
  /// wrong, as whoever is signed in stays so.
  public static void require(Access access, Visitor visitor, String code) {
    Account account = visitor.account();
    if (!access.secondFactors().standing(account).on()) {
      throw new ProblemException(
          new Problem.Conflict(
              "This needs a second factor, and you have none: set it up under Your account."));
    }
    try {
      access.secondFactors().check(account, code);
    } catch (ProblemException refused) {
      if (refused.problem() instanceof Problem.SecondFactorNeeded(String sentence)) {
        throw new ProblemException(new Problem.Forbidden(sentence));
      }
      throw refused;
    }
  }
}
