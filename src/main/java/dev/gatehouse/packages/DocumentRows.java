package dev.gatehouse.packages;

import dev.gatehouse.db.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The newest document of each name that each source gave, and when versions without a time were
/// first seen in it.
public final class DocumentRows {
  private final Database database;

  /// The documents in `database`.
  public DocumentRows(Database database) {
    this.database = database;
  }

  /// What a source last said of a name.
  ///
  /// @param source which source, as `install` names them
  /// @param digest SHA-256 of the document, its name in the store; null if the source knew no such
  ///   name
  /// @param fetched when it was last fetched or confirmed, milliseconds since 1970
  public record DocumentRow(
      String source,
      String name,
      @Nullable String digest,
      @Nullable String etag,
      @Nullable String lastModified,
      long fetched) {}

  /// The row, or null if the source was never asked.
  public @Nullable DocumentRow find(String source, String name) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM document WHERE source = :source AND name = :name")
            .bind("source", source)
            .bind("name", name)
            .map((row, _) ->
                new DocumentRow(
                    source,
                    name,
                    row.getString("digest"),
                    row.getString("etag"),
                    row.getString("last_modified"),
                    row.getLong("fetched")))
            .findOne()
            .orElse(null));
  }

  /// Names, sorted, that come after `after`, at most `limit`: those of which one of `sources` gave
  /// a document, and those that are hosted in one of `registries`, which are not empty.
  public List<String> names(
      Collection<String> sources, Collection<Long> registries, String after, int limit) {
    List<String> given = new ArrayList<>(sources);
    // A list in SQL is never empty; no source is called so.
    given.add("");
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT name FROM document
                WHERE source IN (<sources>) AND digest IS NOT NULL AND name > :after
                  AND name NOT LIKE '-/%'
                UNION
                SELECT name FROM package WHERE registry_id IN (<registries>) AND name > :after
                ORDER BY name LIMIT :limit
                """)
            .bindList("sources", given)
            .bindList("registries", List.copyOf(registries))
            .bind("after", after)
            .bind("limit", limit)
            .mapTo(String.class)
            .list());
  }

  /// Writes `row` in the caller's transaction. Returns the digest that it replaced, or null: once
  /// everything is written, [#unnamed] tells whether its bytes may go.
  public static @Nullable String save(Handle handle, DocumentRow row) {
    String before = digest(handle, row.source(), row.name());
    handle
        .createUpdate(
            """
            INSERT INTO document (source, name, digest, etag, last_modified, fetched)
            VALUES (:source, :name, :digest, :etag, :modified, :fetched)
            ON CONFLICT (source, name) DO UPDATE SET
              digest = excluded.digest, etag = excluded.etag,
              last_modified = excluded.last_modified, fetched = excluded.fetched
            """)
        .bind("source", row.source())
        .bind("name", row.name())
        .bind("digest", row.digest())
        .bind("etag", row.etag())
        .bind("modified", row.lastModified())
        .bind("fetched", row.fetched())
        .execute();
    return before == null || before.equals(row.digest()) ? null : before;
  }

  /// Those of `digests` that no row names: their bytes may go when the transaction is committed.
  public static List<String> unnamed(Handle handle, List<String> digests) {
    return digests.stream().distinct().filter(digest -> !isNamed(handle, digest)).toList();
  }

  /// When each of the versions without a time was first seen, milliseconds since 1970.
  public Map<String, Long> firstSeen(String source, String name) {
    return database.read(handle -> {
      Map<String, Long> seen = new HashMap<>();
      handle
          .createQuery(
              "SELECT version, seen FROM first_seen WHERE source = :source AND name = :name")
          .bind("source", source)
          .bind("name", name)
          .map((row, _) -> seen.put(row.getString(1), row.getLong(2)))
          .list();
      return seen;
    });
  }

  /// Adds to what [#firstSeen] tells, or replaces it.
  public void putFirstSeen(String source, String name, Map<String, Long> versions) {
    database.write(handle -> {
      var batch =
          handle.prepareBatch(
              """
              INSERT INTO first_seen (source, name, version, seen)
              VALUES (:source, :name, :version, :seen)
              ON CONFLICT (source, name, version) DO UPDATE SET seen = excluded.seen
              """);
      versions.forEach((version, seen) ->
          batch
              .bind("source", source)
              .bind("name", name)
              .bind("version", version)
              .bind("seen", seen)
              .add());
      return batch.execute().length;
    });
  }

  private static @Nullable String digest(Handle handle, String source, String name) {
    return handle
        .createQuery("SELECT digest FROM document WHERE source = :source AND name = :name")
        .bind("source", source)
        .bind("name", name)
        .map((row, _) -> row.getString(1))
        .findOne()
        .orElse(null);
  }

  private static boolean isNamed(Handle handle, String digest) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM document WHERE digest = :digest)")
        .bind("digest", digest)
        .mapTo(Boolean.class)
        .one();
  }
}
