package dev.gatehouse.registries.traffic;

import dev.gatehouse.db.Database;
import dev.gatehouse.db.Periodic;
import dev.gatehouse.http.RequestLog;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Counts what registries answer. Whoever answers adds to a number in memory and waits for nobody;
/// a thread adds what came together to the database every few seconds, and at the end. What is
/// written belongs to the hour in which it is written, so an hour's end is sharp to those seconds.
public final class Traffic implements AutoCloseable {
  /// How long the numbers are kept.
  public static final Duration KEEP = Duration.ofDays(90);

  private static final Duration REST = Duration.ofSeconds(10);
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);

  /// Nodes that add to the same rows at the same time take them in the same order.
  private static final Comparator<Key> ORDER =
      Comparator.comparingLong(Key::registryId).thenComparing(Key::kind);

  private final Database database;
  private final Clock clock;
  private final Map<Long, Tallies> counters = new ConcurrentHashMap<>();
  private final Map<Key, Count> written = new HashMap<>();
  private final ReentrantLock turn = new ReentrantLock();
  private final Periodic writing;

  /// Of what a row counts, besides the hour.
  record Key(long registryId, Kind kind) {}

  /// The numbers of one registry.
  private record Tallies(Counter documents, Counter tarballs) {
    static Tallies fresh() {
      return new Tallies(new Counter(), new Counter());
    }
  }

  /// Counts into `database` until it is closed.
  public Traffic(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.writing = Periodic.start("traffic", REST, this::flush);
  }

  /// What counts the requests for documents of a registry.
  public RequestLog.Tally documents(long registryId) {
    return of(registryId).documents();
  }

  /// What counts the requests for tarballs of a registry.
  public RequestLog.Tally tarballs(long registryId) {
    return of(registryId).tarballs();
  }

  private Tallies of(long registryId) {
    Tallies known = counters.get(registryId);
    return known != null ? known : counters.computeIfAbsent(registryId, _ -> Tallies.fresh());
  }

  /// Adds what was counted to what is in the database, in one transaction. What cannot be written
  /// is written with what comes next.
  public void flush() {
    turn.lock();
    try {
      Map<Key, Count> now = counted();
      Map<Key, Count> added = new TreeMap<>(ORDER);
      now.forEach((key, count) -> {
        Count more = count.minus(written.getOrDefault(key, Count.NONE));
        if (!more.equals(Count.NONE)) {
          added.put(key, more);
        }
      });
      if (!added.isEmpty()) {
        TrafficRows.add(database, Math.floorDiv(clock.millis(), HOUR), added);
        written.putAll(now);
      }
    } finally {
      turn.unlock();
    }
  }

  /// Forgets what is older than is kept. Returns how many rows that were.
  public int prune() {
    return TrafficRows.prune(database, Math.floorDiv(clock.millis() - KEEP.toMillis(), HOUR));
  }

  /// Writes what was counted.
  @Override
  public void close() {
    writing.close();
  }

  private Map<Key, Count> counted() {
    Map<Key, Count> now = new HashMap<>();
    counters.forEach((id, tallies) -> {
      now.put(new Key(id, Kind.DOCUMENT), tallies.documents().count());
      now.put(new Key(id, Kind.TARBALL), tallies.tarballs().count());
    });
    return now;
  }
}
