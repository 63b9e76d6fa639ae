package dev.gatehouse.npm.publish;

import dev.gatehouse.npm.Excerpt;
import dev.gatehouse.npm.semver.VersionRange;
import java.util.regex.Pattern;

/// Which words may be a dist-tag.
public final class DistTag {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._~!'()@+*-]{1,128}");

  private DistTag() {}

  /// Refuses `tag` unless it may name a version: what is a version range would never be looked up
  /// as a tag, and what needs escaping in a URL is told apart by some clients only.
  public static void require(String tag) {
    if (!WORD.matcher(tag).matches()) {
      throw DocumentReader.malformed(
          Excerpt.of(tag) + " is not a valid tag. Use letters, digits, dots and dashes.");
    }
    if (VersionRange.parse(tag, VersionRange.Options.LOOSE) != null) {
      throw DocumentReader.malformed(
          Excerpt.of(tag) + " is not a valid tag, as it is also a range of versions.");
    }
  }
}
