package dev.gatehouse.policy.rule.pattern;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.policy.text.Glob;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;

/// A package name in which each `*` stands for any characters but the slash of a scope: `react*`,
/// `@scope/*`. A `*` alone is every name. Case matters, as in names.
record NameGlob(String text, Glob glob) {
  private static final int MOST_STARS = 8;

  /// Reads a pattern; a problem with a sentence if no name could match it.
  static NameGlob parse(String text) {
    // If the pattern can match anything, then also the name that has a letter for each star.
    boolean possible = text.equals("*") || PackageName.isValid(text.replace('*', 'x'));
    if (!possible || text.chars().filter(c -> c == '*').count() > MOST_STARS) {
      throw new ProblemException(
          new Problem.Malformed(
              "\"%s\" is no pattern for package names: write react, react*, @scope/* or *, with at most %d stars."
                  .formatted(text.length() > 100 ? text.substring(0, 100) : text, MOST_STARS)));
    }
    return new NameGlob(text, Glob.of(text));
  }

  /// Whether that name matches.
  boolean matches(String name) {
    return text.equals("*") || (isScoped(name) == isScoped(text) && glob.matches(name));
  }

  /// A name has one slash at most, so that the pattern's own is the only one there is to match.
  private static boolean isScoped(String name) {
    return name.indexOf('/') >= 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
