package dev.gatehouse.app;

import dev.gatehouse.packages.download.DownloadLog;
import dev.gatehouse.packages.verify.OrphanSweep;
import dev.gatehouse.packages.verify.UnknownNameSweep;
import dev.gatehouse.publish.version.LateSignatures;
import dev.gatehouse.review.scan.Scanner;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server does by itself: it signs what is not signed yet once it has started; it removes
/// the bytes that nothing needs, forgets names that nobody has and downloads of long ago, and looks
/// at what is here again, since waivers end, a while later and then every day.
final class Upkeep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final int FIRST_MINUTES = 10;
  private static final int EVERY_MINUTES = 24 * 60;

  private final OrphanSweep sweep;
  private final UnknownNameSweep names;
  private final DownloadLog downloads;
  private final LateSignatures signatures;
  private final Scanner scanner;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("upkeep").daemon().factory());

  private Upkeep(Sweeps sweeps, LateSignatures signatures) {
    this.sweep = sweeps.blobs();
    this.names = sweeps.names();
    this.downloads = sweeps.downloads();
    this.scanner = sweeps.scanner();
    this.signatures = signatures;
  }

  /// What is swept every day, and who looks at what is left.
  record Sweeps(
      OrphanSweep blobs, UnknownNameSweep names, DownloadLog downloads, Scanner scanner) {}

  /// Runs `signatures` now, and `sweeps` until it is closed.
  static Upkeep start(Sweeps sweeps, LateSignatures signatures) {
    var upkeep = new Upkeep(sweeps, signatures);
    upkeep.clock.execute(upkeep::sign);
    var _ =
        upkeep.clock.scheduleWithFixedDelay(
            upkeep::sweep, FIRST_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    return upkeep;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void sign() {
    try {
      int signed = signatures.run();
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
    scanner.lookAtAll();
    try {
      OrphanSweep.Swept swept = sweep.run();
      if (swept.blobs() > 0) {
        log.info("Removed {} files ({} bytes) that nothing needs.", swept.blobs(), swept.bytes());
      }
      int forgotten = names.run();
      if (forgotten > 0) {
        log.info("Forgot {} names that no upstream knew.", forgotten);
      }
      long old = downloads.prune();
      if (old > 0) {
        log.info("Forgot {} rows of who fetched what.", old);
      }
    } catch (IOException | RuntimeException failure) {
      log.warn("Could not remove what nothing needs; trying again tomorrow.", failure);
    }
  }
}
