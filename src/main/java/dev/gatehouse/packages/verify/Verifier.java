package dev.gatehouse.packages.verify;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.blob.Blobs.Stored;
import dev.gatehouse.db.Database;
import dev.gatehouse.packages.verify.Finding.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Proves that every row has its bytes and that these are what their name says, by reading all of
/// them. A server may be running: what it changes meanwhile is no finding, nor are bytes that no
/// row names, which nobody reads and [OrphanSweep] removes.
public final class Verifier {
  private final Database database;
  private final Blobs blobs;
  private final @Nullable Repairs repairs;
  private final Consumer<Finding> findings;
  private long bytes;
  private long stored;
  private long rows;
  private long unnamed;

  /// How much was looked at.
  ///
  /// @param blobs files in the store
  /// @param bytes their size together
  /// @param rows that name one
  /// @param unnamed files that no row names; a sweep removes them
  public record Extent(long blobs, long bytes, long rows, long unnamed) {}

  private Verifier(
      Database database, Blobs blobs, @Nullable Repairs repairs, Consumer<Finding> findings) {
    this.database = database;
    this.blobs = blobs;
    this.repairs = repairs;
    this.findings = findings;
  }

  /// Looks only, and shows `findings` whatever is wrong.
  public static Extent look(Database database, Blobs blobs, Consumer<Finding> findings)
      throws IOException {
    return new Verifier(database, blobs, null, findings).run();
  }

  /// Looks and mends what can be mended, as `actor`.
  public static Extent repair(
      Database database, Blobs blobs, Trail trail, Actor actor, Consumer<Finding> findings)
      throws IOException {
    var repairs = new Repairs(database, blobs, trail, actor);
    return new Verifier(database, blobs, repairs, findings).run();
  }

  private Extent run() throws IOException {
    for (String complaint : database.complaints()) {
      findings.accept(
          new Finding(
              Kind.DATABASE,
              "the database",
              "The database is damaged: %s. Restore it from a backup.".formatted(complaint),
              false));
    }
    for (int folder = 0; folder < Blobs.FOLDERS; folder++) {
      verify(folder);
    }
    new PackageCheck(database, repairs, findings).run();
    return new Extent(stored, bytes, rows, unnamed);
  }

  /// Rows first: bytes that are placed meanwhile then have no row that is looked at yet.
  private void verify(int folder) throws IOException {
    Map<String, List<BlobRow>> naming = new HashMap<>();
    for (BlobRow row : database.<List<BlobRow>>read(handle -> BlobRows.in(handle, folder))) {
      naming.computeIfAbsent(row.digest(), _ -> new ArrayList<>()).add(row);
      rows++;
    }
    for (Stored file : blobs.in(folder)) {
      stored++;
      bytes += file.size();
      List<BlobRow> named = naming.remove(file.digest());
      if (named == null) {
        unnamed++;
      } else {
        verify(file, named);
      }
    }
    for (Map.Entry<String, List<BlobRow>> missing : naming.entrySet()) {
      absent(missing.getKey(), missing.getValue());
    }
  }

  private void verify(Stored file, List<BlobRow> named) throws IOException {
    if (!blobs.isIntact(file.digest())) {
      if (blobs.has(file.digest())) {
        report(
            Kind.DAMAGED,
            "The bytes in the store are not those that were stored",
            file.digest(),
            named);
      } else {
        absent(file.digest(), named);
      }
      return;
    }
    RowCheck check = new RowCheck(file, repairs, findings);
    for (BlobRow row : named) {
      check.run(row);
    }
  }

  /// A document that was replaced since its row was read takes its bytes along.
  private void absent(String digest, List<BlobRow> named) throws IOException {
    List<BlobRow> still =
        named.stream()
            .filter(row -> database.read(handle -> BlobRows.names(handle, row.table(), digest)))
            .toList();
    if (!still.isEmpty() && !blobs.has(digest)) {
      report(Kind.MISSING, "The bytes are not in the store", digest, still);
    }
  }

  private void report(Kind kind, String fault, String digest, List<BlobRow> named)
      throws IOException {
    boolean copies = named.stream().anyMatch(row -> row.table().isCopy());
    if (copies && repairs != null) {
      repairs.forget(digest);
    }
    for (BlobRow row : named) {
      boolean copy = row.table().isCopy();
      findings.accept(
          new Finding(
              kind,
              row.subject(),
              copy
                  ? fault + "; they can be fetched again from the upstream."
                  : fault + ": restore the file %s from a backup.".formatted(digest),
              copy && repairs != null));
    }
  }
}
