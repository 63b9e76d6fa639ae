package dev.gatehouse.packages;

import dev.gatehouse.db.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Hosted versions that were published before versions were signed here.
public final class UnsignedVersions {
  private final Database database;

  /// Those in `database`.
  public UnsignedVersions(Database database) {
    this.database = database;
  }

  /// A package with such versions.
  public record Unsigned(long packageId, long workspaceId, String registry, String name) {}

  /// A package that has some, or null. None that was found before: those come after `packageId`.
  public @Nullable Unsigned after(long packageId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT package.id, registry.workspace_id, registry.name, package.name
                FROM package JOIN registry ON registry.id = package.registry_id
                WHERE package.id = (
                  SELECT MIN(package_id) FROM version WHERE signed_by IS NULL AND package_id > :id)
                """)
            .bind("id", packageId)
            .map((row, _) ->
                new Unsigned(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)))
            .findOne()
            .orElse(null));
  }

  /// Locks the package in the caller's transaction, counts its revision up and gives its versions
  /// that are not signed.
  public static List<HostedVersion> take(Handle handle, long packageId) {
    handle.execute("UPDATE package SET revision = revision + 1 WHERE id = ?", packageId);
    return handle
        .createQuery("SELECT * FROM version WHERE package_id = :id AND signed_by IS NULL")
        .bind("id", packageId)
        .map((row, _) -> Packages.hostedVersion(row))
        .list();
  }
}
