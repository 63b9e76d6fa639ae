package dev.gatehouse.registries.traffic;

import dev.gatehouse.http.RequestLog;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts requests for one kind of thing in one registry, from the event loops. It only ever grows:
/// whoever reads it remembers what he has read before, so that nothing is lost between the two.
final class Counter implements RequestLog.Tally {
  private static final int CLIENT_LEFT = 499;

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder notModified = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  @Override
  public void ended(int status, long sent, @Nullable String outcome) {
    if (status == CLIENT_LEFT) {
      return;
    }
    if (status >= 500) {
      failed.increment();
    } else if (status >= 400) {
      refused.increment();
    } else {
      (RequestLog.MISS.equals(outcome) ? misses : hits).increment();
      if (status == 304) {
        notModified.increment();
      }
    }
    bytes.add(sent);
  }

  /// What was counted since the process began.
  Count count() {
    return new Count(
        hits.sum(), misses.sum(), notModified.sum(), refused.sum(), failed.sum(), bytes.sum());
  }
}
