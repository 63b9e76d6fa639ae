package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.Subject;
import java.time.Instant;
import java.util.Set;

/// The registry is read-only: it serves what is here and asks no upstream. Whoever writes asks
/// whether this is enforced; there is nothing to observe.
public record Freeze() implements Policy {

  /// It has no settings.
  public record Settings() {
    /// None.
    public static final Settings DEFAULT = new Settings();
  }

  @Override
  public PolicyName name() {
    return PolicyName.FREEZE;
  }

  @Override
  public Set<FactKind> needs() {
    return Set.of();
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    return facts.subject().place() == Subject.Place.UPSTREAM
        ? Action.BLOCK.finding(
            Reason.of(
                name(),
                facts.subject()
                    + " is not here, and this registry is frozen: it takes nothing in."))
        : Finding.PASSED;
  }
}
