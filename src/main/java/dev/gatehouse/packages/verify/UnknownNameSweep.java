package dev.gatehouse.packages.verify;

import dev.gatehouse.db.Database;
import java.time.Clock;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/// Forgets names that upstreams did not know, when nobody has asked for them for long, or when
/// there are too many: whoever may read can invent names without end.
///
/// They are worth keeping for a while: while an internal upstream is down, that it did not know a
/// name is what allows the next one to be asked.
public final class UnknownNameSweep {
  /// How long a name is remembered after it was asked for last.
  public static final Duration KEPT = Duration.ofDays(30);

  private final Database database;
  private final int most;
  private final Clock clock;

  /// Forgets names of `database` beyond the `most` that were asked for last.
  public UnknownNameSweep(Database database, int most, Clock clock) {
    this.database = database;
    this.most = most;
    this.clock = clock;
  }

  /// Sweeps once. Returns how many names were forgotten.
  public int run() {
    long before = clock.instant().minus(KEPT).toEpochMilli();
    return database.write(handle ->
        handle
            .createUpdate("DELETE FROM document WHERE digest IS NULL AND fetched < :before")
            .bind("before", Math.max(before, oldestKept(handle)))
            .execute());
  }

  /// When the last name was asked for that is not one too many.
  private long oldestKept(Handle handle) {
    return handle
        .createQuery(
            "SELECT fetched FROM document WHERE digest IS NULL ORDER BY fetched DESC LIMIT 1 OFFSET"
                + " :most")
        .bind("most", most - 1)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }
}
