package dev.gatehouse.policy.judge;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// What became of one policy's finding about one version.
///
/// @param policy which policy
/// @param mode how the registry has it
/// @param finding what the policy said
/// @param lifted the part of its objection that a waiver or release lifts, else [Verdict.Allow]
/// @param waiver the waiver that lifts it, or null
public record Outcome(
    PolicyName policy, Mode mode, Finding finding, Verdict lifted, @Nullable Long waiver) {

  /// How a page shows it.
  public enum State {
    /// The policy is off.
    OFF,
    /// It has nothing to object to.
    PASSED,
    /// It objects and is only observed.
    WOULD_WITHHOLD,
    /// It objects, and the version is withheld.
    WITHHOLDS,
    /// It objects, and a waiver or release lifts that.
    LIFTED,
    /// It cannot tell before the tarball is here.
    PENDING
  }

  static Outcome of(Rule rule, Finding finding) {
    return new Outcome(rule.policy().name(), rule.mode(), finding, Verdict.allow(), null);
  }

  static Outcome off(PolicyName policy) {
    return new Outcome(policy, Mode.OFF, Finding.PASSED, Verdict.allow(), null);
  }

  /// How a page shows it.
  public State state() {
    return switch (finding) {
      case Finding.Passed _ -> mode == Mode.OFF ? State.OFF : State.PASSED;
      case Finding.Waiting _ -> State.PENDING;
      case Finding.Objection objection -> stateOf(objection);
    };
  }

  private State stateOf(Finding.Objection objection) {
    if (lifted.reasons().size() == objection.verdict().reasons().size()) {
      return State.LIFTED;
    }
    return mode == Mode.ENFORCE ? State.WITHHOLDS : State.WOULD_WITHHOLD;
  }
}
