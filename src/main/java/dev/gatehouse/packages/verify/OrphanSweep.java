package dev.gatehouse.packages.verify;

import dev.gatehouse.blob.Blobs;
import dev.gatehouse.blob.Blobs.Stored;
import dev.gatehouse.db.Database;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Deletes bytes that no row names: of publishes that failed, of what was unpublished or replaced.
/// Bytes are placed before their row is committed, so younger ones are left alone, and so are those
/// that `spared` says are under way. Only the process that writes to the store may sweep it.
public final class OrphanSweep {
  /// How old bytes without a row must be: far longer than a transaction takes.
  public static final Duration GRACE = Duration.ofHours(1);

  private final Database database;
  private final Blobs blobs;
  private final Predicate<String> spared;
  private final Clock clock;

  /// Sweeps `blobs` of what `database` does not name.
  public OrphanSweep(Database database, Blobs blobs, Predicate<String> spared, Clock clock) {
    this.database = database;
    this.blobs = blobs;
    this.spared = spared;
    this.clock = clock;
  }

  /// What a sweep deleted.
  public record Swept(long blobs, long bytes) {}

  /// Sweeps every folder once.
  public Swept run() throws IOException {
    Instant before = clock.instant().minus(GRACE);
    long count = 0;
    long bytes = 0;
    for (int folder = 0; folder < Blobs.FOLDERS; folder++) {
      for (Stored file : candidates(folder, before)) {
        if (blobs.sweep(file.digest(), before)) {
          count++;
          bytes += file.size();
        }
      }
    }
    return new Swept(count, bytes);
  }

  /// The store first, then the rows: what a row names by the time they are read stays.
  private List<Stored> candidates(int folder, Instant before) throws IOException {
    List<Stored> old =
        blobs.in(folder).stream().filter(file -> file.written().isBefore(before)).toList();
    if (old.isEmpty()) {
      return old;
    }
    Set<String> named = database.read(handle -> BlobRows.named(handle, folder));
    return old.stream()
        .filter(file -> !named.contains(file.digest()) && !spared.test(file.digest()))
        .toList();
  }
}
