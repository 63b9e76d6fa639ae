package dev.gatehouse.db;

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
  private Map<String, Long> seen;

  /// What changed, as coarse as the copies that are held in memory.
  public enum Topic {
    /// Accounts and tokens.
    ACCESS,
    /// Workspaces, registries and upstreams.
    REGISTRIES,
    /// Packages of any registry.
    PACKAGES
  }

  /// Watches `database` from now on.
  public Changes(Database database) {
    this.database = database;
    this.seen = values();
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

  private void pollSafely() {
    try {
      poll();
    } catch (RuntimeException failure) {
      log.warn("Could not look for changes of other processes; trying again.", failure);
    }
  }

  private void poll() {
    Map<String, Long> now = values();
    Map<String, Long> before = seen;
    seen = now;
    now.forEach((topic, value) -> {
      if (!value.equals(before.get(topic))) {
        watchers.getOrDefault(Topic.valueOf(topic), List.of()).forEach(Runnable::run);
      }
    });
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
