package dev.gatehouse.packages;

import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What was seen in tarballs, kept for good: the bytes never change.
public final class InspectionRows {
  private final Database database;

  /// The inspections in `database`.
  public InspectionRows(Database database) {
    this.database = database;
  }

  /// What was seen in one tarball.
  ///
  /// @param integrity what the version declares, which the tarball hashes to
  /// @param seen JSON, as `install` writes it
  public record InspectionRow(String version, String integrity, String seen) {}

  /// All tarballs of `name` that were inspected.
  public List<InspectionRow> of(String name) {
    return database.read(handle ->
        handle
            .createQuery("SELECT version, integrity, seen FROM inspection WHERE name = :name")
            .bind("name", name)
            .map(
                (row, _) -> new InspectionRow(row.getString(1), row.getString(2), row.getString(3)))
            .list());
  }

  /// The packages of which a tarball was inspected then or later, by any process.
  public Set<String> since(long then) {
    return database.read(handle ->
        handle
            .createQuery("SELECT DISTINCT name FROM inspection WHERE inspected >= :then")
            .bind("then", then)
            .mapTo(String.class)
            .collect(Collectors.toSet()));
  }

  /// Keeps `row` of `name`, in the place of what was seen before, and tells other processes.
  public void save(String name, InspectionRow row, long now) {
    database.write(handle -> {
      Changes.raise(database, handle, Changes.Topic.FACTS);
      return handle
          .createUpdate(
              """
              INSERT INTO inspection (name, version, integrity, seen, inspected)
              VALUES (:name, :version, :integrity, :seen, :now)
              ON CONFLICT (name, version, integrity) DO UPDATE SET
                seen = excluded.seen, inspected = excluded.inspected
              """)
          .bind("name", name)
          .bind("version", row.version())
          .bind("integrity", row.integrity())
          .bind("seen", row.seen())
          .bind("now", now)
          .execute();
    });
  }
}
