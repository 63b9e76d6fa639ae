package dev.gatehouse.db;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What processes on one database tell each other: who changes something that others hold in memory
/// raises its topic in the same transaction, and watchers of that topic reload within
/// [#POLL_MILLISECONDS], or as soon as somebody asks by [#look]. A process is not told of its own
/// changes: it reloads at once by itself.
public final class Changes implements AutoCloseable {
  /// How often the table is looked at; operators are promised two seconds.
  public static final long POLL_MILLISECONDS = 1_000;

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(Changes.class);

  private final Database database;
  private final Map<Topic, List<Runnable>> watchers = new ConcurrentHashMap<>();
  private final Turns turns = new Turns(POLL_MILLISECONDS);
  private final Thread poller;

  /// Only the poller touches it once the constructor is done.
  private final Map<Topic, Long> seen = new EnumMap<>(Topic.class);

  private final AtomicLong news = new AtomicLong();

  /// What changed, as coarse as the copies that are held in memory.
  public enum Topic {
    /// Accounts and tokens.
    ACCESS,
    /// Workspaces, registries and upstreams.
    REGISTRIES,
    /// Policies, waivers and decisions of any registry.
    POLICIES,
    /// Packages of any registry.
    PACKAGES,
    /// What is known to be dangerous.
    ADVISORIES,
    /// Who is told what happens.
    WEBHOOKS,
    /// What was found out about versions: what is in their tarballs, how they were built.
    FACTS
  }

  /// Watches `database` from now on. Create it before anything is loaded that it shall keep fresh.
  public Changes(Database database) {
    this.database = database;
    values().forEach(this::remember);
    this.poller = Thread.ofPlatform().name("changes").daemon().start(this::run);
  }

  /// A name for one more process that watches. No two may share one: each would take the other's
  /// changes for its own.
  public static String newProcess() {
    return "server-" + UUID.randomUUID();
  }

  /// Tells other processes, once the transaction of `handle` is committed.
  public static void raise(Database database, Handle handle, Topic topic) {
    Revisions.add(handle, database.process(), topic.name(), 1);
  }

  /// Runs `reload` whenever another process has raised `topic`.
  public void watch(Topic topic, Runnable reload) {
    watchers.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(reload);
  }

  /// How often watchers have been told of anything.
  public long news() {
    return news.get();
  }

  /// Looks now, for somebody who is about to be refused by what may be out of date, and returns
  /// once the watchers have been told of all that was committed before the call. However many ask,
  /// they share some twenty looks a second, and nobody waits for longer than a second: strangers
  /// cannot keep the database busy with this.
  public void look() {
    turns.ask();
  }

  /// How often the table was looked at.
  long looks() {
    return turns.taken();
  }

  /// Waits for the look that is under way: it should not find its database closed.
  @Override
  public void close() {
    turns.close();
    try {
      poller.join(LONGEST_LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// A newer version of the program may raise topics that this one does not know.
  private void remember(String topic, long value) {
    for (Topic known : Topic.values()) {
      if (known.name().equals(topic)) {
        seen.put(known, value);
      }
    }
  }

  private void run() {
    boolean gathered = false;
    while (turns.next()) {
      try {
        poll();
        if (!gathered) {
          Revisions.gather(database);
          gathered = true;
        }
      } catch (RuntimeException failure) {
        if (!turns.isClosed()) {
          log.warn("Could not look for changes of other processes; trying again.", failure);
        }
      } finally {
        turns.done();
      }
    }
  }

  private void poll() {
    Map<String, Long> now = values();
    for (Topic topic : Topic.values()) {
      Long value = now.get(topic.name());
      if (value != null && !value.equals(seen.get(topic)) && told(topic)) {
        seen.put(topic, value);
        news.incrementAndGet();
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
