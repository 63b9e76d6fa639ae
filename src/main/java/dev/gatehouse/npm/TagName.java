package dev.gatehouse.npm;

import dev.gatehouse.npm.semver.VersionRange;
import org.jspecify.annotations.Nullable;

/// The name of a dist-tag such as `latest`, as it may be set here. No tag reads as a version or a
/// range: `npm install name@tag` could not tell them apart.
public record TagName(String value) {
  /// The tag that clients take when none is named.
  public static final TagName LATEST = new TagName("latest");

  /// Longer tags are no tags.
  public static final int MAX_LENGTH = 214;

  /// Checks the tag; throws a `Malformed` problem.
  public TagName {
    String fault = fault(value);
    if (fault != null) {
      throw Quoted.malformed("The tag", value, fault);
    }
  }

  /// Reads a tag that is already percent-decoded; throws a `Malformed` problem if it is none.
  public static TagName parse(String value) {
    return new TagName(value);
  }

  /// True if [#parse] takes the tag.
  public static boolean isValid(String value) {
    return fault(value) == null;
  }

  private static @Nullable String fault(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      return "is not between 1 and %d characters long.".formatted(MAX_LENGTH);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f || "/\\%?#\"<>".indexOf(c) >= 0) {
        return "contains white space, a slash or another character that no tag may have.";
      }
    }
    // A path segment of dots changes the path, and this property of every JavaScript object cannot
    // be a key.
    if (value.equals(".") || value.equals("..") || value.equals("__proto__")) {
      return "is reserved and cannot be a tag.";
    }
    if (VersionRange.parse(value) != null
        || VersionRange.parse(value, VersionRange.Options.LOOSE) != null) {
      return "reads as a version or a range of versions: choose a word.";
    }
    return null;
  }

  @Override
  public String toString() {
    return value;
  }
}
