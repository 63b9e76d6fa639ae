package dev.gatehouse.publish.pull;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The wishes of one pull: a few workers take them, and may add more. Each is looked at once, so
/// circles end.
final class Wishes {
  private static final int WORKERS = 8;
  private static final int MOST = 200_000;

  private final Consumer<Wish> work;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(WORKERS, Thread.ofVirtual().name("pull-", 0).factory());
  private final Set<Wish> seen = ConcurrentHashMap.newKeySet();
  private final CountDownLatch done = new CountDownLatch(1);

  /// Wishes that are not done, and one for whoever waits.
  private final AtomicInteger open = new AtomicInteger(1);

  /// Wishes that `work`, which throws nothing, fulfils.
  Wishes(Consumer<Wish> work) {
    this.work = work;
  }

  /// Adds `wish`, if it is a new one. False if there are too many.
  boolean add(Wish wish) {
    if (seen.size() >= MOST) {
      return seen.contains(wish);
    }
    if (seen.add(wish)) {
      open.incrementAndGet();
      workers.execute(() -> {
        try {
          work.accept(wish);
        } finally {
          finish();
        }
      });
    }
    return true;
  }

  /// Waits until all of them, and those that they brought, are done.
  void await() throws InterruptedException {
    finish();
    try {
      done.await();
    } finally {
      workers.shutdownNow();
    }
  }

  private void finish() {
    if (open.decrementAndGet() == 0) {
      done.countDown();
    }
  }
}
