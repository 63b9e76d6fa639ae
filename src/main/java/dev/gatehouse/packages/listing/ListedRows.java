package dev.gatehouse.packages.listing;

import org.jdbi.v3.core.Handle;

/// Keeps the row of a name true, in the transaction of whatever changes it. Who hosts and who
/// caches write columns of their own, so that neither undoes what the other does at the same time.
public final class ListedRows {
  private static final String GONE =
      "DELETE FROM listed_package WHERE registry_id = ? AND name = ? AND NOT hosted AND NOT cached";

  private ListedRows() {}

  /// The package, which the transaction has locked and changed, may have other versions or texts.
  public static void hosted(Handle handle, long packageId, long registryId, String name) {
    handle
        .createUpdate(
            """
            INSERT INTO listed_package
              (registry_id, name, hosted, cached, internal, changed, revision, text)
            SELECT registry_id, name,
              EXISTS (SELECT 1 FROM version WHERE version.package_id = package.id),
              FALSE, internal, modified, revision, NULL
            FROM package WHERE id = :id
            ON CONFLICT (registry_id, name) DO UPDATE SET
              hosted = excluded.hosted, internal = excluded.internal,
              changed = CASE WHEN excluded.changed > listed_package.changed
                THEN excluded.changed ELSE listed_package.changed END,
              revision = excluded.revision,
              text = CASE WHEN excluded.hosted THEN NULL ELSE LOWER(excluded.name) END
            """)
        .bind("id", packageId)
        .execute();
    handle.execute(GONE, registryId, name);
  }

  /// A tarball of it is in the store.
  public static void cached(Handle handle, long registryId, String name, long now) {
    handle
        .createUpdate(
            """
            INSERT INTO listed_package
              (registry_id, name, hosted, cached, internal, changed, revision, text)
            VALUES (:registry, :name, FALSE, TRUE, FALSE, :now, NULL, LOWER(:name))
            ON CONFLICT (registry_id, name) DO UPDATE SET cached = TRUE,
              changed = CASE WHEN excluded.changed > listed_package.changed
                THEN excluded.changed ELSE listed_package.changed END
            """)
        .bind("registry", registryId)
        .bind("name", name)
        .bind("now", now)
        .execute();
  }

  /// A tarball of it is no longer in the store; perhaps it was the last one.
  public static void forgotten(Handle handle, long registryId, String name) {
    // Taken first, so that the question below sees what another transaction has just cached.
    handle.execute(
        "UPDATE listed_package SET cached = cached WHERE registry_id = ? AND name = ?",
        registryId,
        name);
    handle.execute(
        """
        UPDATE listed_package SET cached = EXISTS (SELECT 1 FROM cached_tarball
          WHERE cached_tarball.registry_id = listed_package.registry_id
            AND cached_tarball.name = listed_package.name)
        WHERE registry_id = ? AND name = ?
        """,
        registryId,
        name);
    handle.execute(GONE, registryId, name);
  }
}
