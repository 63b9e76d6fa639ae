package dev.gatehouse.install.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Periodic;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.registries.Registry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// Remembers since when registries withhold versions. Whoever makes a document tells what it leaves
/// out and waits for nobody; a thread writes it every second. What does not fit is left to the next
/// document.
public final class WithheldLog implements AutoCloseable {
  private static final int MOST_WAITING = 50_000;
  private static final int MOST_OF_ONE = 2_000;
  private static final int MOST_REMEMBERED = 50_000;
  private static final int PACKAGES_AT_ONCE = 100;
  private static final Duration REST = Duration.ofSeconds(1);

  /// How long it is known what was withheld once.
  public static final Duration KEEP = Duration.ofDays(30);

  private final Database database;
  private final Clock clock;
  private final Map<Place, List<Ledger.Withheld>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger versions = new AtomicInteger();
  private final ReentrantLock turn = new ReentrantLock();
  private final Periodic writing;

  /// What was told last: a document has several forms, which leave out the same. For an hour, since
  /// another process may have seen something else meanwhile.
  private final Cache<Place, List<Ledger.Withheld>> told =
      Caffeine.newBuilder()
          .maximumWeight(MOST_REMEMBERED)
          .weigher((Place _, List<Ledger.Withheld> all) -> 1 + all.size())
          .expireAfterWrite(Duration.ofHours(1))
          .build();

  /// A package in a registry.
  record Place(long registryId, String name) {}

  /// Writes into `database` until it is closed.
  public WithheldLog(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.writing = Periodic.start("withheld", REST, this::flush);
  }

  /// A document of `found` is being made for `registry`. Of very many versions the first ones
  /// count.
  public void saw(Registry registry, Found.Versions found) {
    String name = found.all().details().name();
    List<Ledger.Withheld> withheld =
        found.rulings().withheld().entrySet().stream()
            .limit(MOST_OF_ONE)
            .map(one -> Ledger.Withheld.of(name, one.getKey().version(), one.getValue().verdict()))
            .toList();
    saw(new Place(registry.id(), name), withheld);
  }

  private void saw(Place place, List<Ledger.Withheld> withheld) {
    if (withheld.equals(told.getIfPresent(place)) || versions.get() > MOST_WAITING) {
      return;
    }
    told.put(place, withheld);
    List<Ledger.Withheld> before = waiting.put(place, withheld);
    versions.addAndGet(size(withheld) - (before == null ? 0 : size(before)));
  }

  /// Writes what was seen so far. What cannot be written is lost until the next document is made.
  public void flush() {
    turn.lock();
    try {
      List<Place> places = new ArrayList<>(waiting.keySet());
      for (int i = 0; i < places.size(); i += PACKAGES_AT_ONCE) {
        write(places.subList(i, Math.min(i + PACKAGES_AT_ONCE, places.size())));
      }
    } finally {
      turn.unlock();
    }
  }

  private void write(List<Place> places) {
    Map<Place, List<Ledger.Withheld>> some = new ConcurrentHashMap<>();
    for (Place place : places) {
      List<Ledger.Withheld> withheld = waiting.remove(place);
      if (withheld != null) {
        versions.addAndGet(-size(withheld));
        some.put(place, withheld);
      }
    }
    try {
      WithheldRows.write(database, some, clock.millis());
    } catch (RuntimeException failure) {
      told.invalidateAll(places);
      throw failure;
    }
  }

  /// Forgets what has not been withheld for long. Returns how many rows that were.
  public int prune() {
    return WithheldRows.prune(database, clock.millis() - KEEP.toMillis());
  }

  /// Writes what was seen.
  @Override
  public void close() {
    writing.close();
  }

  private static int size(List<Ledger.Withheld> withheld) {
    return 1 + withheld.size();
  }
}
