package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import java.time.Instant;
import java.util.Set;

/// A policy with its settings, compiled. Pure: the same facts at the same time give the same
/// finding.
public interface Policy {

  /// Which one.
  PolicyName name();

  /// The facts that its findings depend on.
  Set<FactKind> needs();

  /// What it says of a version at `now`.
  Finding check(Facts facts, Instant now);
}
