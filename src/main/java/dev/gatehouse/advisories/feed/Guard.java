package dev.gatehouse.advisories.feed;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.Affected;
import dev.gatehouse.npm.semver.Version;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Decides what must wait. A feed that is poisoned, or merely wrong, could take a package away that
/// everybody here builds on: that needs a person or a second feed. What it says of single versions,
/// as of a poisoned release, counts at once.
final class Guard {
  private final Feed feed;
  private final Kept kept;
  private final Set<String> widelyUsed;
  private final int threshold;
  private final boolean first;

  /// For one import of `feed`. Its `first` one is trusted, since a person has just chosen it.
  Guard(Feed feed, Kept kept, int threshold, boolean first) {
    this.feed = feed;
    this.kept = kept;
    this.threshold = threshold;
    this.first = first;
    this.widelyUsed =
        feed.trust() == Feed.Trust.GUARDED && !first ? kept.names().apply(threshold) : Set.of();
  }

  /// Why what `advisory` says of the package called `name` has to wait; null if it counts.
  @Nullable String reason(Handle handle, Advisory advisory, String name) {
    if (advisory.dates().withdrawn() != null) {
      return null;
    }
    String reason =
        switch (feed.trust()) {
          case FULL -> null;
          case GUARDED -> sweeping(advisory, name);
          case SECONDED -> "The feed counts only where a second one agrees.";
        };
    return reason == null || counted(handle, advisory, name) ? null : reason;
  }

  private @Nullable String sweeping(Advisory advisory, String name) {
    Affected affected = advisory.affected();
    if (first || !widelyUsed.contains(name) || !(advisory.isMalware() || affected.isOpen())) {
      return null;
    }
    Set<String> versions = kept.versions().apply(name);
    long touched =
        versions.stream()
            .map(Version::parseLoose)
            .filter(version -> version != null && affected.touches(version))
            .count();
    return versions.size() < threshold || touched * 2 < versions.size()
        ? null
        : "It would take away %d of the %d versions kept here.".formatted(touched, versions.size());
  }

  /// Whether the same was said before and counts, or another feed agrees.
  private static boolean counted(Handle handle, Advisory advisory, String name) {
    return RecordRows.visible(handle, name).stream()
        .filter(Held::counts)
        .map(Held::advisory)
        .anyMatch(known ->
            known.feed().equals(advisory.feed())
                ? known.id().equals(advisory.id()) && known.affected().equals(advisory.affected())
                : known.isSameAs(advisory));
  }

  /// Whether another feed than its own says what waits in `held`.
  static boolean isSeconded(Handle handle, Held held) {
    List<Held> known = RecordRows.visible(handle, held.name());
    return known.stream()
        .filter(one -> !one.withdrawn() && !one.advisory().feed().equals(held.advisory().feed()))
        .anyMatch(one -> one.advisory().isSameAs(held.advisory()));
  }
}
