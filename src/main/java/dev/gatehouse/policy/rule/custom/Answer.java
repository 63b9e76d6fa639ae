package dev.gatehouse.policy.rule.custom;

import dev.gatehouse.policy.fact.FactKind;
import java.util.Set;

/// What an expression says of one version.
sealed interface Answer {
  /// It is true.
  record Fits() implements Answer {}

  /// It is false.
  record DoesNot() implements Answer {}

  /// It depends on facts that are pending.
  record Open(Set<FactKind> kinds) implements Answer {
    /// Keeps its own copy.
    public Open {
      kinds = Set.copyOf(kinds);
    }
  }

  /// It depends on a fact that is missing, which it calls so.
  record Unknown(String variable) implements Answer {}

  /// It came to no answer, for a reason in a few words.
  record Failed(String why) implements Answer {}
}
