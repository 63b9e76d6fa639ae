package dev.gatehouse.registries.signing;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of the signing keys.
final class KeyRows {
  private KeyRows() {}

  /// A key as it is stored.
  ///
  /// @param secret its private part, sealed; null once it is out of use
  /// @param expires the first instant at which nothing was signed with it any more, else null
  record KeyRow(
      String keyid,
      String publicKey,
      @Nullable String secret,
      long created,
      @Nullable Long expires) {}

  /// All keys, the newest first.
  static List<KeyRow> all(Handle handle) {
    return handle
        .createQuery(
            "SELECT keyid, public_key, secret, created, expires FROM signing_key ORDER BY id DESC")
        .map((row, _) ->
            new KeyRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getObject(5) == null ? null : row.getLong(5)))
        .list();
  }

  /// Whether that key is in use.
  static boolean isInUse(Handle handle, String keyid) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM signing_key WHERE keyid = :keyid AND expires IS NULL)")
        .bind("keyid", keyid)
        .mapTo(Boolean.class)
        .one();
  }

  static void add(Handle handle, KeyRow row) {
    handle.execute(
        "INSERT INTO signing_key (keyid, public_key, secret, created) VALUES (?, ?, ?, ?)",
        row.keyid(),
        row.publicKey(),
        row.secret(),
        row.created());
  }

  /// Takes all keys out of use; gives how many were in use.
  static int retire(Handle handle, long expires) {
    return handle.execute(
        "UPDATE signing_key SET expires = ?, secret = NULL WHERE expires IS NULL", expires);
  }
}
