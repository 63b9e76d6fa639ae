package dev.gatehouse.policy.decision;

import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A range for opening things: it never holds more than it says. A version alone is that version
/// and no other, so that `1.0.0` does not hold 1.0.0+build, and no range holds a version with build
/// metadata unless it names it.
public final class NarrowRange {
  private final String text;
  private final Set<String> exact;
  private final List<VersionRange> ranges;

  private NarrowRange(String text, Set<String> exact, List<VersionRange> ranges) {
    this.text = text;
    this.exact = Set.copyOf(exact);
    this.ranges = List.copyOf(ranges);
  }

  /// Reads a range as npm writes it, strictly; null if it is none.
  public static @Nullable NarrowRange parse(String text) {
    Set<String> exact = new HashSet<>();
    List<VersionRange> ranges = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      Version version = Version.parse(alternative);
      VersionRange range = VersionRange.parse(alternative);
      if (version != null) {
        exact.add(version.toString());
      } else if (range != null && !alternative.isBlank() && alternative.indexOf('+') < 0) {
        ranges.add(range);
      } else {
        return null;
      }
    }
    return new NarrowRange(text.strip(), exact, ranges);
  }

  /// Whether the range holds that version, written canonically.
  public boolean holds(String version) {
    if (exact.contains(version)) {
      return true;
    }
    Version parsed = ranges.isEmpty() ? null : Version.parse(version);
    return parsed != null
        && parsed.build().isEmpty()
        && ranges.stream().anyMatch(range -> range.includes(parsed));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NarrowRange range && text.equals(range.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// As it was written.
  @Override
  public String toString() {
    return text;
  }
}
