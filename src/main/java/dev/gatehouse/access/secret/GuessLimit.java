package dev.gatehouse.access.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Slows down who guesses passwords; tokens never come here.
///
/// Three tallies run: per account and address, per account, per address (a [Network], that is). An
/// attempt counts when it begins, so that a thousand at once are a thousand; a right password takes
/// its count back. Over the limit, attempts are refused unseen, for a pause that doubles each time.
/// The pair is asked first: who is shut out there by a wrong password in a loop does not shut out
/// colleagues behind the same address.
public final class GuessLimit {
  private static final Rule PAIR = new Rule(10, Duration.ofMinutes(1));
  private static final Rule ACCOUNT = new Rule(200, Duration.ofMinutes(1));
  private static final Rule ADDRESS = new Rule(50, Duration.ofMinutes(1));
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MOST_KEYS = 20_000;

  private final Clock clock;
  private final Cache<String, Tally> tallies =
      Caffeine.newBuilder()
          .maximumSize(MOST_KEYS)
          .expireAfterAccess(LONGEST_PAUSE.multipliedBy(2))
          .build();

  /// Counts by `clock`.
  public GuessLimit(Clock clock) {
    this.clock = clock;
  }

  /// How many attempts a window has, and the first pause after them.
  private record Rule(int most, Duration pause) {}

  private record Tally(long since, int attempts, int pauses, long pausedUntil) {}

  /// Counts an attempt on `account` from `address`, or refuses it with a [Problem.Busy].
  public void begin(String account, InetAddress address) {
    String network = Network.of(address).key();
    count("pair " + account + " " + network, PAIR);
    count("account " + account, ACCOUNT);
    count("address " + network, ADDRESS);
  }

  /// Takes back an attempt whose password was right.
  public void succeeded(String account, InetAddress address) {
    String network = Network.of(address).key();
    tallies.invalidate("pair " + account + " " + network);
    takeBack("account " + account);
    takeBack("address " + network);
  }

  private void count(String key, Rule rule) {
    long now = clock.millis();
    Tally tally = tallies.asMap().compute(key, (_, before) -> next(before, rule, now));
    long wait = tally.pausedUntil - now;
    if (wait > 0) {
      long minutes = Math.ceilDiv(wait, 60_000);
      throw new ProblemException(
          new Problem.Busy(
              "Too many wrong passwords. Try again in %d minute%s; tokens work meanwhile."
                  .formatted(minutes, minutes == 1 ? "" : "s"),
              Duration.ofMillis(wait),
              true));
    }
  }

  private static Tally next(@Nullable Tally before, Rule rule, long now) {
    if (before == null) {
      return new Tally(now, 1, 0, 0);
    }
    if (now < before.pausedUntil) {
      return before;
    }
    if (now - before.since >= WINDOW.toMillis()) {
      return new Tally(now, 1, before.pauses, 0);
    }
    if (before.attempts < rule.most) {
      return new Tally(before.since, before.attempts + 1, before.pauses, 0);
    }
    long pause = rule.pause.toMillis() << Math.min(before.pauses, 10);
    return new Tally(now, 0, before.pauses + 1, now + Math.min(pause, LONGEST_PAUSE.toMillis()));
  }

  private void takeBack(String key) {
    tallies
        .asMap()
        .computeIfPresent(
            key,
            (_, tally) ->
                new Tally(
                    tally.since, Math.max(0, tally.attempts - 1), tally.pauses, tally.pausedUntil));
  }
}
