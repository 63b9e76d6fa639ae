package dev.gatehouse.web.api.trail;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The exports of the trail that are being sent, by account: so many at once, and no more.
public final class RunningExports {
  private static final int MOST = 2;
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final Map<Long, Integer> running = new ConcurrentHashMap<>();

  /// Refuses an account that has as many as it may. Told before an export begins, where the answer
  /// can still be another.
  void requireRoom(long account) {
    if (running.getOrDefault(account, 0) >= MOST) {
      throw busy();
    }
  }

  /// Runs `export`, and counts it while it runs. Of several that begin at once, those over the
  /// limit are refused.
  void run(long account, Runnable export) {
    running.merge(account, 1, Integer::sum);
    try {
      if (running.getOrDefault(account, 0) > MOST) {
        throw busy();
      }
      export.run();
    } finally {
      running.computeIfPresent(account, (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  private static ProblemException busy() {
    return new ProblemException(
        new Problem.Busy(
            "You are exporting the trail %d times already: wait until one of them has ended."
                .formatted(MOST),
            WAIT,
            true));
  }
}
