package dev.gatehouse.npm;

import dev.gatehouse.npm.semver.Version;
import org.jspecify.annotations.Nullable;

/// What the file name of a tarball says.
public final class TarballName {
  static final String ENDING = ".tgz";

  private TarballName() {}

  /// The version of a package's tarball: of `name-1.0.0.tgz`, and of `@scope/name-1.0.0.tgz` as
  /// clients call it when they publish. `file` is what follows `/-/`, already percent-decoded. Null
  /// if it is not of this package or holds no version; a version is returned as it is written
  /// there.
  public static @Nullable String versionIn(PackageName name, String file) {
    String plain = withoutScope(name, file);
    String start = name.unscoped() + "-";
    int length = plain.length() - ENDING.length();
    if (!plain.startsWith(start) || !plain.endsWith(ENDING) || length <= start.length()) {
      return null;
    }
    String version = plain.substring(start.length(), length);
    Version parsed = Version.parseLoose(version);
    return parsed == null || version.chars().anyMatch(c -> c <= ' ' || c >= 0x7f) ? null : version;
  }

  private static String withoutScope(PackageName name, String file) {
    int slash = name.value().indexOf('/') + 1;
    return file.startsWith(name.value().substring(0, slash)) ? file.substring(slash) : file;
  }
}
