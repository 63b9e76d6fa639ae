package dev.gatehouse.access.token;

import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;

/// Packages that a token may change: one by its name, or all of a scope, written as `@acme/*`.
public record PackageLimit(String text) {
  private static final String ALL = "*";

  /// The limit written as `text`, or a malformed problem with a sentence.
  public static PackageLimit of(String text) {
    boolean scope = text.startsWith("@") && text.endsWith("/" + ALL);
    String name = scope ? text.replace(ALL, "all") : text;
    if (!PackageName.isValid(name) || name.contains(ALL)) {
      throw new ProblemException(
          new Problem.Malformed(
              "A token is limited to packages by their names, and to scopes as in @acme/*: write"
                  + " one of these."));
    }
    return new PackageLimit(text);
  }

  /// Whether the package is one of them.
  public boolean covers(PackageName name) {
    return covers(name.value());
  }

  /// Whether all of `other` is among them.
  boolean covers(PackageLimit other) {
    return covers(other.text);
  }

  private boolean covers(String name) {
    return text.endsWith("/" + ALL)
        ? name.startsWith(text.substring(0, text.length() - ALL.length()))
        : name.equals(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
