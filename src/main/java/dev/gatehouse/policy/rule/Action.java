package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import java.util.List;

/// What a setting says is to be done; later is stricter.
public enum Action {
  /// Nothing.
  ALLOW,
  /// Warn, and serve.
  FLAG,
  /// Withhold until a person decides.
  QUARANTINE,
  /// Withhold.
  BLOCK;

  /// This action, done for `reason`.
  public Finding finding(Reason reason) {
    return switch (this) {
      case ALLOW -> Finding.PASSED;
      case FLAG -> new Finding.Passed(reason);
      case QUARANTINE, BLOCK -> Finding.objection(verdict(reason));
    };
  }

  /// What becomes of a version for `reason`.
  public Verdict verdict(Reason reason) {
    return switch (this) {
      case ALLOW, FLAG -> Verdict.allow();
      case QUARANTINE -> new Verdict.Quarantine(List.of(reason));
      case BLOCK -> new Verdict.Block(List.of(reason));
    };
  }

  /// The stricter of both.
  public Action or(Action other) {
    return compareTo(other) < 0 ? other : this;
  }
}
