package dev.gatehouse.review.overview;

import dev.gatehouse.db.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Counts and lists of what needs somebody, each by an index, so that asking is cheap however much
/// there is.
public record Overviews(Database database) {
  private static final int RECENT = 8;

  /// Something that came in or changed.
  ///
  /// @param version the one that came in; empty where the package was changed as a whole
  public record Recent(long registryId, String name, String version, Instant at) {}

  /// What was fetched, and by how many.
  public record Fetched(long times, long people) {}

  /// How many waivers wait for somebody, by registry; none of those without.
  public Map<Long, Integer> waiting(Collection<Long> registries) {
    return counts(
        registries,
        """
        SELECT registry_id, COUNT(*) FROM waiver
        WHERE registry_id IN (<registries>) AND state = 'asked' GROUP BY registry_id
        """);
  }

  /// How many versions people have quarantined or deleted and not released, by registry.
  public Map<Long, Integer> quarantined(Collection<Long> registries) {
    return counts(
        registries,
        """
        SELECT registry_id, COUNT(*) FROM version_decision
        WHERE registry_id IN (<registries>) AND state <> 'released' GROUP BY registry_id
        """);
  }

  /// The packages that were published, changed or fetched from elsewhere last, the newest first.
  public List<Recent> recent(Collection<Long> registries) {
    return database.read(handle ->
        registries.stream()
            .flatMap(one -> Stream.concat(hosted(handle, one), cached(handle, one)))
            .sorted(Comparator.comparing(Recent::at).reversed())
            .limit(RECENT)
            .toList());
  }

  /// What was fetched from the workspace on the day (of UTC) of `now`.
  public Fetched today(long workspaceId, Instant now) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COALESCE(SUM(times), 0), COUNT(DISTINCT actor) FROM download
                WHERE workspace_id = :workspace AND day = :day
                """)
            .bind("workspace", workspaceId)
            .bind("day", Math.floorDiv(now.toEpochMilli(), TimeUnit.DAYS.toMillis(1)))
            .map((row, _) -> new Fetched(row.getLong(1), row.getLong(2)))
            .one());
  }

  private Map<Long, Integer> counts(Collection<Long> registries, String sql) {
    if (registries.isEmpty()) {
      return Map.of();
    }
    return database
        .read(handle ->
            handle
                .createQuery(sql)
                .bindList("registries", List.copyOf(registries))
                .map((row, _) -> Map.entry(row.getLong(1), row.getInt(2)))
                .list())
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<Recent> hosted(Handle handle, long registryId) {
    return recent(
        handle,
        registryId,
        """
        SELECT name, '', modified FROM package WHERE registry_id = :registry
        ORDER BY modified DESC LIMIT :most
        """);
  }

  private static Stream<Recent> cached(Handle handle, long registryId) {
    return recent(
        handle,
        registryId,
        """
        SELECT name, version, cached FROM cached_tarball WHERE registry_id = :registry
        ORDER BY cached DESC LIMIT :most
        """);
  }

  private static Stream<Recent> recent(Handle handle, long registryId, String sql) {
    return handle
        .createQuery(sql)
        .bind("registry", registryId)
        .bind("most", RECENT)
        .map((row, _) ->
            new Recent(
                registryId,
                row.getString(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3))))
        .list()
        .stream();
  }
}
