package dev.gatehouse.install.document;

import java.time.Duration;

/// How long copies of upstream documents serve.
///
/// @param fresh how long a copy is served without asking the upstream
/// @param confirmed how long a copy is new enough for a client that has it already and asks whether
///   there is a newer one
/// @param patience from which age on a request waits for the new copy
/// @param waitAtMost how long such a request waits before it is served the old one
/// @param stale from which age on a copy is served only if the upstream fails
/// @param notFound how long a name that the upstream does not know is remembered
/// @param failed how long an upstream that failed is left alone
public record Freshness(
    Duration fresh,
    Duration confirmed,
    Duration patience,
    Duration waitAtMost,
    Duration stale,
    Duration notFound,
    Duration failed) {

  /// Five minutes fresh, up to a day stale while the new copy is fetched.
  public static Freshness defaults() {
    return new Freshness(
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofHours(1),
        Duration.ofSeconds(3),
        Duration.ofHours(24),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5));
  }
}
