package dev.gatehouse.app.command.issue;

import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// A package, perhaps with a range of its versions, read widely: nothing that it may mean is left
/// out.
record NameAndRange(String name, @Nullable VersionRange range) {
  static NameAndRange parse(String text) {
    int at = text.indexOf('@', 1);
    if (at < 0) {
      return new NameAndRange(text, null);
    }
    VersionRange range =
        VersionRange.parse(text.substring(at + 1), VersionRange.Options.WITH_PRERELEASES);
    if (range == null) {
      throw new ProblemException(
          new Problem.Malformed(
              "\"%s\" names no range of versions: write left-pad@1.3.0 or left-pad@^1.2.0."
                  .formatted(text)));
    }
    return new NameAndRange(text.substring(0, at), range);
  }

  boolean holds(String version) {
    Version parsed = Version.parseLoose(version);
    return range == null || (parsed != null && range.includes(parsed));
  }
}
