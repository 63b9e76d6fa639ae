package dev.gatehouse.review.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.issues.Cause;
import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence.Spot;
import dev.gatehouse.issues.Reporting.News;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.TarballName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.packages.KeptVersions;
import dev.gatehouse.packages.download.Fetch;
import dev.gatehouse.registries.Registry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at packages again when something is learnt about them: an advisory, a decision, a new
/// version. One thread does it, behind the answers; what is withheld is withheld before.
public final class Scanner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scanner.class);
  private static final Actor ACTOR = new Actor.Job("scanner");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST_REMEMBERED = 20_000;

  private final Ground ground;
  private final Clock clock;

  /// The packages that wait, each with versions that somebody has asked for: whether he got them,
  /// so that their bytes are here although no row may say so yet.
  private final Map<String, Map<Spot, Boolean>> waiting = new ConcurrentHashMap<>();

  /// What was looked at a moment ago for the same reason.
  private final Cache<Object, Boolean> recent =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("scanner").daemon().factory());
  private volatile boolean closed;

  /// Looks at `ground` until it is closed.
  public Scanner(Ground ground, Clock clock) {
    this.ground = ground;
    this.clock = clock;
  }

  /// Looks at a package soon.
  public void look(String name) {
    look(name, Map.of());
  }

  /// Looks at the packages whose advisories have changed.
  public void look(Advisories.Change change) {
    if (change.all()) {
      lookAtAll();
    } else {
      change.names().forEach(this::look);
    }
  }

  /// Looks at the packages that have issues: somebody has decided something, or deleted a version.
  public void lookAtIssues() {
    run(() -> ground.reporting().names().forEach(this::look));
  }

  /// Looks at all packages that are here and have advisories or issues.
  public void lookAtAll() {
    run(() -> everything().forEach(this::look));
  }

  /// Looks at all of these packages that the registry keeps, and returns when that is done.
  public void lookAtKept(long registryId, Collection<String> names) {
    await(thread.submit(() -> names.forEach(name -> attempt(() -> examine(name, registryId)))));
  }

  /// Somebody asked for the tarball `file`, which is withheld.
  public void refused(Registry registry, String name, String file) {
    String version = TarballName.versionIn(PackageName.parse(name), file);
    if (version != null && isNew(new Spotted(registry.id(), name, version))) {
      look(name, Map.of(new Spot(registry.id(), version), false));
    }
  }

  /// Somebody fetched these. Of malware each one who has it counts, of other things that it is
  /// here.
  public void fetched(Collection<Fetch.Key> fetched) {
    for (Fetch.Key one : fetched) {
      Version version = Version.parseLoose(one.version());
      List<Advisory> touching =
          version == null ? List.of() : ground.judges().advisories().touching(one.name(), version);
      boolean malware = touching.stream().anyMatch(Advisory::isMalware);
      Object reason = malware ? one : new Spotted(one.registryId(), one.name(), one.version());
      if (!touching.isEmpty() && isNew(reason)) {
        look(one.name(), Map.of(new Spot(one.registryId(), one.version()), true));
      }
    }
  }

  /// Returns when everything was looked at that is to be looked at now.
  public void settle() {
    do {
      await(thread.submit(() -> {}));
    } while (!waiting.isEmpty() && !Thread.currentThread().isInterrupted());
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("The scanner did not end in time.");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private record Spotted(long registryId, String name, String version) {}

  private boolean isNew(Object reason) {
    return recent.asMap().putIfAbsent(reason, true) == null;
  }

  private void look(String name, Map<Spot, Boolean> asked) {
    var first = new AtomicBoolean();
    waiting.compute(
        name,
        (_, before) -> {
          first.set(before == null);
          Map<Spot, Boolean> all = new HashMap<>(asked);
          if (before != null) {
            before.forEach((spot, got) -> all.merge(spot, got, Boolean::logicalOr));
          }
          return all;
        });
    if (first.get()) {
      run(() -> examine(name, waiting.remove(name)));
    }
  }

  private void run(Runnable task) {
    try {
      thread.execute(() -> attempt(task));
    } catch (RejectedExecutionException late) {
      log.debug("A package is not looked at again: the server stops.", late);
    }
  }

  private void attempt(Runnable task) {
    try {
      if (!closed) {
        task.run();
      }
    } catch (RuntimeException failure) {
      log.warn("Could not look at packages again; the next change will.", failure);
    }
  }

  /// All that is here or has issues.
  private Set<String> everything() {
    Set<String> names = new TreeSet<>(ground.reporting().names());
    ground.kept().names(1).stream()
        .filter(name -> !ground.judges().advisories().of(name).isEmpty())
        .forEach(names::add);
    return names;
  }

  /// Whatever the registry keeps of it counts as asked for.
  private void examine(String name, long registryId) {
    Map<Spot, Boolean> asked = new HashMap<>();
    for (KeptVersions.Kept one : ground.kept().places(name)) {
      if (one.registryId() == registryId) {
        asked.put(new Spot(registryId, one.version()), true);
      }
    }
    examine(name, asked);
  }

  private void examine(String name, @Nullable Map<Spot, Boolean> asked) {
    boolean advised = !ground.judges().advisories().of(name).isEmpty();
    Set<Long> workspaces = new TreeSet<>(ground.reporting().workspaces(name));
    if (asked == null || (!advised && asked.isEmpty() && workspaces.isEmpty())) {
      return;
    }
    ground.log().flush();
    var kept = ground.kept().places(name);
    workspaces.addAll(ground.downloads().workspaces(name));
    Set<Long> registries =
        kept.stream().map(KeptVersions.Kept::registryId).collect(Collectors.toSet());
    asked.keySet().forEach(spot -> registries.add(spot.registryId()));
    for (long id : registries) {
      Registry registry = ground.registries().directory().byId(id);
      if (registry != null) {
        workspaces.add(registry.workspace().id());
      }
    }
    for (long workspace : workspaces) {
      var examination = new Examination(ground, workspace, name, clock.instant());
      List<Finding> findings = examination.run(kept, asked);
      ground.reporting().report(ACTOR, examination.about(), findings).forEach(Scanner::tell);
    }
  }

  private static void tell(News news) {
    String malware = news.issue().type() == Cause.Type.MALWARE ? "Malware: issue" : "Issue";
    String line = "{} {} about {} ({}) {}: {}";
    Object[] parts = {
      malware,
      news.issue().number(),
      news.issue().name(),
      news.issue().cause(),
      news.what(),
      news.text()
    };
    if (news.issue().type() == Cause.Type.MALWARE) {
      log.warn(line, parts);
    } else {
      log.info(line, parts);
    }
  }
}
