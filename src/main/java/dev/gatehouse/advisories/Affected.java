package dev.gatehouse.advisories;

import dev.gatehouse.npm.semver.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The versions of one package that an advisory is about: those within any interval, and those that
/// are listed one by one, without their build metadata.
public record Affected(List<Interval> intervals, Set<String> versions) {
  /// Of no version.
  public static final Affected NOTHING = new Affected(List.of(), Set.of());

  public Affected {
    intervals = List.copyOf(intervals);
    versions = Set.copyOf(versions);
  }

  /// Versions that follow one another, prereleases among them.
  ///
  /// @param from the first one, null if there is no lower end
  /// @param to where it ends, null if it does not
  /// @param end what `to` is
  public record Interval(@Nullable Version from, @Nullable Version to, End end) {
    /// Whether `version` lies within.
    public boolean holds(Version version) {
      if (from != null && version.compareTo(from) < 0) {
        return false;
      }
      return to == null || version.compareTo(to) < (end == End.LAST ? 1 : 0);
    }

    /// As npm writes a range.
    @Override
    public String toString() {
      String lower = from == null ? "" : ">=" + from;
      String upper = to == null ? "" : (end == End.LAST ? "<=" : "<") + to;
      String both = lower.isEmpty() || upper.isEmpty() ? lower + upper : lower + " " + upper;
      return both.isEmpty() ? "*" : both;
    }
  }

  /// What the upper end of an interval is.
  public enum End {
    /// The first version that is free of it.
    FIX,
    /// The last version that has it.
    LAST,
    /// The first version of which nothing is said.
    LIMIT
  }

  /// Whether the advisory is about `version`.
  public boolean touches(Version version) {
    return versions.contains(version.withoutBuild().toString())
        || intervals.stream().anyMatch(interval -> interval.holds(version));
  }

  /// The versions that the advisory names as free of it, oldest first.
  public List<Version> fixes() {
    return intervals.stream()
        .filter(interval -> interval.end() == End.FIX && interval.to() != null)
        .map(Interval::to)
        .filter(fix -> fix != null && !touches(fix))
        .sorted()
        .distinct()
        .toList();
  }

  /// The oldest version that the advisory names as free of it and that comes after `version`; null
  /// if there is none.
  public @Nullable Version fixFor(Version version) {
    return fixes().stream().filter(fix -> fix.compareTo(version) > 0).findFirst().orElse(null);
  }

  /// Whether it is about every version, those to come among them, from some version on.
  public boolean isOpen() {
    return intervals.stream().anyMatch(interval -> interval.to() == null);
  }

  /// The range in npm's words, for clients that evaluate it with prereleases included.
  public String range() {
    List<String> parts = new ArrayList<>();
    intervals.forEach(interval -> parts.add(interval.toString()));
    Set<Version> listed = new TreeSet<>(Comparator.naturalOrder());
    for (String text : versions) {
      Version version = Version.parse(text);
      if (version != null && intervals.stream().noneMatch(one -> one.holds(version))) {
        listed.add(version);
      }
    }
    listed.forEach(version -> parts.add(version.toString()));
    return parts.isEmpty() ? "<0.0.0-0" : String.join(" || ", parts);
  }
}
