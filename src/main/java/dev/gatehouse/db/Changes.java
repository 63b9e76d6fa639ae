package dev.gatehouse.db;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What processes on one database tell each other: who changes something that others hold in memory
/// raises its topic in the same transaction, and watchers of that topic reload within
/// [#POLL_MILLISECONDS]. A process is not told of its own changes: it reloads at once by itself.
public final class Changes implements AutoCloseable {
  /// How often the table is looked at; operators are promised two seconds.
  public static final long POLL_MILLISECONDS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(Changes.class);

  private final Database database;
  private final Map<Topic, List<Runnable>> watchers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("changes").daemon().factory());

  /// Only the poller touches it once the constructor is done.
  private final Map<Topic, Long> seen = new EnumMap<>(Topic.class);

  /// What changed, as coarse as the copies that are held in memory.
  public enum Topic {
    /// Accounts and tokens.
    ACCESS,
    /// Workspaces, registries and upstreams.
    REGISTRIES,
    /// Packages of any registry.
    PACKAGES,
    /// What is known to be dangerous.
    ADVISORIES
  }

  /// Watches `database` from now on. Create it before anything is loaded that it shall keep fresh.
  public Changes(Database database) {
    this.database = database;
    values().forEach(this::remember);
    var _ =
        poller.scheduleWithFixedDelay(
            this::pollSafely, POLL_MILLISECONDS, POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /// Tells other processes, once the transaction of `handle` is committed.
  public static void raise(Database database, Handle handle, Topic topic) {
    handle
        .createUpdate(
            """
            INSERT INTO revision (process, topic, value) VALUES (:process, :topic, 1)
            ON CONFLICT (process, topic) DO UPDATE SET value = revision.value + 1
            """)
        .bind("process", database.process())
        .bind("topic", topic.name())
        .execute();
  }

  /// Runs `reload` whenever another process has raised `topic`.
  public void watch(Topic topic, Runnable reload) {
    watchers.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(reload);
  }

  @Override
  public void close() {
    poller.shutdownNow();
  }

  /// A newer version of the program may raise topics that this one does not know.
  private void remember(String topic, long value) {
    for (Topic known : Topic.values()) {
      if (known.name().equals(topic)) {
        seen.put(known, value);
      }
    }
  }

  private void pollSafely() {
    try {
      poll();
    } catch (RuntimeException failure) {
      log.warn("Could not look for changes of other processes; trying again.", failure);
    }
  }

  private void poll() {
    Map<String, Long> now = values();
    for (Topic topic : Topic.values()) {
      Long value = now.get(topic.name());
      if (value != null && !value.equals(seen.get(topic)) && told(topic)) {
        seen.put(topic, value);
      }
    }
  }

  /// Whether all watchers of `topic` have reloaded. If one fails, its copy is stale (it may still
  /// hold a revoked token), so the topic counts as unseen and comes again with the next look.
  private boolean told(Topic topic) {
    try {
      watchers.getOrDefault(topic, List.of()).forEach(Runnable::run);
      return true;
    } catch (RuntimeException failure) {
      log.warn("Could not reload {}; trying again.", topic, failure);
      return false;
    }
  }

  private Map<String, Long> values() {
    return database.read(handle -> {
      Map<String, Long> values = new HashMap<>();
      handle
          .createQuery(
              "SELECT topic, SUM(value) AS value FROM revision WHERE process <> :process GROUP BY"
                  + " topic")
          .bind("process", database.process())
          .map((row, _) -> values.put(row.getString("topic"), row.getLong("value")))
          .list();
      return values;
    });
  }
}
