package dev.gatehouse.access.token;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A token to be made.
///
/// @param name what its owner calls it; may be empty
/// @param parent the limits of the token that asks for it; null if none asks, but a person
/// @param unattended whether it needs no second factor where a registry asks for one
public record NewToken(
    String name, TokenLimits limits, @Nullable TokenLimits parent, boolean unattended) {
  private static final int LONGEST_NAME = 128;
  private static final int MOST_RANGES = 100;
  private static final int MOST_PACKAGES = 100;
  private static final int MOST_REGISTRIES = 1_000;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /// Refuses what is too long, with a sentence.
  public NewToken {
    if (name.length() > LONGEST_NAME || CONTROL.matcher(name).find()) {
      throw malformed("The token's name is too long or has control characters: use up to 128.");
    }
    if (limits.ranges().size() > MOST_RANGES || limits.registries().size() > MOST_REGISTRIES) {
      throw malformed("A token has up to 100 ranges of addresses and up to 1000 registries.");
    }
    if (limits.packages().size() > MOST_PACKAGES) {
      throw malformed("A token is limited to up to 100 packages and scopes.");
    }
    if (unattended && parent != null) {
      throw new ProblemException(
          new Problem.Forbidden(
              "A token makes none that needs no second factor: make it in the web app, by a"
                  + " code."));
    }
  }

  /// One that is for a person.
  public NewToken(String name, TokenLimits limits, @Nullable TokenLimits parent) {
    this(name, limits, parent, false);
  }

  TokenLimits allowedLimits() {
    return parent == null ? limits : limits.within(parent);
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
