package dev.gatehouse.policy.catalogue;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Policy;
import java.time.Instant;
import java.util.Set;

/// A policy whose stored settings this program cannot read, as after going back to an older one:
/// nobody knows what it would say, so it objects to everything.
public record Unreadable(PolicyName name) implements Policy {
  @Override
  public Set<FactKind> needs() {
    return Set.of();
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    return Action.QUARANTINE.finding(
        Reason.of(
            name,
            "The settings of the policy %s cannot be read, so %s is withheld: set it anew."
                .formatted(name, facts.subject())));
  }
}
