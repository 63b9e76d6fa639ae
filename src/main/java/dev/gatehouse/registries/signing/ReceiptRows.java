package dev.gatehouse.registries.signing;

import dev.gatehouse.db.Database;
import dev.gatehouse.npm.signature.RegistrySignature;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Our signatures over versions that came unsigned.
public final class ReceiptRows {
  private final Database database;

  /// The receipts in `database`.
  public ReceiptRows(Database database) {
    this.database = database;
  }

  /// One receipt: for the first integrity that the source gave.
  public record Receipt(String version, String integrity, RegistrySignature signature) {}

  /// Whose versions these are.
  public record From(String source, String name) {}

  /// All receipts for a package, by version.
  public Map<String, Receipt> of(From from) {
    return database.read(handle -> of(handle, from));
  }

  /// As [#of(From)], in a transaction.
  public static Map<String, Receipt> of(Handle handle, From from) {
    Map<String, Receipt> found = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT version, integrity, keyid, signature FROM receipt
            WHERE source = :source AND name = :name
            """)
        .bindMethods(from)
        .map((row, _) ->
            new Receipt(
                row.getString(1),
                row.getString(2),
                new RegistrySignature(row.getString(3), row.getString(4))))
        .forEach(one -> found.put(one.version(), one));
    return found;
  }

  /// Keeps `receipts`. A version that has one for the same integrity gets the new signature; one
  /// for another integrity stays what it was.
  public static void save(Handle handle, From from, Collection<Receipt> receipts, long now) {
    if (receipts.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO receipt (source, name, version, integrity, keyid, signature, signed)
            VALUES (:source, :name, :version, :integrity, :keyid, :sig, :now)
            ON CONFLICT (source, name, version) DO UPDATE SET
              keyid = excluded.keyid, signature = excluded.signature, signed = excluded.signed
            WHERE receipt.integrity = excluded.integrity
            """);
    for (Receipt one : receipts) {
      batch
          .bindMethods(from)
          .bindMethods(one.signature())
          .bind("version", one.version())
          .bind("integrity", one.integrity())
          .bind("now", now)
          .add();
    }
    batch.execute();
  }
}
