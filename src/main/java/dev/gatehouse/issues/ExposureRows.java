package dev.gatehouse.issues;

import dev.gatehouse.packages.download.Download;
import dev.gatehouse.packages.download.Fetcher;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The SQL of who fetched malware. Downloads of long ago are forgotten; this is not.
final class ExposureRows {
  private ExposureRows() {}

  static List<Download> of(Handle handle, long issueId, String name) {
    return handle
        .createQuery(
            """
            SELECT * FROM issue_exposure WHERE issue_id = ?
            ORDER BY first_at, actor, version, registry_id, token, address
            """)
        .bind(0, issueId)
        .map((row, _) ->
            new Download(
                row.getLong("registry_id"),
                name,
                row.getString("version"),
                new Fetcher(
                    row.getString("actor"), row.getString("token"), row.getString("address")),
                Instant.ofEpochMilli(row.getLong("first_at")),
                Instant.ofEpochMilli(row.getLong("last_at")),
                row.getLong("times")))
        .list();
  }

  /// Adds those of `fetched`, each one once.
  static void save(Handle handle, long issueId, List<Download> fetched) {
    if (fetched.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO issue_exposure (issue_id, registry_id, version, actor, token, address,
              first_at, last_at, times)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (issue_id, registry_id, version, actor, token, address) DO UPDATE SET
              last_at = excluded.last_at,
              times = CASE WHEN excluded.times > issue_exposure.times
                THEN excluded.times ELSE issue_exposure.times END
            """)) {
      for (Download one : fetched) {
        batch.add(
            issueId,
            one.registryId(),
            one.version(),
            one.who().actor(),
            one.who().token(),
            one.who().address(),
            one.first().toEpochMilli(),
            one.last().toEpochMilli(),
            one.times());
      }
      batch.execute();
    }
  }
}
