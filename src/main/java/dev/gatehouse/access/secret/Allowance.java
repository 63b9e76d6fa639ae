package dev.gatehouse.access.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;

/// How often something may be done that strangers could do without end: so many times in a window
/// of time, counted for each key apart. An attempt counts when it begins.
public final class Allowance {
  private static final int MOST_KEYS = 20_000;

  private final Clock clock;
  private final int most;
  private final Duration window;
  private final Cache<String, Tally> tallies;

  /// `most` times in `window`, by `clock`.
  public Allowance(Clock clock, int most, Duration window) {
    this.clock = clock;
    this.most = most;
    this.window = window;
    this.tallies = Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(window).build();
  }

  private record Tally(long since, int taken) {}

  /// Counts one for an address (an IPv6 network of 64 bits is one); over the limit [Problem.Busy],
  /// which says `sentence`.
  public void take(InetAddress address, String sentence) {
    take(Network.of(address).key(), sentence);
  }

  /// Counts one for `key`; over the limit [Problem.Busy], which says `sentence`.
  public void take(String key, String sentence) {
    long now = clock.millis();
    Tally tally =
        tallies
            .asMap()
            .compute(
                key,
                (_, before) ->
                    before == null || now - before.since >= window.toMillis()
                        ? new Tally(now, 1)
                        : new Tally(before.since, Math.min(before.taken, most) + 1));
    if (tally.taken > most) {
      Duration wait = Duration.ofMillis(tally.since + window.toMillis() - now);
      throw new ProblemException(new Problem.Busy(sentence, wait, true));
    }
  }

  /// Refuses an address that has used up what it may, and counts nothing: for what is counted by
  /// [#take] only if it comes to nothing.
  public void require(InetAddress address, String sentence) {
    Tally tally = tallies.getIfPresent(Network.of(address).key());
    long now = clock.millis();
    if (tally != null && tally.taken >= most && now - tally.since < window.toMillis()) {
      Duration wait = Duration.ofMillis(tally.since + window.toMillis() - now);
      throw new ProblemException(new Problem.Busy(sentence, wait, true));
    }
  }

  /// Forgets what was counted for `key`.
  public void forget(String key) {
    tallies.invalidate(key);
  }
}
