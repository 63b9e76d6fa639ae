package dev.gatehouse.policy.decision;

import java.util.Set;

/// What a person decided about one version.
///
/// @param state what was decided
/// @param reason in the person's words
/// @param released the causes that a release lifts ([dev.gatehouse.policy.Reason#cause]); others
///   that come later are not lifted
public record VersionDecision(State state, String reason, Set<String> released) {
  /// Keeps its own copy.
  public VersionDecision {
    released = Set.copyOf(released);
  }

  /// What can be decided.
  public enum State {
    /// Withheld until somebody releases it.
    QUARANTINED,
    /// Its bytes were deleted while it was quarantined; withheld until somebody releases it.
    DELETED,
    /// What quarantined it does so no longer.
    RELEASED
  }
}
