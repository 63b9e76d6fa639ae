package dev.gatehouse.registries.traffic;

import dev.gatehouse.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What registries answered over time. What was answered in the last seconds may not be written
/// yet: see [Traffic#flush].
public record TrafficReport(Database database) {
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);

  /// Numbers by what was asked for.
  public record Numbers(Count documents, Count tarballs) {
    /// None.
    public static final Numbers NONE = new Numbers(Count.NONE, Count.NONE);

    /// All kinds together.
    public Count all() {
      return documents.plus(tarballs);
    }

    private static Numbers of(Map<Kind, Count> counts) {
      return new Numbers(
          counts.getOrDefault(Kind.DOCUMENT, Count.NONE),
          counts.getOrDefault(Kind.TARBALL, Count.NONE));
    }
  }

  /// What was answered in a stretch of time.
  public record Point(Instant from, Numbers numbers) {}

  /// A stretch of time, cut into `steps` of `hours` hours each, the last of which holds now.
  public record Span(int steps, int hours) {
    private long first(Instant now) {
      long last = Math.floorDiv(now.toEpochMilli(), HOUR * hours);
      return (last - steps + 1) * hours;
    }

    /// How long a step is.
    public Duration step() {
      return Duration.ofHours(hours);
    }
  }

  private record Row(long at, Kind kind, Count count) {}

  /// The steps of `span`, the oldest first and none left out, of those registries together.
  public List<Point> over(Collection<Long> registries, Span span, Instant now) {
    long first = span.first(now);
    Map<Long, Map<Kind, Count>> steps =
        grouped(registries, first, "(hour - %d) / %d".formatted(first, span.hours()));
    List<Point> points = new ArrayList<>();
    for (long i = 0; i < span.steps(); i++) {
      points.add(
          new Point(
              Instant.ofEpochMilli((first + i * span.hours()) * HOUR),
              Numbers.of(steps.getOrDefault(i, Map.of()))));
    }
    return points;
  }

  /// What each of those registries answered in `span`; those that answered nothing are left out.
  public Map<Long, Numbers> byRegistry(Collection<Long> registries, Span span, Instant now) {
    Map<Long, Numbers> all = new HashMap<>();
    grouped(registries, span.first(now), "registry_id")
        .forEach((id, counts) -> all.put(id, Numbers.of(counts)));
    return all;
  }

  private Map<Long, Map<Kind, Count>> grouped(Collection<Long> registries, long first, String by) {
    Map<Long, Map<Kind, Count>> groups = new HashMap<>();
    if (!registries.isEmpty()) {
      for (Row row : rows(registries, first, by)) {
        groups
            .computeIfAbsent(row.at(), _ -> new EnumMap<>(Kind.class))
            .put(row.kind(), row.count());
      }
    }
    return groups;
  }

  private List<Row> rows(Collection<Long> registries, long first, String by) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT <by>, kind, SUM(hits), SUM(misses), SUM(not_modified), SUM(refused),
                  SUM(failed), SUM(bytes)
                FROM traffic WHERE registry_id IN (<registries>) AND hour >= :first
                GROUP BY 1, 2
                """)
            .define("by", by)
            .bindList("registries", List.copyOf(registries))
            .bind("first", first)
            .map((row, _) ->
                new Row(
                    row.getLong(1),
                    row.getString(2).equals(Kind.TARBALL.word()) ? Kind.TARBALL : Kind.DOCUMENT,
                    new Count(
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8))))
            .list());
  }
}
