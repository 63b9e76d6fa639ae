package dev.gatehouse.packages;

import dev.gatehouse.packages.listing.ListedRows;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Changes to packages as such, inside of the caller's transaction.
public final class PackageEdits {
  private PackageEdits() {}

  /// The package, which nobody else changes until the transaction ends; null if there is none.
  public static @Nullable HostedPackage lock(Handle handle, long registryId, String name) {
    return handle
        .createQuery(
            """
            UPDATE package SET revision = revision
            WHERE registry_id = :registry AND name = :name RETURNING *
            """)
        .bind("registry", registryId)
        .bind("name", name)
        .map((row, _) -> Packages.hostedPackage(row))
        .findOne()
        .orElse(null);
  }

  /// As [#lock], but makes the package if there is none: restricted, not internal, in revision 0.
  public static HostedPackage open(Handle handle, long registryId, String name, long now) {
    return handle
        .createQuery(
            """
            INSERT INTO package
              (registry_id, name, revision, created, modified, details, access, internal)
            VALUES (:registry, :name, 0, :now, :now, '{}', 'restricted', FALSE)
            ON CONFLICT (registry_id, name) DO UPDATE SET revision = package.revision
            RETURNING *
            """)
        .bind("registry", registryId)
        .bind("name", name)
        .bind("now", now)
        .map((row, _) -> Packages.hostedPackage(row))
        .one();
  }

  /// Writes what can change of `hosted` and counts its revision up; gives it as it is then.
  public static HostedPackage save(Handle handle, HostedPackage hosted, long now) {
    HostedPackage saved =
        handle
            .createQuery(
                """
                UPDATE package SET revision = revision + 1, modified = :now, details = :details,
                  access = :access, internal = :internal
                WHERE id = :id RETURNING *
                """)
            .bind("id", hosted.id())
            .bind("now", now)
            .bind("details", hosted.details())
            .bind("access", hosted.access())
            .bind("internal", hosted.internal())
            .map((row, _) -> Packages.hostedPackage(row))
            .one();
    ListedRows.hosted(handle, saved.id(), saved.registryId(), saved.name());
    return saved;
  }

  /// Moves `tag` to `version`. Gives what it named before, or null.
  public static @Nullable String tag(Handle handle, long packageId, String tag, String version) {
    String before = untag(handle, packageId, tag);
    handle.execute(
        "INSERT INTO dist_tag (package_id, tag, version) VALUES (?, ?, ?)",
        packageId,
        tag,
        version);
    return before;
  }

  /// Removes `tag`. Gives what it named, or null if it was not there.
  public static @Nullable String untag(Handle handle, long packageId, String tag) {
    return handle
        .createQuery("DELETE FROM dist_tag WHERE package_id = :id AND tag = :tag RETURNING version")
        .bind("id", packageId)
        .bind("tag", tag)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /// Makes `account` an owner, if it is none.
  public static void addOwner(Handle handle, long packageId, String account) {
    handle.execute(
        "INSERT INTO package_owner (package_id, account) VALUES (?, ?) ON CONFLICT DO NOTHING",
        packageId,
        account);
  }

  /// Makes `accounts` the only owners.
  public static void owners(Handle handle, long packageId, List<String> accounts) {
    handle.execute("DELETE FROM package_owner WHERE package_id = ?", packageId);
    accounts.forEach(account -> addOwner(handle, packageId, account));
  }
}
