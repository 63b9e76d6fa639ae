package dev.gatehouse.upstream.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What is remembered of one upstream: of its answers and failures the last ones.
final class Watched {
  private static final int MOST_TIMES = 101;
  private static final int MOST_FAILURES = 10_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Deque<Long> millis = new ArrayDeque<>();
  private final Deque<Instant> failures = new ArrayDeque<>();
  private @Nullable Instant answered;
  private @Nullable Instant failed;
  private @Nullable String sentence;

  synchronized void answered(Instant now, long took) {
    answered = now;
    millis.add(took);
    if (millis.size() > MOST_TIMES) {
      var _ = millis.remove();
    }
  }

  synchronized void failed(Instant now, String how) {
    failed = now;
    sentence = how;
    failures.add(now);
    forget(now);
    if (failures.size() > MOST_FAILURES) {
      var _ = failures.remove();
    }
  }

  synchronized Standing standing(Instant now) {
    forget(now);
    return new Standing(answered, failed, sentence, failures.size(), median());
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(HOUR);
    while (!failures.isEmpty() && failures.getFirst().isBefore(oldest)) {
      var _ = failures.remove();
    }
  }

  private @Nullable Long median() {
    if (millis.isEmpty()) {
      return null;
    }
    long[] sorted = millis.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
