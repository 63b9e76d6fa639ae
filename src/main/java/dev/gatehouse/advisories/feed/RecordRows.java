package dev.gatehouse.advisories.feed;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.AdvisoryText;
import dev.gatehouse.advisories.LongTable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The SQL of what feeds say. An import writes rows that are visible from the next generation on,
/// and marks those that will be gone then.
final class RecordRows {
  private static final int PAGE = 10_000;

  /// What the feed's present generation shows.
  private static final String VISIBLE =
      """
      a.since <= f.generation AND (a.gone IS NULL OR a.gone > f.generation)
      """;

  private RecordRows() {}

  /// One row to write.
  ///
  /// @param held why it waits, null if it counts
  record Row(Advisory advisory, String name, long digest, @Nullable String held) {}

  /// What an import that broke off has left, and what has long been gone.
  static void clear(Handle handle, String feed, long generation) {
    handle.execute("DELETE FROM advisory WHERE feed = ? AND since > ?", feed, generation);
    handle.execute("UPDATE advisory SET gone = NULL WHERE feed = ? AND gone > ?", feed, generation);
    handle.execute("DELETE FROM advisory WHERE feed = ? AND gone < ?", feed, generation);
  }

  /// Gives `into` the records of the feed that are visible and whose ids come after `after`, a page
  /// of them. Returns the last id, or null if there are no more.
  static @Nullable String digests(Handle handle, String feed, String after, Digests into) {
    List<String> ids =
        handle
            .createQuery(
                """
                SELECT record, MIN(digest) AS digest FROM advisory
                WHERE feed = :feed AND gone IS NULL AND record > :after
                GROUP BY record ORDER BY record LIMIT :page
                """)
            .bind("feed", feed)
            .bind("after", after)
            .bind("page", PAGE)
            .map((row, _) -> {
              String id = row.getString("record");
              into.accept(LongTable.hash(id), row.getLong("digest"));
              return id;
            })
            .list();
    return ids.size() < PAGE ? null : ids.getLast();
  }

  /// Receives a record's hashed id and its digest.
  @FunctionalInterface
  interface Digests {
    void accept(long id, long digest);
  }

  static void insert(Handle handle, long since, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO advisory (feed, record, name, since, digest, withdrawn, held, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      for (Row row : rows) {
        Advisory advisory = row.advisory();
        batch.add(
            advisory.feed(),
            advisory.id(),
            row.name(),
            since,
            row.digest(),
            advisory.dates().withdrawn() != null,
            row.held(),
            AdvisoryText.write(advisory));
      }
      batch.execute();
    }
  }

  /// Lets the visible rows of `ids` go with the generation `gone`. Returns how many.
  static int remove(Handle handle, String feed, long gone, List<String> ids) {
    if (ids.isEmpty()) {
      return 0;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE advisory SET gone = ? WHERE feed = ? AND record = ? AND gone IS NULL AND since < ?
            """)) {
      ids.forEach(id -> batch.add(gone, feed, id, gone));
      return Arrays.stream(batch.execute()).sum();
    }
  }

  /// Lets the visible rows go whose digest is one of `digests`.
  static void removeDigests(Handle handle, String feed, long gone, List<Long> digests) {
    handle
        .createUpdate(
            """
            UPDATE advisory SET gone = :gone
            WHERE feed = :feed AND gone IS NULL AND since < :gone AND digest IN (<digests>)
            """)
        .bindList("digests", digests)
        .bind("feed", feed)
        .bind("gone", gone)
        .execute();
  }

  /// What is visible of the package called `name`, in any feed.
  static List<Held> visible(Handle handle, String name) {
    return handle
        .createQuery(
            """
            SELECT a.feed, a.record, a.name, a.held, a.withdrawn, a.body
            FROM advisory a JOIN advisory_feed f ON f.name = a.feed WHERE a.name = :name AND %s
            ORDER BY a.feed, a.record
            """
                .formatted(VISIBLE))
        .bind("name", name)
        .map((row, _) -> held(row))
        .list();
  }

  /// Gives `into` everything that waits.
  static void forEachHeld(Handle handle, Consumer<Held> into) {
    handle
        .createQuery(
            """
            SELECT a.feed, a.record, a.name, a.held, a.withdrawn, a.body
            FROM advisory a JOIN advisory_feed f ON f.name = a.feed
            WHERE a.held IS NOT NULL AND NOT a.withdrawn AND %s ORDER BY a.feed, a.record, a.name
            """
                .formatted(VISIBLE))
        .map((row, _) -> held(row))
        .forEach(into);
  }

  /// Lets `record` count, of all its packages. Returns how many rows that were.
  static int accept(Handle handle, String feed, String record) {
    return handle.execute(
        "UPDATE advisory SET held = NULL WHERE feed = ? AND record = ? AND held IS NOT NULL",
        feed,
        record);
  }

  private static Held held(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Held(
        row.getString("name"),
        row.getString("held"),
        row.getBoolean("withdrawn"),
        AdvisoryText.read(row.getString("record"), row.getString("feed"), row.getString("body")));
  }
}
