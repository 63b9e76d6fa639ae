package dev.gatehouse.policy.store;

import dev.gatehouse.policy.PolicyName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A waiver with its whole story.
///
/// @param decision who approved, refused or revoked it, and when; null while it is asked for
public record StoredWaiver(
    long id, Request request, State state, Step asked, @Nullable Step decision) {

  /// What is asked for.
  ///
  /// @param name the package, exactly
  /// @param range versions, or a range of them; never read wider than it is written
  /// @param policy which policy shall not withhold them
  /// @param reason why
  /// @param until when it ends
  public record Request(
      String name, String range, PolicyName policy, String reason, Instant until) {}

  /// Who did something, and when.
  public record Step(Instant at, String by) {}

  /// What became of a request.
  public enum State {
    /// Nobody has decided.
    ASKED,
    /// It is in force until it ends.
    APPROVED,
    /// It never was in force.
    REFUSED,
    /// It is in force no longer.
    REVOKED
  }
}
