package dev.gatehouse.upstream.wire;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/// The end of one whole operation. When it comes, whatever is under way is cut off from outside: an
/// upstream that sends a byte now and then keeps every read alive, in headers as in bodies.
public final class Deadline implements AutoCloseable {
  private final long end;
  private final Duration time;
  private final Future<?> alarm;
  private @Nullable Cancellable underWay;
  private boolean expired;

  Deadline(Duration time, ScheduledExecutorService clock) {
    this.time = time;
    this.end = System.nanoTime() + time.toNanos();
    this.alarm = clock.schedule(this::expire, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Makes `request` what is cut off; at once if it is too late already.
  void watch(Cancellable request) {
    boolean tooLate;
    synchronized (this) {
      underWay = request;
      tooLate = expired;
    }
    if (tooLate) {
      request.cancel();
    }
  }

  /// What is left; not positive when it is over.
  Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  /// How long it was from the start.
  Duration time() {
    return time;
  }

  synchronized boolean expired() {
    return expired;
  }

  private void expire() {
    Cancellable request;
    synchronized (this) {
      expired = true;
      request = underWay;
    }
    if (request != null) {
      request.cancel();
    }
  }

  @Override
  public void close() {
    alarm.cancel(false);
    synchronized (this) {
      underWay = null;
    }
  }
}
