package dev.gatehouse.install.document;

import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.VersionRow;
import dev.gatehouse.npm.packument.merge.FallbackTimes;
import dev.gatehouse.packages.DocumentRows;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When versions appeared whose own time does not count: their upstream gives none, or one that
/// cannot be true, because it lies in the future or before the upstream was asked last and did not
/// have them. Those that a document has at first sight get the document's own date, else 1970;
/// those that appear later get the moment they were first seen here.
public final class FirstSeen {
  /// An upstream may show a version so much later than it dates it, in milliseconds.
  private static final long LAG = 10 * 60 * 1_000;

  private final DocumentRows rows;
  private final Clock clock;

  /// Remembers in `rows`.
  public FirstSeen(DocumentRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /// What was known of a package before its newest document came.
  ///
  /// @param versions which it had; null if that cannot be told any more
  /// @param confirmed when its upstream was asked last, milliseconds since 1970
  record Before(@Nullable Set<String> versions, long confirmed) {}

  /// Notes those `versions` of `name` whose time does not count: as new if the package was known
  /// `before`, else as there from the beginning.
  void note(Origin origin, String name, List<VersionRow> versions, @Nullable Before before) {
    List<String> noted =
        versions.stream().filter(row -> !countsTime(row, before)).map(VersionRow::version).toList();
    if (noted.isEmpty()) {
      return;
    }
    Map<String, Long> seen = rows.firstSeen(origin.key(), name);
    boolean later = before != null || !seen.isEmpty();
    Map<String, Long> unseen = new HashMap<>();
    for (String version : noted) {
      if (!seen.containsKey(version)) {
        unseen.put(version, later ? clock.millis() : 0L);
      }
    }
    if (!unseen.isEmpty()) {
      rows.addFirstSeen(origin.key(), name, unseen);
    }
  }

  private boolean countsTime(VersionRow row, @Nullable Before before) {
    Instant told = row.published();
    if (told == null || told.toEpochMilli() > clock.millis()) {
      return false;
    }
    boolean backdated =
        before != null
            && before.versions() != null
            && told.toEpochMilli() < before.confirmed() - LAG
            && !before.versions().contains(row.version());
    return !backdated;
  }

  /// The times that stand in for those that `index` lacks; `modified` is the document's own date in
  /// milliseconds since 1970, 0 if it has none.
  public FallbackTimes times(Origin origin, PackumentIndex index, long modified) {
    return timeless(index).isEmpty()
        ? FallbackTimes.NONE
        : new FallbackTimes(Instant.ofEpochMilli(modified), later(origin, index.name()));
  }

  /// When those versions of `name` were first seen whose own time does not count, and which were
  /// not there at first sight.
  public Map<String, Instant> later(Origin origin, String name) {
    Map<String, Instant> later = new HashMap<>();
    rows.firstSeen(origin.key(), name)
        .forEach((version, seen) -> {
          if (seen > 0) {
            later.put(version, Instant.ofEpochMilli(seen));
          }
        });
    return later;
  }

  private static List<String> timeless(PackumentIndex index) {
    return index.versions().stream()
        .filter(row -> row.published() == null)
        .map(VersionRow::version)
        .toList();
  }
}
