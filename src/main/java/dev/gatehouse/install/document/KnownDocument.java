package dev.gatehouse.install.document;

import dev.gatehouse.packages.DocumentRows.DocumentRow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is known of one name at one origin, shared by everyone who asks for it. The finished
/// answers that were made from it look here whether it is still fresh, without a lock.
public final class KnownDocument {
  private final Freshness freshness;
  private volatile @Nullable DocumentRow row;
  private volatile long failedAt = Long.MIN_VALUE;
  private @Nullable Flight flight;

  KnownDocument(Freshness freshness, @Nullable DocumentRow row) {
    this.freshness = freshness;
    this.row = row;
  }

  /// Whether it may be served at `now` (milliseconds since 1970) without asking the upstream.
  public boolean isFresh(long now) {
    DocumentRow current = row;
    if (current == null) {
      return false;
    }
    Duration lasts = current.digest() == null ? freshness.notFound() : freshness.fresh();
    return age(current, now) < lasts.toMillis() || failedLately(now);
  }

  /// Whether the origin gave a document under the name when it was asked last.
  public boolean isThere() {
    DocumentRow current = row;
    return current != null && current.digest() != null;
  }

  /// What the origin last said, or null if it was never asked.
  @Nullable DocumentRow row() {
    return row;
  }

  void row(@Nullable DocumentRow newer) {
    row = newer;
  }

  void failed(long now) {
    failedAt = now;
  }

  /// Whether the upstream failed so lately that it is left alone.
  boolean failedLately(long now) {
    return failedAt != Long.MIN_VALUE && now - failedAt < freshness.failed().toMillis();
  }

  /// The request that is under way, else the one that `start` makes: one at a time.
  synchronized Flight flight(FlightStart start) {
    Flight current = flight;
    if (current == null || current.isDone()) {
      current = start.begin();
      flight = current;
    }
    return current;
  }

  static long age(DocumentRow row, long now) {
    return Math.max(0, now - row.fetched());
  }

  /// Begins a request.
  interface FlightStart {
    Flight begin();
  }
}
