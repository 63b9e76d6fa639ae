package dev.gatehouse.db;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// The table of changes: a count for each process and topic. Everyone watches the sum of the
/// others.
final class Revisions {
  /// The process that nobody is.
  private static final String NOBODY = "";

  private Revisions() {}

  private record Row(String process, String topic) {}

  static void add(Handle handle, String process, String topic, long count) {
    handle
        .createUpdate(
            """
            INSERT INTO revision (process, topic, value) VALUES (:process, :topic, :count)
            ON CONFLICT (process, topic) DO UPDATE SET value = revision.value + excluded.value
            """)
        .bind("process", process)
        .bind("topic", topic)
        .bind("count", count)
        .execute();
  }

  /// Moves the counts of all other processes to nobody's row, so that those that are gone leave
  /// nothing behind. No watcher's sum changes by this but that of a process which is still there:
  /// it looks once for nothing.
  static void gather(Database database) {
    List<Row> rows =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT process, topic FROM revision WHERE process NOT IN (:nobody, :own)")
                .bind("nobody", NOBODY)
                .bind("own", database.process())
                .map((row, _) -> new Row(row.getString("process"), row.getString("topic")))
                .list());
    rows.forEach(row -> gather(database, row));
  }

  /// One row at a time, and nobody's last, so that processes which do this, or raise several topics
  /// at once, cannot lock each other out.
  private static void gather(Database database, Row row) {
    database.write(handle -> {
      handle
          .createQuery(
              "DELETE FROM revision WHERE process = :process AND topic = :topic RETURNING value")
          .bind("process", row.process())
          .bind("topic", row.topic())
          .mapTo(Long.class)
          .findOne()
          .ifPresent(count -> add(handle, NOBODY, row.topic(), count));
      return row;
    });
  }
}
