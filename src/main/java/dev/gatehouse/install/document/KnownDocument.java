package dev.gatehouse.install.document;

import dev.gatehouse.packages.DocumentRows.DocumentRow;
import dev.gatehouse.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is known of one name at one origin, shared by everyone who asks for it. The finished
/// answers that were made from it look here whether it is still fresh, without a lock.
public final class KnownDocument {
  private final Freshness freshness;
  private volatile @Nullable DocumentRow row;
  private volatile @Nullable Failure failure;
  private volatile long answers;
  private @Nullable Flight flight;

  /// When the origin failed last, milliseconds since 1970, and how.
  private record Failure(long at, Problem.UpstreamFailed problem) {}

  KnownDocument(Freshness freshness, @Nullable DocumentRow row) {
    this.freshness = freshness;
    this.row = row;
  }

  /// Whether it may be served at `now` (milliseconds since 1970) without asking the upstream. An
  /// origin that failed a moment ago is left alone while there is a copy.
  public boolean satisfies(Ask.Demand demand, long now) {
    DocumentRow current = row;
    return current != null
        && (isYoung(current, demand, now)
            || (current.digest() != null
                && demand != Ask.Demand.NEWEST
                && failedLately(now) != null));
  }

  /// Whether the origin gave a document under the name when it was asked last.
  public boolean isThere() {
    DocumentRow current = row;
    return current != null && current.digest() != null;
  }

  /// Whether the origin ever said what it has under the name.
  public boolean wasAnswered() {
    return row != null;
  }

  /// What the origin last said, or null if it was never asked.
  @Nullable DocumentRow row() {
    return row;
  }

  /// Whether what the origin said was said lately enough to need no confirmation.
  boolean isYoung(DocumentRow current, Ask.Demand demand, long now) {
    Duration fresh = current.digest() == null ? freshness.notFound() : freshness.fresh();
    return switch (demand) {
      case STORED -> true;
      case FRESH -> age(current, now) < fresh.toMillis();
      case CONFIRMED ->
          age(current, now) < Math.min(fresh.toMillis(), freshness.confirmed().toMillis());
      case NEWEST -> false;
    };
  }

  synchronized void learned(DocumentRow newer) {
    row = newer;
    failure = null;
    answers++;
  }

  synchronized void failed(long now, Problem.UpstreamFailed problem) {
    failure = new Failure(now, problem);
    answers++;
  }

  /// Forgets that the origin gave `digest`, if that is still what is known.
  synchronized void forget(String digest) {
    DocumentRow current = row;
    if (current != null && digest.equals(current.digest())) {
      row = null;
    }
  }

  /// How the upstream failed, if that was so lately that it is left alone; else null.
  Problem.@Nullable UpstreamFailed failedLately(long now) {
    Failure last = failure;
    return last != null && now - last.at() < freshness.failed().toMillis() ? last.problem() : null;
  }

  /// How many answers have come, failures among them. Who takes this before looking at anything
  /// else and hands it to [#flight] never causes a request that was answered meanwhile.
  public long answers() {
    return answers;
  }

  /// The request that is under way, else the one that ended after `seen` answers had come, else the
  /// one that `start` makes: one at a time.
  synchronized Flight flight(long seen, FlightStart start) {
    Flight current = flight;
    if (current == null || (current.isDone() && answers == seen)) {
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
