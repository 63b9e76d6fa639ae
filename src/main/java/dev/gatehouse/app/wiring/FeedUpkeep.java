package dev.gatehouse.app.wiring;

import dev.gatehouse.audit.Actor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the configured feeds up to date while a server runs. Which one is due stands in the
/// database, so that several nodes do not all fetch it.
public final class FeedUpkeep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FeedUpkeep.class);
  private static final Actor ACTOR = new Actor.Job("advisories");

  /// A server that has just started has other things to do.
  private static final int FIRST_SECONDS = 60;

  private static final int EVERY_SECONDS = 60;

  private final Advising advising;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("advisories").daemon().factory());

  private FeedUpkeep(Advising advising) {
    this.advising = advising;
  }

  /// Looks after the feeds of `advising` until it is closed.
  public static FeedUpkeep start(Advising advising) {
    var upkeep = new FeedUpkeep(advising);
    if (!advising.settings().feeds().isEmpty()) {
      var _ =
          upkeep.clock.scheduleWithFixedDelay(
              upkeep::lookSafely, FIRST_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }
    return upkeep;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void lookSafely() {
    try {
      advising
          .refresh()
          .due(advising.settings())
          .forEach(feed -> advising.refresh().attempt(ACTOR, feed));
    } catch (RuntimeException failure) {
      log.warn("Could not look after advisories; trying again.", failure);
    }
  }
}
