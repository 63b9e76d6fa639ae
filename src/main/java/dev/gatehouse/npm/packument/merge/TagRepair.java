package dev.gatehouse.npm.packument.merge;

import dev.gatehouse.npm.semver.Version;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes dist-tags name served versions only; several clients fail on a tag whose version is not
/// there.
///
/// A tag whose version is not served moves down to the newest served version below it. From a
/// stable version it moves to a stable one if there is any, so that `latest` does not turn into a
/// prerelease. If nothing is below, the tag goes away, except `latest`, which then names the newest
/// served version.
public final class TagRepair {
  static final String LATEST = "latest";

  private TagRepair() {}

  /// The tags that may be shown while `served` are the versions. Names none that `tags` does not,
  /// other than `latest`, which exists whenever anything is served.
  public static NavigableMap<String, String> repair(Map<String, String> tags, Set<String> served) {
    NavigableMap<String, String> repaired = new TreeMap<>();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      String target =
          served.contains(tag.getValue()) ? tag.getValue() : newestBelow(tag.getValue(), served);
      if (target != null) {
        repaired.put(tag.getKey(), target);
      }
    }
    String newest = repaired.containsKey(LATEST) ? null : newest(served);
    if (newest != null) {
      repaired.put(LATEST, newest);
    }
    return repaired;
  }

  /// The newest of `versions`, a stable one if there is any; null if there are none.
  static @Nullable String newest(Collection<String> versions) {
    return newest(versions, false, _ -> true);
  }

  private static @Nullable String newestBelow(String missing, Set<String> served) {
    Version target = Version.parse(missing);
    return target == null
        ? null
        : newest(served, target.isPrerelease(), version -> version.compareTo(target) <= 0);
  }

  private static @Nullable String newest(
      Collection<String> versions, boolean prereleases, Predicate<Version> eligible) {
    Version best = null;
    for (String text : versions) {
      Version version = Version.parse(text);
      if (version != null
          && eligible.test(version)
          && (best == null || isBetter(version, best, prereleases))) {
        best = version;
      }
    }
    return best == null ? null : best.toString();
  }

  /// Whether `version` is the better target. Unless `prereleases` count alike, a stable version
  /// beats any prerelease.
  private static boolean isBetter(Version version, Version best, boolean prereleases) {
    if (!prereleases && version.isPrerelease() != best.isPrerelease()) {
      return best.isPrerelease();
    }
    return Version.BY_BUILD.compare(version, best) > 0;
  }
}
