package dev.gatehouse.upstream.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks again after failures that pass: at most twice, never beyond the deadline, and not while the
/// upstream asks for more patience than a waiting person has.
///
/// @param firstPause before the first repetition; the second waits four times as long
public record Retries(Duration firstPause) {
  private static final int TRIES = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /// One try.
  @FunctionalInterface
  public interface Attempt<T> {
    /// Asks, and throws an exception that knows whether asking again may help.
    T run() throws UpstreamException;
  }

  /// The answer of the first attempt that gets one, else the last failure.
  public <T> T run(Deadline deadline, Attempt<T> attempt) throws UpstreamException {
    for (int tried = 1; ; tried++) {
      try {
        return attempt.run();
      } catch (UpstreamException failed) {
        Duration pause = pauseAfter(failed, tried);
        if (pause == null || pause.compareTo(deadline.left()) >= 0) {
          throw failed;
        }
        sleep(pause, failed);
      }
    }
  }

  private @Nullable Duration pauseAfter(UpstreamException failed, int tried) {
    if (!failed.passes() || tried == TRIES) {
      return null;
    }
    Duration asked = failed.retryAfter();
    Duration ours = tried == 1 ? firstPause : firstPause.multipliedBy(4);
    if (asked == null || asked.compareTo(ours) < 0) {
      return ours;
    }
    return asked.compareTo(LONGEST_PAUSE) <= 0 ? asked : null;
  }

  private static void sleep(Duration pause, UpstreamException failed) throws UpstreamException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failed;
    }
  }
}
