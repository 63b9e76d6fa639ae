package dev.gatehouse.install.signature;

import dev.gatehouse.db.Database;
import dev.gatehouse.install.document.Origin;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.packument.Signatures;
import dev.gatehouse.npm.signature.RegistryKey;
import dev.gatehouse.npm.signature.RegistrySignature.Signed;
import dev.gatehouse.registries.signing.ReceiptRows;
import dev.gatehouse.registries.signing.ReceiptRows.From;
import dev.gatehouse.registries.signing.ReceiptRows.Receipt;
import dev.gatehouse.registries.signing.SigningKey;
import dev.gatehouse.registries.signing.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Our signatures over versions that came unsigned from upstreams without keys. They say what was
/// received, not who made it. Only the first integrity that an upstream gave for a version is
/// signed: whoever changes it later is found out by the signature that is missing then.
public final class Receipts {
  private final Database database;
  private final ReceiptRows rows;
  private final SigningKeys keys;
  private final Clock clock;

  /// Receipts by `keys`, kept in `database`.
  public Receipts(Database database, SigningKeys keys, Clock clock) {
    this.database = database;
    this.rows = new ReceiptRows(database);
    this.keys = keys;
    this.clock = clock;
  }

  /// Signatures over `versions`, all of one package, each with where it came from. Those that have
  /// none yet are signed now.
  public Signatures of(Map<Selected, Origin> versions) {
    Map<Selected, byte[]> found = new HashMap<>();
    Map<String, RegistryKey> published = new HashMap<>();
    keys.published().forEach(key -> published.put(key.keyid(), key));
    bySource(versions).forEach((from, all) -> found.putAll(of(from, all, published)));
    return found::get;
  }

  private Map<Selected, byte[]> of(
      From from, List<Selected> versions, Map<String, RegistryKey> published) {
    Map<String, Receipt> kept = rows.of(from);
    List<Selected> missing = missing(kept, versions, published);
    if (!missing.isEmpty()) {
      SigningKey key = keys.current();
      kept = database.write(handle -> sign(handle, from, missing, key));
    }
    Map<Selected, byte[]> signatures = new HashMap<>();
    for (Selected version : versions) {
      Receipt receipt = kept.get(version.version());
      if (receipt != null && receipt.integrity().equals(integrity(version))) {
        signatures.put(
            version, receipt.signature().listed().toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return signatures;
  }

  /// Whoever signs the same at this moment may come first: then theirs is kept.
  private Map<String, Receipt> sign(
      Handle handle, From from, List<Selected> missing, SigningKey known) {
    SigningKey key = keys.confirmed(handle, known);
    Map<String, Receipt> kept = ReceiptRows.of(handle, from);
    List<Receipt> made =
        missing.stream()
            .filter(version -> {
              Receipt receipt = kept.get(version.version());
              return receipt == null || !receipt.signature().keyid().equals(key.keyid());
            })
            .map(version -> sign(from, version, key))
            .toList();
    ReceiptRows.save(handle, from, made, clock.millis());
    return ReceiptRows.of(handle, from);
  }

  private static Receipt sign(From from, Selected version, SigningKey key) {
    String integrity = String.valueOf(integrity(version));
    return new Receipt(
        version.version(),
        integrity,
        key.sign(new Signed(from.name(), version.version(), integrity)));
  }

  /// Those without a receipt. One whose key expired before the version's time counts for nothing:
  /// documents without times are dated anew when they change.
  private static List<Selected> missing(
      Map<String, Receipt> kept, List<Selected> versions, Map<String, RegistryKey> published) {
    return versions.stream()
        .filter(version -> {
          Receipt receipt = kept.get(version.version());
          RegistryKey key = receipt == null ? null : published.get(receipt.signature().keyid());
          return receipt == null || (key != null && !key.isValidAt(version.published()));
        })
        .toList();
  }

  private static Map<From, List<Selected>> bySource(Map<Selected, Origin> versions) {
    Map<From, List<Selected>> all = new LinkedHashMap<>();
    versions.forEach((version, origin) -> {
      if (integrity(version) != null) {
        all.computeIfAbsent(new From(origin.key(), version.source().name()), _ -> new ArrayList<>())
            .add(version);
      }
    });
    return all;
  }

  /// What only has a `shasum` cannot be signed.
  private static @Nullable String integrity(Selected version) {
    return version.source().text(version.row(), Part.INTEGRITY);
  }
}
