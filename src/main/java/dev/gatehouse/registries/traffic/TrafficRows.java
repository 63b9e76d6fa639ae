package dev.gatehouse.registries.traffic;

import dev.gatehouse.db.Database;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;

/// How traffic is written.
final class TrafficRows {
  private TrafficRows() {}

  /// Adds to the rows of `hour`, for those registries that there still are.
  static void add(Database database, long hour, Map<Traffic.Key, Count> added) {
    database.write(handle -> {
      try (PreparedBatch batch =
          handle.prepareBatch(
              """
              INSERT INTO traffic (registry_id, hour, kind,
                hits, misses, not_modified, refused, failed, bytes)
              SELECT registry.id, CAST(:hour AS BIGINT), CAST(:kind AS TEXT),
                CAST(:hits AS BIGINT), CAST(:misses AS BIGINT), CAST(:notModified AS BIGINT),
                CAST(:refused AS BIGINT), CAST(:failed AS BIGINT), CAST(:bytes AS BIGINT)
              FROM registry WHERE registry.id = :registry
              ON CONFLICT (registry_id, hour, kind) DO UPDATE SET
                hits = traffic.hits + excluded.hits,
                misses = traffic.misses + excluded.misses,
                not_modified = traffic.not_modified + excluded.not_modified,
                refused = traffic.refused + excluded.refused,
                failed = traffic.failed + excluded.failed,
                bytes = traffic.bytes + excluded.bytes
              """)) {
        added.forEach((key, count) ->
            batch
                .bind("registry", key.registryId())
                .bind("hour", hour)
                .bind("kind", key.kind().word())
                .bindMethods(count)
                .add());
        return batch.execute();
      }
    });
  }

  /// Removes what is of an hour before `oldest`.
  static int prune(Database database, long oldest) {
    return database.write(handle -> handle.execute("DELETE FROM traffic WHERE hour < ?", oldest));
  }
}
