package dev.gatehouse.db;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what was gathered in memory into the database, every so often and once more when it is
/// closed. What fails is told in the log, and the next time comes.
public final class Periodic implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Periodic.class);

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Duration rest;
  private final Runnable work;
  private final Thread thread;

  private Periodic(String name, Duration rest, Runnable work) {
    this.rest = rest;
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
  }

  /// Does `work` with a `rest` before each time, on a thread called `name`.
  public static Periodic start(String name, Duration rest, Runnable work) {
    return new Periodic(name, rest, work);
  }

  /// Does it a last time, and returns when that is done.
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    boolean last = false;
    while (!last) {
      try {
        last = closing.await(rest.toMillis(), TimeUnit.MILLISECONDS);
        work.run();
      } catch (RuntimeException failure) {
        log.warn(
            "Could not write what \"{}\" gathered.", Thread.currentThread().getName(), failure);
      } catch (InterruptedException _) {
        last = true;
      }
    }
  }
}
