package dev.gatehouse.install.attestation;

import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What came of checking provenance, kept.
public final class AttestationRows {
  private final Database database;

  /// The checks in `database`.
  public AttestationRows(Database database) {
    this.database = database;
  }

  /// Whose provenance of which tarball.
  record Key(String version, String integrity, String holder) {
    static Key of(Claim claim) {
      return new Key(claim.version(), claim.integrity().toString(), claim.holder().key());
    }
  }

  /// A check.
  ///
  /// @param root the digest of the trust root that it was checked by
  /// @param document the digest of what was checked; empty if nothing was handed out
  record Row(String root, String document, Attested found) {}

  /// The checks of all versions of `name`.
  Map<Key, Row> of(String name) {
    Map<Key, Row> rows = new HashMap<>();
    database.read(handle ->
        handle
            .createQuery(
                """
                SELECT version, integrity, origin, root, document, found
                FROM attestation_check WHERE name = :name
                """)
            .bind("name", name)
            .map((row, _) ->
                rows.put(
                    new Key(row.getString(1), row.getString(2), row.getString(3)),
                    new Row(row.getString(4), row.getString(5), Attested.parse(row.getString(6)))))
            .list());
    return rows;
  }

  /// The packages of which something was checked then or later, by any process.
  Set<String> since(long then) {
    return database.read(handle ->
        handle
            .createQuery("SELECT DISTINCT name FROM attestation_check WHERE checked >= :then")
            .bind("then", then)
            .mapTo(String.class)
            .collect(Collectors.toSet()));
  }

  /// Keeps `row`, in the place of what was found before, and tells other processes.
  void save(Claim claim, Row row, long now) {
    Key key = Key.of(claim);
    database.write(handle -> {
      Changes.raise(database, handle, Changes.Topic.FACTS);
      return handle
          .createUpdate(
              """
              INSERT INTO attestation_check
                (name, version, integrity, origin, root, document, found, checked)
              VALUES (:name, :version, :integrity, :origin, :root, :document, :found, :now)
              ON CONFLICT (name, version, integrity, origin) DO UPDATE SET
                root = excluded.root, document = excluded.document, found = excluded.found,
                checked = excluded.checked
              """)
          .bind("name", claim.name())
          .bind("version", key.version())
          .bind("integrity", key.integrity())
          .bind("origin", key.holder())
          .bind("root", row.root())
          .bind("document", row.document())
          .bind("found", row.found().json())
          .bind("now", now)
          .execute();
    });
  }
}
