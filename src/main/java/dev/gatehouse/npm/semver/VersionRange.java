package dev.gatehouse.npm.semver;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A set of versions such as `^1.2.3 || >=3 <5`: alternatives, each of bounds that must all hold.
///
/// A prerelease is included only where the alternative names a prerelease of the same three
/// numbers, so that `>1.2.3-alpha` takes 1.2.3-beta and not 2.0.0-rc; [Options#includePrerelease]
/// lifts that.
public final class VersionRange {
  /// Longer texts are no ranges. node-semver has no such limit; the longest range in use has a few
  /// hundred characters.
  public static final int MAX_LENGTH = 8192;

  private final List<List<Bound>> alternatives;
  private final Options options;

  VersionRange(List<List<Bound>> alternatives, Options options) {
    this.alternatives = alternatives;
    this.options = options;
  }

  /// How to read a range. `loose` takes versions as [Version#parseLoose] does and, like
  /// node-semver, skips words that it does not understand: too lenient for any rule that protects.
  public record Options(boolean loose, boolean includePrerelease) {
    /// Neither: what the documentation of npm describes.
    public static final Options STRICT = new Options(false, false);

    /// What the npm client uses to choose a version.
    public static final Options LOOSE = new Options(true, false);

    /// Prereleases are versions like any other: for advisories.
    public static final Options WITH_PRERELEASES = new Options(false, true);
  }

  /// Reads a strict range, null if it is none (a tag, a URL, nonsense). The empty text is `*`.
  public static @Nullable VersionRange parse(String text) {
    return parse(text, Options.STRICT);
  }

  /// Reads a range, null if it is none.
  public static @Nullable VersionRange parse(String text, Options options) {
    return text.length() > MAX_LENGTH ? null : new RangeParser(text, options).parse();
  }

  public boolean includes(Version version) {
    for (List<Bound> bounds : alternatives) {
      if (allow(bounds, version) && (seesPrereleases(version) || names(bounds, version))) {
        return true;
      }
    }
    return false;
  }

  /// The included version that comes last; of equals the first in the collection.
  public @Nullable Version highest(Collection<Version> versions) {
    Version highest = null;
    for (Version version : versions) {
      if ((highest == null || version.compareTo(highest) > 0) && includes(version)) {
        highest = version;
      }
    }
    return highest;
  }

  /// The included version that comes first; of equals the first in the collection.
  public @Nullable Version lowest(Collection<Version> versions) {
    Version lowest = null;
    for (Version version : versions) {
      if ((lowest == null || version.compareTo(lowest) < 0) && includes(version)) {
        lowest = version;
      }
    }
    return lowest;
  }

  private boolean seesPrereleases(Version version) {
    return options.includePrerelease() || !version.isPrerelease();
  }

  private static boolean allow(List<Bound> bounds, Version version) {
    for (Bound bound : bounds) {
      if (!bound.allows(version)) {
        return false;
      }
    }
    return true;
  }

  private static boolean names(List<Bound> bounds, Version version) {
    for (Bound bound : bounds) {
      if (bound.version().isPrerelease() && bound.version().hasCoreOf(version)) {
        return true;
      }
    }
    return false;
  }

  /// The range in bounds alone, `>=1.2.3 <2.0.0-0||>=3.0.0`; `*` if it is not bounded.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (List<Bound> bounds : alternatives) {
      out.append(out.isEmpty() ? "" : "||");
      for (int i = 0; i < bounds.size(); i++) {
        out.append(i == 0 ? "" : " ").append(bounds.get(i));
      }
    }
    return out.isEmpty() ? "*" : out.toString();
  }
}
