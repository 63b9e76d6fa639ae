package dev.gatehouse.packages.verify;

import org.jspecify.annotations.Nullable;

/// A row that names bytes of the store.
///
/// @param subject what the bytes are, as people name it
/// @param size what the row says of their size, null if it says nothing
/// @param integrity what the row says of their integrity, null if it says nothing
record BlobRow(
    Table table, String subject, String digest, @Nullable Long size, @Nullable String integrity) {

  /// Where the row is.
  enum Table {
    /// Published here: these bytes exist nowhere else.
    VERSION("version"),
    /// From an upstream, which has them still.
    TARBALL("cached_tarball"),
    /// A document of an upstream.
    DOCUMENT("document");

    private final String sql;

    Table(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }

    /// Whether the bytes can be fetched again.
    boolean isCopy() {
      return this != VERSION;
    }
  }
}
