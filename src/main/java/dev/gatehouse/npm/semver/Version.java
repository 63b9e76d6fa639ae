package dev.gatehouse.npm.semver;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A semantic version such as `1.2.3-beta.4+build.5`.
///
/// The natural order is semver's precedence and ignores build metadata, so it is *not* consistent
/// with equals: `1.0.0+a` and `1.0.0+b` compare as 0 and are two versions. [#BY_BUILD] tells them
/// apart.
public final class Version implements Comparable<Version> {
  /// Longer texts are no versions.
  public static final int MAX_LENGTH = 256;

  /// The greatest major, minor or patch number: the greatest integer that JavaScript counts to.
  public static final long MAX_NUMBER = 9_007_199_254_740_991L;

  /// The order in which npm sorts: precedence, then build metadata, then the text.
  public static final Comparator<Version> BY_BUILD =
      Comparator.<Version>naturalOrder()
          .thenComparing(Version::build, Identifiers::compare)
          .thenComparing(Version::toString);

  private final long major;
  private final long minor;
  private final long patch;
  private final String prerelease;
  private final String build;
  private final String text;

  /// The parts are those that `text` is made of; both are known to be valid.
  Version(Core core, String prerelease, String build, String text) {
    this.major = core.major();
    this.minor = core.minor();
    this.patch = core.patch();
    this.prerelease = prerelease;
    this.build = build;
    this.text = text;
  }

  /// The three numbers.
  record Core(long major, long minor, long patch) {
    boolean isValid() {
      return Math.min(major, Math.min(minor, patch)) >= 0
          && Math.max(major, Math.max(minor, patch)) <= MAX_NUMBER;
    }

    @Override
    public String toString() {
      return major + "." + minor + "." + patch;
    }
  }

  /// Reads a version as semver writes it; white space around it and one leading `v` are forgiven.
  public static @Nullable Version parse(String text) {
    return VersionParser.strict(text);
  }

  /// Reads a version as old packages wrote them: with leading zeros, `=` in front, or the
  /// prerelease without its hyphen (`1.2.3beta`). The result is canonical.
  public static @Nullable Version parseLoose(String text) {
    Version strict = VersionParser.strict(text);
    return strict != null ? strict : VersionParser.loose(text);
  }

  public long major() {
    return major;
  }

  public long minor() {
    return minor;
  }

  public long patch() {
    return patch;
  }

  /// The identifiers after the hyphen, `beta.4`; empty if there are none.
  public String prerelease() {
    return prerelease;
  }

  /// The build metadata after the plus, `build.5`; empty if there is none.
  public String build() {
    return build;
  }

  public boolean isPrerelease() {
    return !prerelease.isEmpty();
  }

  /// This version without its build metadata: what npm writes when it publishes.
  public Version withoutBuild() {
    return build.isEmpty()
        ? this
        : new Version(
            new Core(major, minor, patch),
            prerelease,
            "",
            text.substring(0, text.length() - build.length() - 1));
  }

  /// True if major, minor and patch are the same.
  boolean hasCoreOf(Version other) {
    return major == other.major && minor == other.minor && patch == other.patch;
  }

  @Override
  public int compareTo(Version other) {
    if (major != other.major) {
      return major < other.major ? -1 : 1;
    }
    if (minor != other.minor) {
      return minor < other.minor ? -1 : 1;
    }
    if (patch != other.patch) {
      return patch < other.patch ? -1 : 1;
    }
    if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
      return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
    }
    return Identifiers.compare(prerelease, other.prerelease);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Version version && text.equals(version.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// The canonical text, build metadata included; parsing it gives an equal version.
  @Override
  public String toString() {
    return text;
  }
}
