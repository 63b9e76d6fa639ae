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

/// When versions appeared whose upstream gives them no `time`. Those that a document has at first
/// sight get the document's own date, else 1970; those that appear later get the moment they were
/// first seen here.
public final class FirstSeen {
  private final DocumentRows rows;
  private final Clock clock;

  /// Remembers in `rows`.
  public FirstSeen(DocumentRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /// Notes the versions of `index` without a time: as new if the package was `known` before, else
  /// as there from the beginning.
  void note(Origin origin, PackumentIndex index, boolean known) {
    List<String> timeless = timeless(index);
    if (timeless.isEmpty()) {
      return;
    }
    Map<String, Long> seen = rows.firstSeen(origin.key(), index.name());
    boolean later = known || !seen.isEmpty();
    Map<String, Long> unseen = new HashMap<>();
    for (String version : timeless) {
      if (!seen.containsKey(version)) {
        unseen.put(version, later ? clock.millis() : 0L);
      }
    }
    if (!unseen.isEmpty()) {
      rows.addFirstSeen(origin.key(), index.name(), unseen);
    }
  }

  /// The times that stand in for those that `index` lacks; `modified` is the document's own date in
  /// milliseconds since 1970, 0 if it has none.
  public FallbackTimes times(Origin origin, PackumentIndex index, long modified) {
    if (timeless(index).isEmpty()) {
      return FallbackTimes.NONE;
    }
    Map<String, Instant> later = new HashMap<>();
    rows.firstSeen(origin.key(), index.name())
        .forEach((version, seen) -> {
          if (seen > 0) {
            later.put(version, Instant.ofEpochMilli(seen));
          }
        });
    return new FallbackTimes(Instant.ofEpochMilli(modified), later);
  }

  private static List<String> timeless(PackumentIndex index) {
    return index.versions().stream()
        .filter(row -> row.published() == null)
        .map(VersionRow::version)
        .toList();
  }
}
