package dev.gatehouse.publish;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Whether a change of a package needs its person's second factor: where the registry wants it, all
/// do, but for those of machines.
public record Attending(Access access) {

  /// Whether `edit` needs it.
  public boolean isNeeded(Edit edit) {
    Token token = edit.by().token();
    boolean unattended = token != null && token.unattended();
    return edit.registry().settings().secondFactor() && !unattended;
  }

  /// Whether whoever makes `edit` has a second factor to show.
  public boolean isPossible(Edit edit) {
    return access.secondFactors().standing(edit.by().account()).on();
  }

  /// Refuses a change that needs it, unless `code` shows it. Forbidden, not unauthenticated:
  /// whoever is signed in stays so.
  public void require(Edit edit, @Nullable String code) {
    if (!isNeeded(edit)) {
      return;
    }
    Account account = edit.by().account();
    if (!isPossible(edit)) {
      throw new ProblemException(
          new Problem.Forbidden(
              "The registry \"%s\" asks for a second factor with every change of a package, and you have none: set it up under Your account."
                  .formatted(edit.registry().name())));
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
