package dev.gatehouse.policy.rule.pattern;

import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import dev.gatehouse.policy.decision.NarrowRange;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Names, perhaps with a range of their versions: `react`, `react*`, `@scope/*`, `react@0.0.1`,
/// `react 0.0.1 - 0.0.3 || > 2.0.1`.
///
/// The same pattern is read in two ways, each on the safe side. To refuse, a range holds
/// prereleases too, and a version all its builds. To allow, it holds neither unless it names them.
public final class PackagePattern {
  private final String text;
  private final NameGlob name;
  private final @Nullable VersionRange wide;
  private final @Nullable NarrowRange narrow;

  private PackagePattern(
      String text, NameGlob name, @Nullable VersionRange wide, @Nullable NarrowRange narrow) {
    this.text = text;
    this.name = name;
    this.wide = wide;
    this.narrow = narrow;
  }

  /// Reads a pattern; a problem with a sentence if it is none.
  public static PackagePattern parse(String pattern) {
    String text = pattern.strip();
    int end = endOfName(text);
    NameGlob name = NameGlob.parse(text.substring(0, end));
    if (end == text.length()) {
      return new PackagePattern(text, name, null, null);
    }
    String range = text.substring(end + 1).strip();
    VersionRange wide = VersionRange.parse(range, VersionRange.Options.WITH_PRERELEASES);
    NarrowRange narrow = NarrowRange.parse(range);
    if (wide == null || narrow == null) {
      throw new ProblemException(
          new Problem.Malformed(
              "In \"%s\", \"%s\" is no range of versions: write for example 1.2.3, ^1.2 or 1.0.0 - 1.4.2 || >=2."
                  .formatted(text, range)));
    }
    return new PackagePattern(text, name, wide, narrow);
  }

  /// The name ends at the first space, or at an `@` that does not begin it.
  private static int endOfName(String text) {
    for (int at = 1; at < text.length(); at++) {
      if (text.charAt(at) == '@' || Character.isWhitespace(text.charAt(at))) {
        return at;
      }
    }
    return text.length();
  }

  /// Whether the pattern is about the package of that name.
  boolean names(String name) {
    return this.name.matches(name);
  }

  /// Whether it refuses a version of a package that it names. A version that cannot be read is.
  boolean refuses(String version) {
    Version parsed = wide == null ? null : Version.parse(version);
    return wide == null || parsed == null || wide.includes(parsed);
  }

  /// Whether it allows a version of a package that it names.
  boolean allows(String version) {
    return narrow == null || narrow.holds(version);
  }

  @Override
  public String toString() {
    return text;
  }
}
