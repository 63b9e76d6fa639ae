package dev.gatehouse.npm.publish;

import dev.gatehouse.npm.Excerpt;
import dev.gatehouse.npm.semver.Version;
import java.util.regex.Pattern;

/// Which names, versions and tags a new version may have.
final class Naming {
  private static final Pattern NAME =
      Pattern.compile("(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*");

  private Naming() {}

  static void requireName(String name) {
    if (name.length() > 214 || !NAME.matcher(name).matches()) {
      throw DocumentReader.malformed(Excerpt.of(name) + " is not a valid name for a package.");
    }
  }

  /// `text` without its build metadata, which npm does not tell versions apart by. White space or a
  /// `v` around it are not forgiven: clients clean what they publish.
  static Version version(String text) {
    var version = Version.parse(text);
    if (version == null || !version.toString().equals(text)) {
      throw DocumentReader.malformed(
          Excerpt.of(text) + " is not a valid version. Use one like 1.2.3.");
    }
    return version.withoutBuild();
  }
}
