package dev.gatehouse.db;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// When something is done that is due from time to time, and whenever somebody asks for it, but
/// never more often than a pause allows: those who ask meanwhile share the next turn.
final class Turns {
  /// Between the end of one turn and the next.
  static final Duration PAUSE = Duration.ofMillis(50);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final long usual;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asking = lock.newCondition();
  private final Condition answering = lock.newCondition();
  private long asked;
  private long underWay;
  private long answered;
  private long taken;
  private boolean closed;

  /// Turns every `usualMilliseconds` if nobody asks.
  Turns(long usualMilliseconds) {
    this.usual = Duration.ofMillis(usualMilliseconds).toNanos();
  }

  /// Returns when a turn is over that began after this call, or nobody has patience any more.
  void ask() {
    lock.lock();
    try {
      long mine = ++asked;
      asking.signal();
      long patience = PATIENCE.toNanos();
      while (answered < mine && patience > 0 && !closed) {
        patience = answering.awaitNanos(patience);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next turn; false if there is none any more.
  boolean next() {
    lock.lock();
    try {
      if (taken > 0) {
        pause();
      }
      long left = usual;
      while (asked == answered && left > 0 && !closed) {
        left = asking.awaitNanos(left);
      }
      taken++;
      underWay = asked;
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the turn.
  void done() {
    lock.lock();
    try {
      answered = underWay;
      answering.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      asking.signalAll();
      answering.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void pause() throws InterruptedException {
    long left = PAUSE.toNanos();
    while (left > 0 && !closed) {
      left = asking.awaitNanos(left);
    }
  }
}
