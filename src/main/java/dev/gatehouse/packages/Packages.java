package dev.gatehouse.packages;

import dev.gatehouse.db.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Looks packages up in the core tables.
public final class Packages {
  private final Database database;

  /// The packages in `database`.
  public Packages(Database database) {
    this.database = database;
  }

  /// Everything that a registry has of its own for one name, read in one transaction.
  ///
  /// @param versions in order of publication
  /// @param tags by name
  /// @param owners sorted by name
  /// @param stars account names, sorted
  public record Holding(
      HostedPackage hosted,
      List<HostedVersion> versions,
      Map<String, String> tags,
      List<Owner> owners,
      List<String> stars) {

    /// The version called `version`, or null.
    public @Nullable HostedVersion version(String version) {
      return versions.stream()
          .filter(one -> one.version().equals(version))
          .findFirst()
          .orElse(null);
    }
  }

  /// One of a package's owners.
  ///
  /// @param email empty if nobody of that name is known any more
  public record Owner(String account, String email) {}

  /// What the registry has of its own for `name`, or null.
  public @Nullable Holding find(long registryId, String name) {
    return database.read(handle -> find(handle, registryId, name));
  }

  /// As [#find(long, String)], inside a transaction.
  public static @Nullable Holding find(Handle handle, long registryId, String name) {
    HostedPackage hosted =
        handle
            .createQuery("SELECT * FROM package WHERE registry_id = :registry AND name = :name")
            .bind("registry", registryId)
            .bind("name", name)
            .map((row, _) -> hostedPackage(row))
            .findOne()
            .orElse(null);
    if (hosted == null) {
      return null;
    }
    return new Holding(
        hosted,
        versions(handle, hosted.id()),
        tags(handle, hosted.id()),
        ownersWithMail(handle, hosted.id()),
        stars(handle, hosted));
  }

  /// The id of the registry's own row for `name`, or null.
  public static @Nullable Long id(Handle handle, long registryId, String name) {
    return handle
        .createQuery("SELECT id FROM package WHERE registry_id = :registry AND name = :name")
        .bind("registry", registryId)
        .bind("name", name)
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }

  /// Account names of those who starred `name` in the registry, sorted.
  public List<String> stars(long registryId, String name) {
    return database.read(handle -> stars(handle, registryId, name));
  }

  /// The provenance of a version that is hosted in the registry with these bytes, or null.
  public @Nullable String attestations(
      long registryId, String name, String version, String integrity) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT attestations FROM version JOIN package ON package.id = version.package_id
                WHERE registry_id = :registry AND name = :name AND version = :version
                  AND integrity = :integrity AND attestations IS NOT NULL
                """)
            .bind("registry", registryId)
            .bind("name", name)
            .bind("version", version)
            .bind("integrity", integrity)
            .mapTo(String.class)
            .findOne()
            .orElse(null));
  }

  private static List<HostedVersion> versions(Handle handle, long packageId) {
    return handle
        .createQuery("SELECT * FROM version WHERE package_id = :id ORDER BY id")
        .bind("id", packageId)
        .map((row, _) -> hostedVersion(row))
        .list();
  }

  private static Map<String, String> tags(Handle handle, long packageId) {
    var tags = new TreeMap<String, String>();
    handle
        .createQuery("SELECT tag, version FROM dist_tag WHERE package_id = :id")
        .bind("id", packageId)
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(entry -> tags.put(entry.getKey(), entry.getValue()));
    return tags;
  }

  /// The account names of the owners of a package, sorted.
  public static List<String> owners(Handle handle, long packageId) {
    return handle
        .createQuery("SELECT account FROM package_owner WHERE package_id = :id ORDER BY account")
        .bind("id", packageId)
        .mapTo(String.class)
        .list();
  }

  private static List<Owner> ownersWithMail(Handle handle, long packageId) {
    return handle
        .createQuery(
            """
            SELECT package_owner.account, account.email
            FROM package_owner JOIN package ON package.id = package_owner.package_id
              JOIN registry ON registry.id = package.registry_id
              LEFT JOIN account ON account.workspace_id = registry.workspace_id
                AND account.name = package_owner.account
            WHERE package_id = :id ORDER BY package_owner.account
            """)
        .bind("id", packageId)
        .map((row, _) ->
            new Owner(row.getString(1), Objects.requireNonNullElse(row.getString(2), "")))
        .list();
  }

  private static List<String> stars(Handle handle, HostedPackage hosted) {
    return stars(handle, hosted.registryId(), hosted.name());
  }

  private static List<String> stars(Handle handle, long registryId, String name) {
    return handle
        .createQuery(
            "SELECT account FROM star WHERE registry_id = :registry AND name = :name ORDER BY"
                + " account")
        .bind("registry", registryId)
        .bind("name", name)
        .mapTo(String.class)
        .list();
  }

  static HostedPackage hostedPackage(ResultSet row) throws SQLException {
    return new HostedPackage(
        row.getLong("id"),
        row.getLong("registry_id"),
        row.getString("name"),
        row.getLong("revision"),
        row.getLong("created"),
        row.getLong("modified"),
        row.getString("details"),
        row.getString("access"),
        row.getBoolean("internal"));
  }

  static HostedVersion hostedVersion(ResultSet row) throws SQLException {
    return new HostedVersion(
        row.getString("version"),
        row.getString("manifest"),
        row.getLong("published"),
        row.getString("publisher"),
        row.getString("digest"),
        row.getLong("size"),
        row.getString("integrity"),
        row.getString("shasum"),
        row.getString("deprecated"),
        row.getString("derived_from"),
        row.getString("attestations"),
        row.getString("signed_by"));
  }
}
