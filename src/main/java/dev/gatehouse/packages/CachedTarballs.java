package dev.gatehouse.packages;

import dev.gatehouse.db.Database;
import dev.gatehouse.packages.listing.ListedRows;
import dev.gatehouse.packages.need.UnreadNeeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Which tarballs of upstreams a registry has in the store.
public final class CachedTarballs {
  private final Database database;

  /// The cached tarballs in `database`.
  public CachedTarballs(Database database) {
    this.database = database;
  }

  /// One of them.
  ///
  /// @param digest SHA-512, its name in the store
  /// @param size in bytes
  /// @param integrity what its version declared when it was fetched
  public record CachedTarball(
      long registryId, String name, String version, String digest, long size, String integrity) {}

  /// The tarball as any of `registryIds` has it cached.
  public List<CachedTarball> find(List<Long> registryIds, String name, String version) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT registry_id, digest, size, integrity FROM cached_tarball
                WHERE registry_id IN (<registries>) AND name = :name AND version = :version
                """)
            .bindList("registries", registryIds)
            .bind("name", name)
            .bind("version", version)
            .map((row, _) ->
                new CachedTarball(
                    row.getLong("registry_id"),
                    name,
                    version,
                    row.getString("digest"),
                    row.getLong("size"),
                    row.getString("integrity")))
            .list());
  }

  /// Whether any registry has a row for these bytes, so that they are known to be whole.
  public boolean isSettled(String digest) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (SELECT 1 FROM cached_tarball WHERE digest = :digest)
                  OR EXISTS (SELECT 1 FROM version WHERE digest = :digest)
                """)
            .bind("digest", digest)
            .mapTo(Boolean.class)
            .one());
  }

  /// The versions of `name` that are cached in the registry.
  public Set<String> versions(long registryId, String name) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT version FROM cached_tarball WHERE registry_id = :registry AND name = :name")
            .bind("registry", registryId)
            .bind("name", name)
            .mapTo(String.class)
            .collect(Collectors.toCollection(HashSet::new)));
  }

  /// Forgets that the registry has the version, whose bytes go when nothing needs them any more.
  /// Whether it had it.
  public boolean forget(long registryId, String name, String version) {
    return database.write(handle -> {
      int rows =
          handle.execute(
              "DELETE FROM cached_tarball WHERE registry_id = ? AND name = ? AND version = ?",
              registryId,
              name,
              version);
      ListedRows.forgotten(handle, registryId, name);
      UnreadNeeds.mark(handle, registryId, name, version);
      return rows > 0;
    });
  }

  /// Records, in the caller's transaction, that the bytes of `tarball` are in the store, synced.
  public static void add(Handle handle, CachedTarball tarball, long now) {
    handle
        .createUpdate(
            """
            INSERT INTO cached_tarball
              (registry_id, name, version, digest, size, integrity, cached)
            VALUES (:registry, :name, :version, :digest, :size, :integrity, :cached)
            ON CONFLICT (registry_id, name, version) DO UPDATE SET
              digest = excluded.digest, size = excluded.size,
              integrity = excluded.integrity, cached = excluded.cached
            """)
        .bind("registry", tarball.registryId())
        .bind("name", tarball.name())
        .bind("version", tarball.version())
        .bind("digest", tarball.digest())
        .bind("size", tarball.size())
        .bind("integrity", tarball.integrity())
        .bind("cached", now)
        .execute();
    ListedRows.cached(handle, tarball.registryId(), tarball.name(), now);
    UnreadNeeds.mark(handle, tarball.registryId(), tarball.name(), tarball.version());
  }
}
