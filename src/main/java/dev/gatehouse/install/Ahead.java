package dev.gatehouse.install;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.tarball.Tarballs;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches what tags name before anybody asks for it, where a policy has to see the tarball: then a
/// tag stands on a version that is served when the next client looks, and not on one that is
/// refused to it. What is too much at once is left to whoever asks.
public final class Ahead implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ahead.class);

  private static final int MOST_WAITING = 200;
  private static final int MOST_TAGS = 10;
  private static final int MOST_REMEMBERED = 20_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Tarballs tarballs;
  private final @Nullable ThreadPoolExecutor workers;

  /// What was tried a moment ago, whatever came of it.
  private final Cache<Target, Boolean> tried =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  private record Target(long registryId, String name, String version) {}

  /// Fetches from `tarballs`, as far as `settings` allow.
  public Ahead(Tarballs tarballs, AheadSettings settings) {
    this.tarballs = tarballs;
    this.workers = settings.atOnce() == 0 ? null : workers(settings.atOnce());
  }

  private static ThreadPoolExecutor workers(int atOnce) {
    var workers =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("ahead-", 0).factory());
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  /// Fetches behind the answer what the tags of `found` name and no policy could judge yet.
  void fetch(Registry registry, Found.Versions found) {
    if (workers == null) {
      return;
    }
    found.view().tags().values().stream()
        .distinct()
        .limit(MOST_TAGS)
        .forEach(version -> {
          Selected target = found.version(version);
          if (target != null && found.ruling(target).isPending()) {
            fetch(workers, registry, target);
          }
        });
  }

  private void fetch(ThreadPoolExecutor able, Registry registry, Selected target) {
    String name = target.source().name();
    String version = target.version();
    if (tried.asMap().putIfAbsent(new Target(registry.id(), name, version), true) == null) {
      try {
        able.execute(() -> bringIn(registry, name, version));
      } catch (RejectedExecutionException full) {
        log.debug("{}@{} is not fetched ahead: too much is.", name, version, full);
      }
    }
  }

  private void bringIn(Registry registry, String name, String version) {
    try {
      var _ = tarballs.bringIn(registry, name, version, Ask.USUAL);
    } catch (ProblemException refused) {
      // It turned out to be withheld, or the upstream fails: whoever asks is told.
      log.debug("{}@{} was fetched ahead: {}", name, version, refused.problem().sentence());
    } catch (RuntimeException failure) {
      log.warn("{}@{} could not be fetched ahead.", name, version, failure);
    }
  }

  @Override
  public void close() {
    if (workers == null) {
      return;
    }
    workers.shutdownNow();
    try {
      var _ = workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
