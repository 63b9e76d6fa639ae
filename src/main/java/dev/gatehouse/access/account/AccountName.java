package dev.gatehouse.access.account;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.regex.Pattern;

/// Which names accounts can have.
public final class AccountName {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

  /// Names what the server itself did.
  public static final String RESERVED = "gatehouse";

  private AccountName() {}

  /// Refuses a name that no account can have, with a sentence.
  static void require(String name) {
    if (!isPossible(name)) {
      throw new ProblemException(
          new Problem.Malformed(
              "\"%s\" cannot be a user name: use up to 64 small letters, digits, dots, dashes and"
                      .formatted(name.length() > 80 ? name.substring(0, 80) + "…" : name)
                  + " underscores, and start with a letter."));
    }
    if (name.equals(RESERVED)) {
      throw new ProblemException(
          new Problem.Malformed(
              "The user name \"gatehouse\" is reserved for the server: choose another one."));
    }
  }

  /// Whether an account could be called `name`.
  public static boolean isPossible(String name) {
    return NAME.matcher(name).matches();
  }
}
