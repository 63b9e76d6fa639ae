package dev.gatehouse.advisories.feed;

import dev.gatehouse.upstream.Validators;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of feeds: who is importing, what generation is visible, and how it went.
final class FeedRows {
  private FeedRows() {}

  /// Makes the feed's row, if it is not there, and remembers where it comes from.
  static void ensure(Handle handle, Feed feed) {
    handle.execute(
        """
        INSERT INTO advisory_feed (name, source, generation, records, leased) VALUES (?, ?, 0, 0, 0)
        ON CONFLICT (name) DO UPDATE SET source = excluded.source
        """,
        feed.name(),
        feed.source());
  }

  /// Takes the feed for `holder` until `until`, or holds on to it. Whether that worked: another
  /// process may have it.
  static boolean lease(Handle handle, String feed, String holder, long now, long until) {
    return handle.execute(
            """
            UPDATE advisory_feed SET holder = ?, leased = ?
            WHERE name = ? AND (holder = ? OR holder IS NULL OR leased < ?)
            """,
            holder,
            until,
            feed,
            holder,
            now)
        == 1;
  }

  static void release(Handle handle, String feed, String holder) {
    handle.execute(
        "UPDATE advisory_feed SET holder = NULL WHERE name = ? AND holder = ?", feed, holder);
  }

  static long generation(Handle handle, String feed) {
    return handle
        .createQuery("SELECT generation FROM advisory_feed WHERE name = ?")
        .bind(0, feed)
        .mapTo(Long.class)
        .one();
  }

  /// What is written when an import has come to its end.
  record End(long generation, long records, Validators validators) {}

  static void finish(Handle handle, String feed, End end, long now) {
    handle
        .createUpdate(
            """
            UPDATE advisory_feed SET generation = :generation, records = :records, imported = :now,
              tried = :now, failure = NULL, etag = :etag, last_modified = :modified, holder = NULL
            WHERE name = :feed
            """)
        .bind("generation", end.generation())
        .bind("records", end.records())
        .bind("now", now)
        .bind("etag", end.validators().etag())
        .bind("modified", end.validators().lastModified())
        .bind("feed", feed)
        .execute();
  }

  /// Notes that the feed was looked at: null means that it was as before.
  static void tried(Handle handle, String feed, @Nullable String failure, long now) {
    handle.execute(
        """
        UPDATE advisory_feed SET tried = ?, failure = ?,
          imported = CASE WHEN CAST(? AS TEXT) IS NULL THEN tried ELSE imported END
        WHERE name = ?
        """,
        now,
        failure,
        failure,
        feed);
  }

  /// Lets everybody see that one record is gone.
  static void removed(Handle handle, String feed, long generation) {
    handle.execute(
        "UPDATE advisory_feed SET generation = ?, records = records - 1 WHERE name = ?",
        generation,
        feed);
  }

  static Validators validators(Handle handle, String feed) {
    return handle
        .createQuery("SELECT etag, last_modified FROM advisory_feed WHERE name = ?")
        .bind(0, feed)
        .map((row, _) -> new Validators(row.getString(1), row.getString(2)))
        .findOne()
        .orElse(new Validators(null, null));
  }

  static List<FeedStatus> all(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT f.*, (
              SELECT COUNT(DISTINCT a.record) FROM advisory a
              WHERE a.feed = f.name AND a.held IS NOT NULL AND NOT a.withdrawn
                AND a.since <= f.generation AND (a.gone IS NULL OR a.gone > f.generation)
            ) AS waiting
            FROM advisory_feed f ORDER BY f.name
            """)
        .map((row, _) ->
            new FeedStatus(
                row.getString("name"),
                row.getString("source"),
                row.getLong("records"),
                row.getLong("waiting"),
                instant(row.getObject("imported")),
                instant(row.getObject("tried")),
                row.getString("failure")))
        .list();
  }

  private static @Nullable Instant instant(@Nullable Object millis) {
    return millis instanceof Number number ? Instant.ofEpochMilli(number.longValue()) : null;
  }
}
