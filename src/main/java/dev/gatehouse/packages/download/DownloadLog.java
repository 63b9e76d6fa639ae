package dev.gatehouse.packages.download;

import dev.gatehouse.db.Database;
import dev.gatehouse.db.Periodic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes who fetched which tarball. Nobody waits for it: notes go through a queue to one thread,
/// which counts those of a kind together and writes them every half second, so that a build that
/// fetches the same all day costs a row. What does not fit into the queue is counted and logged.
public final class DownloadLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DownloadLog.class);
  private static final int QUEUE = 32_768;
  private static final int MOST_AT_ONCE = 1_024;
  private static final int LARGEST_TRANSACTION = 1_000;
  private static final Duration REST = Duration.ofMillis(500);
  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  private final Database database;
  private final DownloadSettings settings;
  private final Clock clock;
  private final BlockingQueue<Note> waiting;
  private final AtomicLong lost = new AtomicLong();
  private final Periodic writing;

  /// Held by whoever writes.
  private final ReentrantLock turn = new ReentrantLock();

  private final List<Consumer<Collection<Fetch.Key>>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Fetch.Key, Tally> counted = new HashMap<>();
  private long written;

  private record Note(long at, Fetch fetch) {}

  /// How often and when, of one key.
  record Tally(long first, long last, long times) {
    Tally and(Tally other) {
      return new Tally(
          Math.min(first, other.first), Math.max(last, other.last), times + other.times);
    }
  }

  /// Notes into `database` until it is closed.
  public DownloadLog(Database database, DownloadSettings settings, Clock clock) {
    this(database, settings, clock, QUEUE);
  }

  DownloadLog(Database database, DownloadSettings settings, Clock clock, int queue) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.waiting = new ArrayBlockingQueue<>(queue);
    this.writing = Periodic.start("downloads", REST, this::flush);
  }

  /// Notes that a tarball is being given to somebody. Never blocks.
  public void note(Fetch fetch) {
    if (settings.rows() > 0 && !waiting.offer(new Note(clock.millis(), fetch))) {
      lost.incrementAndGet();
    }
  }

  /// Tells `listener` of what was written, each time. It must not wait for whoever flushes.
  public void onWritten(Consumer<Collection<Fetch.Key>> listener) {
    listeners.add(listener);
  }

  /// Writes what was noted so far. What cannot be written is tried again with what comes next.
  public void flush() {
    turn.lock();
    try {
      tellLost();
      do {
        count();
        write();
      } while (!waiting.isEmpty());
      if (written > settings.rows() / 10) {
        prune();
      }
    } finally {
      turn.unlock();
    }
  }

  /// Forgets what is older than is to be kept, and of more rows than are to be kept the oldest.
  /// Returns how many were forgotten.
  public long prune() {
    turn.lock();
    try {
      written = 0;
      return DownloadRows.prune(database, settings, clock.millis());
    } finally {
      turn.unlock();
    }
  }

  /// Writes what was noted.
  @Override
  public void close() {
    writing.close();
  }

  /// While the database takes nothing, the queue fills up and says so; memory does not.
  private void count() {
    List<Note> notes = new ArrayList<>();
    while (counted.size() < LARGEST_TRANSACTION && waiting.drainTo(notes, MOST_AT_ONCE) > 0) {
      for (Note note : notes) {
        Fetch.Key key = note.fetch().key(Math.floorDiv(note.at(), DAY));
        counted.merge(key, new Tally(note.at(), note.at(), 1), Tally::and);
      }
      notes.clear();
    }
  }

  private void write() {
    if (!counted.isEmpty()) {
      DownloadRows.add(database, counted);
      written += counted.size();
      var keys = List.copyOf(counted.keySet());
      listeners.forEach(listener -> listener.accept(keys));
      counted.clear();
    }
  }

  private void tellLost() {
    long missing = lost.getAndSet(0);
    if (missing > 0) {
      log.warn("{} downloads were not noted: they came faster than they could be written", missing);
    }
  }
}
