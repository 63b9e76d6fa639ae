package dev.gatehouse.packages;

import dev.gatehouse.packages.need.UnreadNeeds;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Changes to hosted versions, inside of the caller's transaction, which has locked the package.
public final class VersionEdits {
  private VersionEdits() {}

  /// What became of a version number: published, or burnt because it was taken back.
  public record Taken(String digest, String publisher, boolean burnt) {}

  /// What a version number was used for, or null if it is free.
  public static @Nullable Taken find(Handle handle, long packageId, String version) {
    return handle
        .createQuery(
            """
            SELECT digest, publisher, 0 AS burnt FROM version
              WHERE package_id = :id AND version = :version
            UNION ALL
            SELECT digest, publisher, 1 FROM burnt_version
              WHERE package_id = :id AND version = :version
            ORDER BY burnt
            """)
        .bind("id", packageId)
        .bind("version", version)
        .map((row, _) -> new Taken(row.getString(1), row.getString(2), row.getInt(3) == 1))
        .findFirst()
        .orElse(null);
  }

  /// Whether anything was ever published in the package.
  public static boolean any(Handle handle, long packageId) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM version WHERE package_id = :id)
              OR EXISTS (SELECT 1 FROM burnt_version WHERE package_id = :id)
            """)
        .bind("id", packageId)
        .mapTo(Boolean.class)
        .one();
  }

  /// The bytes of all manifests of the package together.
  public static long manifestBytes(Handle handle, long packageId) {
    return handle
        .createQuery(
            "SELECT COALESCE(SUM(OCTET_LENGTH(manifest)), 0) FROM version WHERE package_id = :id")
        .bind("id", packageId)
        .mapTo(Long.class)
        .one();
  }

  /// Adds `version`, whose number is burnt no longer.
  public static void add(Handle handle, long packageId, HostedVersion version) {
    handle.execute(
        "DELETE FROM burnt_version WHERE package_id = ? AND version = ?",
        packageId,
        version.version());
    handle
        .createUpdate(
            """
            INSERT INTO version (package_id, version, manifest, published, publisher, digest, size,
              integrity, shasum, deprecated, derived_from, attestations, signed_by)
            VALUES (:package, :version, :manifest, :published, :publisher, :digest, :size,
              :integrity, :shasum, :deprecated, :derivedFrom, :attestations, :signedBy)
            """)
        .bind("package", packageId)
        .bindMethods(version)
        .execute();
    UnreadNeeds.mark(handle, packageId, version.version());
  }

  /// Removes a version without a trace, as for one that is overwritten.
  public static void remove(Handle handle, long packageId, String version) {
    handle.execute("DELETE FROM version WHERE package_id = ? AND version = ?", packageId, version);
    UnreadNeeds.mark(handle, packageId, version);
  }

  /// Takes `version` back: its number stays taken.
  public static void burn(Handle handle, long packageId, HostedVersion version, long now) {
    remove(handle, packageId, version.version());
    handle
        .createUpdate(
            """
            INSERT INTO burnt_version (package_id, version, digest, publisher, burnt)
            VALUES (:package, :version, :digest, :publisher, :now)
            """)
        .bind("package", packageId)
        .bindMethods(version)
        .bind("now", now)
        .execute();
  }

  /// Gives a version another deprecation, null for none, and the manifest that says so.
  public static void deprecate(
      Handle handle, long packageId, String version, @Nullable String message, String manifest) {
    handle
        .createUpdate(
            """
            UPDATE version SET deprecated = :message, manifest = :manifest
            WHERE package_id = :package AND version = :version
            """)
        .bind("package", packageId)
        .bind("version", version)
        .bind("message", message)
        .bind("manifest", manifest)
        .execute();
  }

  /// Gives a version the manifest that is signed by that key.
  public static void sign(Handle handle, long packageId, HostedVersion signed) {
    handle
        .createUpdate(
            """
            UPDATE version SET manifest = :manifest, signed_by = :signedBy
            WHERE package_id = :package AND version = :version
            """)
        .bind("package", packageId)
        .bindMethods(signed)
        .execute();
  }
}
