package dev.gatehouse.policy.decision;

import dev.gatehouse.policy.PolicyName;
import java.time.Instant;

/// A person's exception that is in force: until `until`, `policy` does not withhold the versions of
/// `name` that `range` holds.
public record Waiver(long id, String name, NarrowRange range, PolicyName policy, Instant until) {

  /// Whether it opens that version to what `policy` says, at `now`.
  public boolean opens(String version, PolicyName objecting, Instant now) {
    return policy == objecting && now.isBefore(until) && range.holds(version);
  }

  /// All of it that a verdict can depend on.
  String identity() {
    return "waiver %d %s %s %s %d".formatted(id, name, range, policy, until.toEpochMilli());
  }
}
