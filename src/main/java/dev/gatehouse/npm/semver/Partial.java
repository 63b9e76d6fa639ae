package dev.gatehouse.npm.semver;

import dev.gatehouse.npm.semver.Version.Core;
import org.jspecify.annotations.Nullable;

/// A version of a range, whose numbers may be missing or `x`: `1`, `1.2.x`, `1.2.3-beta`. Unknown
/// numbers are [Cursor#ANY].
record Partial(long major, long minor, long patch, String prerelease) {

  /// Reads a partial version at the cursor, build metadata too, which says nothing in a range. Null
  /// if there is none; what follows it is the caller's to judge.
  static @Nullable Partial parse(Cursor cursor, String text) {
    cursor.skipPrefix();
    long[] numbers = {Cursor.ANY, Cursor.ANY, Cursor.ANY};
    int read = 0;
    do {
      numbers[read] = cursor.component(read == 2);
      if (numbers[read] == Cursor.NONE) {
        return null;
      }
      read++;
    } while (read < 3 && cursor.skip('.'));
    String prerelease = "";
    if (read == 3 && cursor.startsPrerelease()) {
      int from = cursor.at();
      if (!cursor.prerelease()) {
        return null;
      }
      prerelease = Identifiers.withoutLeadingZeros(text.substring(from, cursor.at()));
    }
    if (cursor.skip('+') && !cursor.identifiers(false)) {
      return null;
    }
    return new Partial(numbers[0], numbers[1], numbers[2], prerelease);
  }

  boolean anyMajor() {
    return major == Cursor.ANY;
  }

  boolean anyMinor() {
    return anyMajor() || minor == Cursor.ANY;
  }

  boolean anyPatch() {
    return anyMinor() || patch == Cursor.ANY;
  }

  /// False where a number follows an unknown one, as in `1.x.3`.
  boolean isInOrder() {
    return (!anyMajor() || (minor == Cursor.ANY && patch == Cursor.ANY))
        && (!anyMinor() || patch == Cursor.ANY);
  }

  /// The least version that this stands for, except for what is below a full one.
  @Nullable Version floor(boolean includePrerelease) {
    if (!anyPatch()) {
      return exact();
    }
    long knownMinor = anyMinor() ? 0 : minor;
    return VersionParser.of(new Core(major, knownMinor, 0), includePrerelease ? "0" : "");
  }

  /// The version itself; only for a full one.
  @Nullable Version exact() {
    return VersionParser.of(new Core(major, minor, patch), prerelease);
  }

  /// The least version after all that this stands for.
  @Nullable Version next(String ending) {
    if (anyMinor()) {
      return nextMajor(ending);
    }
    return anyPatch() ? nextMinor(ending) : nextPatch(ending);
  }

  @Nullable Version nextMajor(String ending) {
    return VersionParser.of(new Core(major + 1, 0, 0), ending);
  }

  @Nullable Version nextMinor(String ending) {
    return VersionParser.of(new Core(major, minor + 1, 0), ending);
  }

  @Nullable Version nextPatch(String ending) {
    return VersionParser.of(new Core(major, minor, patch + 1), ending);
  }
}
