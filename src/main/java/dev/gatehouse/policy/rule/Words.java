package dev.gatehouse.policy.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How sentences say times.
final class Words {
  private Words() {}

  /// `3 days`, `1 hour`, `20 minutes`: the largest unit that fits, rounded down.
  static String span(Duration span) {
    if (span.toHours() >= 48) {
      return count(span.toDays(), "day");
    }
    return span.toMinutes() >= 60
        ? count(span.toHours(), "hour")
        : count(Math.max(0, span.toMinutes()), "minute");
  }

  /// `2026-01-01T12:00:00Z`, without fractions of a second.
  static String instant(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String count(long number, String unit) {
    return number == 1 ? "1 " + unit : number + " " + unit + "s";
  }
}
