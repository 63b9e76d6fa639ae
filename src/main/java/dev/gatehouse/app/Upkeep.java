package dev.gatehouse.app;

import dev.gatehouse.install.ledger.WithheldLog;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.jobs.Work;
import dev.gatehouse.packages.download.DownloadLog;
import dev.gatehouse.packages.verify.OrphanSweep;
import dev.gatehouse.packages.verify.UnknownNameSweep;
import dev.gatehouse.publish.version.LateSignatures;
import dev.gatehouse.registries.traffic.Traffic;
import dev.gatehouse.review.scan.Scanner;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What servers do by themselves. One that has its store for itself signs what is not signed yet
/// once it has started, and removes the bytes that nothing needs a while later and then every day.
/// What concerns the database is one job, which one of all servers on it does every day: forget
/// names that nobody has and downloads of long ago, and look again at what is here, since waivers
/// end.
final class Upkeep implements AutoCloseable {
  /// Longer than a day's work takes; then it is somebody else's.
  static final Duration LEASE = Duration.ofHours(2);

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration FIRST = Duration.ofMinutes(10);
  private static final Duration EVERY = Duration.ofDays(1);

  private final Jobs jobs;
  private final Shared shared;
  private final @Nullable Own own;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("upkeep").daemon().factory());

  private Upkeep(Jobs jobs, Shared shared, @Nullable Own own) {
    this.jobs = jobs;
    this.shared = shared;
    this.own = own;
  }

  /// What is swept in the database, and who looks at what is left.
  record Shared(
      UnknownNameSweep names,
      DownloadLog downloads,
      Traffic traffic,
      WithheldLog withheld,
      Scanner scanner) {}

  /// What only who has the store for itself may do.
  record Own(OrphanSweep blobs, LateSignatures signatures) {}

  /// Has its turn at `shared` by `jobs`, and does what is its `own`, until it is closed.
  static Upkeep start(Jobs jobs, Shared shared, @Nullable Own own) {
    var upkeep = new Upkeep(jobs, shared, own);
    if (own != null) {
      upkeep.clock.execute(upkeep::sign);
      var _ =
          upkeep.clock.scheduleWithFixedDelay(
              upkeep::sweep, FIRST.toMinutes(), EVERY.toMinutes(), TimeUnit.MINUTES);
    }
    jobs.daily(_ -> upkeep.day(), FIRST);
    jobs.start();
    return upkeep;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    jobs.close();
  }

  private void sign() {
    try {
      int signed = own == null ? 0 : own.signatures().run();
      if (signed > 0) {
        log.info("Signed {} versions that were published before.", signed);
      }
    } catch (RuntimeException failure) {
      if (!clock.isShutdown()) {
        log.warn(
            "Could not sign what was published before; trying again at the next start.", failure);
      }
    }
  }

  private void sweep() {
    try {
      OrphanSweep.Swept swept = own == null ? new OrphanSweep.Swept(0, 0) : own.blobs().run();
      if (swept.blobs() > 0) {
        log.info("Removed {} files ({} bytes) that nothing needs.", swept.blobs(), swept.bytes());
      }
    } catch (IOException | RuntimeException failure) {
      log.warn("Could not remove what nothing needs; trying again tomorrow.", failure);
    }
  }

  /// Whatever fails is tried again tomorrow: this job is never given up.
  private Work.Outcome day() {
    shared.scanner().lookAtAll();
    try {
      int forgotten = shared.names().run();
      if (forgotten > 0) {
        log.info("Forgot {} names that no upstream knew.", forgotten);
      }
      long old = shared.downloads().prune();
      if (old > 0) {
        log.info("Forgot {} rows of who fetched what.", old);
      }
      int counted = shared.traffic().prune() + shared.withheld().prune();
      if (counted > 0) {
        log.info("Forgot {} rows of what was answered and withheld.", counted);
      }
    } catch (RuntimeException failure) {
      log.warn("Could not forget what is too old; trying again tomorrow.", failure);
    }
    return new Work.Next("", EVERY);
  }
}
