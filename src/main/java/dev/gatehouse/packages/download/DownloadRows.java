package dev.gatehouse.packages.download;

import dev.gatehouse.db.Database;
import dev.gatehouse.packages.download.DownloadLog.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The SQL of downloads.
final class DownloadRows {
  private static final int REMOVED_AT_ONCE = 5_000;

  /// Nodes that write the same rows at the same time take them in the same order.
  private static final Comparator<Fetch.Key> ORDER =
      Comparator.comparing(Fetch.Key::name)
          .thenComparing(Fetch.Key::version)
          .thenComparingLong(Fetch.Key::registryId)
          .thenComparingLong(Fetch.Key::day)
          .thenComparing(key -> key.who().actor())
          .thenComparing(key -> key.who().token())
          .thenComparing(key -> key.who().address());

  private DownloadRows() {}

  /// Adds what was counted to what is there.
  static void add(Database database, Map<Fetch.Key, Tally> counted) {
    List<Fetch.Key> keys = counted.keySet().stream().sorted(ORDER).toList();
    database.write(handle -> {
      try (PreparedBatch batch =
          handle.prepareBatch(
              """
              INSERT INTO download (workspace_id, registry_id, name, version, day, actor, token,
                address, first_at, last_at, times)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              ON CONFLICT (name, version, registry_id, day, actor, token, address) DO UPDATE SET
                times = download.times + excluded.times,
                last_at = CASE WHEN excluded.last_at > download.last_at
                  THEN excluded.last_at ELSE download.last_at END
              """)) {
        for (Fetch.Key key : keys) {
          Tally tally = counted.getOrDefault(key, new Tally(0, 0, 0));
          batch.add(
              key.workspaceId(),
              key.registryId(),
              key.name(),
              key.version(),
              key.day(),
              key.who().actor(),
              key.who().token(),
              key.who().address(),
              tally.first(),
              tally.last(),
              tally.times());
        }
        return batch.execute();
      }
    });
  }

  /// Removes what `settings` do not want kept at `now`. A few at a time: others want to write, too.
  static long prune(Database database, DownloadSettings settings, long now) {
    long oldest = now - settings.keep().toMillis();
    long before =
        database.read(handle -> Math.max(oldest, newestBeyond(handle, settings.rows()) + 1));
    long removed = 0;
    int some = REMOVED_AT_ONCE;
    while (some == REMOVED_AT_ONCE) {
      some =
          database.write(handle ->
              handle.execute(
                  """
                  DELETE FROM download WHERE id IN (
                    SELECT id FROM download WHERE first_at < ? ORDER BY first_at LIMIT ?)
                  """,
                  before,
                  REMOVED_AT_ONCE));
      removed += some;
    }
    return removed;
  }

  /// When the newest row began that is one too many.
  private static long newestBeyond(Handle handle, long rows) {
    return handle
        .createQuery("SELECT first_at FROM download ORDER BY first_at DESC LIMIT 1 OFFSET :rows")
        .bind("rows", rows)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  static Download download(ResultSet row) throws SQLException {
    return new Download(
        row.getLong("registry_id"),
        row.getString("name"),
        row.getString("version"),
        new Fetcher(row.getString("actor"), row.getString("token"), row.getString("address")),
        Instant.ofEpochMilli(row.getLong("first_at")),
        Instant.ofEpochMilli(row.getLong("last_at")),
        row.getLong("times"));
  }
}
