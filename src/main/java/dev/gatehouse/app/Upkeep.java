package dev.gatehouse.app;

import dev.gatehouse.packages.download.DownloadLog;
import dev.gatehouse.packages.verify.OrphanSweep;
import dev.gatehouse.packages.verify.UnknownNameSweep;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server does by itself from time to time: it removes the bytes that nothing needs and
/// forgets names that nobody has and downloads of long ago, a while after it has started and then
/// every day.
final class Upkeep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final int FIRST_MINUTES = 10;
  private static final int EVERY_MINUTES = 24 * 60;

  private final OrphanSweep sweep;
  private final UnknownNameSweep names;
  private final DownloadLog downloads;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("upkeep").daemon().factory());

  private Upkeep(OrphanSweep sweep, UnknownNameSweep names, DownloadLog downloads) {
    this.sweep = sweep;
    this.names = names;
    this.downloads = downloads;
  }

  /// Runs `sweep` and `names`, and prunes `downloads`, until it is closed.
  static Upkeep start(OrphanSweep sweep, UnknownNameSweep names, DownloadLog downloads) {
    var upkeep = new Upkeep(sweep, names, downloads);
    var _ =
        upkeep.clock.scheduleWithFixedDelay(
            upkeep::sweep, FIRST_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    return upkeep;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void sweep() {
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
