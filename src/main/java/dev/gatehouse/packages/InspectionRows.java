package dev.gatehouse.packages;

import dev.gatehouse.db.Database;
import java.util.List;

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

  /// Keeps `row` of `name`, in the place of what was seen before.
  public void save(String name, InspectionRow row, long now) {
    database.write(handle ->
        handle
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
            .execute());
  }
}
