package dev.gatehouse.advisories;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.npm.semver.Version;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// What is known to be dangerous, looked up by package and version.
///
/// Which packages have advisories at all is in memory, sixteen bytes a name, so that asking for one
/// of the others costs a look into a table. What the advisories say is read when it is first asked
/// for, and kept while there is room.
public final class Advisories {
  /// Beyond this many changed names listeners are told that all have changed.
  private static final int MOST_NAMED = 20_000;

  /// What is kept in memory weighs about twice as many bytes.
  private static final int KEPT_WEIGHT = 4 << 20;

  private static final int ADVISORY_WEIGHT = 400;
  private static final int PART_WEIGHT = 60;

  private final Database database;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final Cache<Key, List<Advisory>> kept =
      Caffeine.newBuilder().maximumWeight(KEPT_WEIGHT).weigher(Advisories::weight).build();
  private volatile Index index;

  private record Key(String name, long revision) {}

  /// @param own whether anything was written by hand
  private record Index(LongTable revisions, boolean imported, boolean own) {}

  private record Loaded(Index index, Change change) {}

  /// What has changed: the advisories of `names`, or of any name if `all` is set.
  public record Change(Set<String> names, boolean all) {}

  /// The advisories in `database`; follows what other processes change.
  public Advisories(Database database, Changes changes) {
    this.database = database;
    this.index = load(new Index(new LongTable(0), false, false)).index();
    changes.watch(Changes.Topic.ADVISORIES, this::reload);
  }

  /// The advisories about `version` of the package called `name`, in a stable order. What is held
  /// or withdrawn is left out. Touches the database only if the package has advisories and they are
  /// not in memory.
  public List<Advisory> touching(String name, Version version) {
    return of(name).stream().filter(one -> one.affected().touches(version)).toList();
  }

  /// All advisories of the package called `name`, in a stable order.
  public List<Advisory> of(String name) {
    long revision = index.revisions().get(LongTable.hash(name));
    return revision == 0
        ? List.of()
        : kept.get(new Key(name, revision), key -> AdvisoryRows.of(database, key.name()));
  }

  /// The packages that the record called `id` is about, of any feed, at most `most`. Its aliases
  /// are not looked at.
  public List<String> names(String id, int most) {
    return AdvisoryRows.names(database, id, most);
  }

  /// Whether a feed was ever imported. Until then, nothing is known of any package.
  public boolean everImported() {
    return index.imported();
  }

  /// Whether there are advisories that people here have written.
  public boolean hasOwn() {
    return index.own();
  }

  /// A short text that changes whenever an answer about `name` may change; the same on all nodes
  /// and after a restart. Never blocks.
  public String revision(String name) {
    Index now = index;
    long revision = now.revisions().get(LongTable.hash(name));
    return now.imported() ? Long.toString(revision, Character.MAX_RADIX) : "?" + revision;
  }

  /// Runs `listener` after every change, made here or by another process. It is run on the thread
  /// that changed something or looks for changes.
  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /// Reads what packages have advisories again, after a change.
  public void reload() {
    Change change;
    synchronized (kept) {
      // One after the other: what was read first must not be set last.
      Loaded loaded = load(index);
      index = loaded.index();
      change = loaded.change();
    }
    if (change.all() || !change.names().isEmpty()) {
      listeners.forEach(listener -> listener.accept(change));
    }
  }

  private Loaded load(Index before) {
    LongTable revisions = new LongTable(before.revisions().size());
    Set<String> changed = new TreeSet<>();
    var found = new AtomicInteger();
    AdvisoryRows.forEachName(
        database,
        (name, revision) -> {
          long hash = LongTable.hash(name);
          long old = before.revisions().get(hash);
          if (old != 0) {
            found.incrementAndGet();
          }
          if (revision != 0) {
            revisions.put(hash, revision);
          }
          if (revision != old && changed.size() <= MOST_NAMED) {
            changed.add(name);
          }
        });
    Index now =
        new Index(revisions, AdvisoryRows.wasImported(database), AdvisoryRows.hasOwn(database));
    // Rows of packages that have no advisory any more are cleared away after a while: then their
    // names are not known here.
    boolean all =
        changed.size() > MOST_NAMED
            || found.get() < before.revisions().size()
            || now.imported() != before.imported();
    return new Loaded(now, new Change(all ? Set.of() : Set.copyOf(changed), all));
  }

  private static int weight(Key key, List<Advisory> advisories) {
    int weight = key.name().length() + PART_WEIGHT;
    for (Advisory one : advisories) {
      weight +=
          ADVISORY_WEIGHT
              + one.summary().length()
              + PART_WEIGHT * (one.affected().intervals().size() * 4)
              + PART_WEIGHT * (one.affected().versions().size() + one.aliases().size());
    }
    return weight;
  }
}
