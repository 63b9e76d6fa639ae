package dev.gatehouse.packages.verify;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.packages.verify.BlobRow.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The rows that name bytes, read folder by folder of the store, so that a look at all of them
/// takes little memory.
final class BlobRows {
  private static final String VERSIONS =
      """
      SELECT version.digest, version.size, version.integrity,
        workspace.name || '/' || registry.name || ' ' || package.name || '@' || version.version
          AS subject
      FROM version JOIN package ON package.id = version.package_id
        JOIN registry ON registry.id = package.registry_id
        JOIN workspace ON workspace.id = registry.workspace_id
      WHERE version.digest >= :low AND version.digest < :high
      """;
  private static final String TARBALLS =
      """
      SELECT cached_tarball.digest, cached_tarball.size, cached_tarball.integrity,
        workspace.name || '/' || registry.name || ' ' || cached_tarball.name || '@'
          || cached_tarball.version AS subject
      FROM cached_tarball JOIN registry ON registry.id = cached_tarball.registry_id
        JOIN workspace ON workspace.id = registry.workspace_id
      WHERE cached_tarball.digest >= :low AND cached_tarball.digest < :high
      """;
  private static final String DOCUMENTS =
      """
      SELECT digest, NULL AS size, NULL AS integrity, 'the document of ' || name AS subject
      FROM document WHERE digest >= :low AND digest < :high
      """;
  private static final String NAMED =
      """
      SELECT digest FROM version WHERE digest >= :low AND digest < :high
      UNION SELECT digest FROM cached_tarball WHERE digest >= :low AND digest < :high
      UNION SELECT digest FROM document WHERE digest >= :low AND digest < :high
      """;

  private BlobRows() {}

  /// Every row whose bytes lie in `folder`.
  static List<BlobRow> in(Handle handle, int folder) {
    List<BlobRow> rows = new ArrayList<>();
    rows.addAll(rows(handle, Table.VERSION, VERSIONS, folder));
    rows.addAll(rows(handle, Table.TARBALL, TARBALLS, folder));
    rows.addAll(rows(handle, Table.DOCUMENT, DOCUMENTS, folder));
    return rows;
  }

  /// The digests in `folder` that some row names.
  static Set<String> named(Handle handle, int folder) {
    return new HashSet<>(
        handle
            .createQuery(NAMED)
            .bind("low", low(folder))
            .bind("high", high(folder))
            .mapTo(String.class)
            .list());
  }

  /// Whether a row of `table` names `digest`.
  static boolean names(Handle handle, Table table, String digest) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM " + table.sql() + " WHERE digest = :digest)")
        .bind("digest", digest)
        .mapTo(Boolean.class)
        .one();
  }

  private static List<BlobRow> rows(Handle handle, Table table, String sql, int folder) {
    return handle
        .createQuery(sql)
        .bind("low", low(folder))
        .bind("high", high(folder))
        .map((row, _) -> row(table, row))
        .list();
  }

  private static BlobRow row(Table table, ResultSet row) throws SQLException {
    boolean sized = table != Table.DOCUMENT;
    return new BlobRow(
        table,
        row.getString("subject"),
        row.getString("digest"),
        sized ? Long.valueOf(row.getLong("size")) : null,
        row.getString("integrity"));
  }

  private static String low(int folder) {
    return Blobs.folder(folder);
  }

  /// The first text after all that begin with the folder's digits: `9a` < `9ag`, and `g` sorts
  /// behind every hex digit in every collation.
  private static String high(int folder) {
    return Blobs.folder(folder) + "g";
  }
}
