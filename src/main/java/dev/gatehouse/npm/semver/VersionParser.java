package dev.gatehouse.npm.semver;

import dev.gatehouse.npm.semver.Version.Core;
import org.jspecify.annotations.Nullable;

/// Reads one version that fills a whole text.
final class VersionParser {
  private VersionParser() {}

  static @Nullable Version strict(String text) {
    return parse(text, false);
  }

  static @Nullable Version loose(String text) {
    return parse(text, true);
  }

  /// Builds a version of parts that were read already; null if it breaks a limit.
  static @Nullable Version of(Core core, String prerelease) {
    if (!core.isValid()) {
      return null;
    }
    String text = prerelease.isEmpty() ? core.toString() : core + "-" + prerelease;
    return text.length() > Version.MAX_LENGTH ? null : new Version(core, prerelease, "", text);
  }

  private static @Nullable Version parse(String text, boolean loose) {
    if (text.length() > Version.MAX_LENGTH) {
      return null;
    }
    int end = text.length();
    while (end > 0 && Cursor.isSpace(text.charAt(end - 1))) {
      end--;
    }
    Cursor cursor = new Cursor(text, 0, end, loose);
    skipPrefix(cursor, loose);
    int start = cursor.at();
    Core core = core(cursor);
    if (core == null) {
      return null;
    }
    String prerelease = "";
    if (cursor.startsPrerelease()) {
      int from = cursor.at();
      if (!cursor.prerelease()) {
        return null;
      }
      prerelease = text.substring(from, cursor.at());
    }
    String build = "";
    if (cursor.skip('+')) {
      int from = cursor.at();
      if (!cursor.identifiers(false)) {
        return null;
      }
      build = text.substring(from, cursor.at());
    }
    if (!cursor.atEnd()) {
      return null;
    }
    return loose
        ? canonical(core, Identifiers.withoutLeadingZeros(prerelease), build)
        : new Version(core, prerelease, build, text.substring(start, end));
  }

  private static void skipPrefix(Cursor cursor, boolean loose) {
    cursor.skipSpace();
    if (!loose) {
      cursor.skip('v');
      return;
    }
    int before;
    do {
      before = cursor.at();
      cursor.skipPrefix();
      cursor.skipSpace();
    } while (cursor.at() > before);
  }

  private static @Nullable Core core(Cursor cursor) {
    long major = cursor.number();
    if (major == Cursor.NONE || !cursor.skip('.')) {
      return null;
    }
    long minor = cursor.number();
    if (minor == Cursor.NONE || !cursor.skip('.')) {
      return null;
    }
    long patch = cursor.patch();
    Core core = new Core(major, minor, patch);
    return core.isValid() ? core : null;
  }

  private static @Nullable Version canonical(Core core, String prerelease, String build) {
    String text =
        core
            + (prerelease.isEmpty() ? "" : "-" + prerelease)
            + (build.isEmpty() ? "" : "+" + build);
    return text.length() > Version.MAX_LENGTH ? null : new Version(core, prerelease, build, text);
  }
}
