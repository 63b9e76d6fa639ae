package dev.gatehouse.packages.download;

import dev.gatehouse.db.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How often a package was fetched from a registry, whoever fetched it. What was fetched in the
/// last half second may not be written yet: see [DownloadLog#flush].
public record DownloadCounts(Database database) {

  /// How often on one day of UTC.
  public record OnDay(LocalDate day, long times) {}

  /// How often a version.
  public record OfVersion(String version, long times) {}

  /// All days of a span, the oldest first and none left out, and the versions, the most fetched
  /// first.
  public record Counts(List<OnDay> days, List<OfVersion> versions) {
    /// Keeps its own copies.
    public Counts {
      days = List.copyOf(days);
      versions = List.copyOf(versions);
    }

    /// All of them together.
    public long total() {
      return days.stream().mapToLong(OnDay::times).sum();
    }
  }

  /// How often the package called `name` was fetched from the registry itself in the last `days`
  /// days, today among them.
  public Counts of(long registryId, String name, int days, Instant now) {
    LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate first = last.minusDays(days - 1L);
    Map<Long, Long> byDay = new HashMap<>();
    database.read(handle ->
        handle
            .createQuery(
                """
                SELECT day, SUM(times) FROM download
                WHERE name = :name AND registry_id = :registry AND day >= :first
                GROUP BY day
                """)
            .bind("name", name)
            .bind("registry", registryId)
            .bind("first", first.toEpochDay())
            .map((row, _) -> byDay.put(row.getLong(1), row.getLong(2)))
            .list());
    List<OnDay> all = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      all.add(new OnDay(day, byDay.getOrDefault(day.toEpochDay(), 0L)));
    }
    return new Counts(all, versions(registryId, name, first, last));
  }

  private List<OfVersion> versions(long registryId, String name, LocalDate first, LocalDate last) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT version, SUM(times) AS fetched FROM download
                WHERE name = :name AND registry_id = :registry AND day BETWEEN :first AND :last
                GROUP BY version ORDER BY fetched DESC, version
                """)
            .bind("name", name)
            .bind("registry", registryId)
            .bind("first", first.toEpochDay())
            .bind("last", last.toEpochDay())
            .map((row, _) -> new OfVersion(row.getString(1), row.getLong(2)))
            .list());
  }
}
