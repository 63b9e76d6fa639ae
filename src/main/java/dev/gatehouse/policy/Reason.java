package dev.gatehouse.policy;

import java.util.Map;

/// Why a policy objects.
///
/// @param policy which one
/// @param sentence for people, complete: "left-pad@1.3.0 was published at 2026-…; …"
/// @param evidence what the sentence rests on, by short names: `advisory`, `published`
public record Reason(PolicyName policy, String sentence, Map<String, String> evidence) {
  /// Keeps its own copy.
  public Reason {
    evidence = Map.copyOf(evidence);
  }

  /// A reason whose sentence says it all.
  public static Reason of(PolicyName policy, String sentence) {
    return new Reason(policy, sentence, Map.of());
  }

  /// What is the matter, the same each time it is found: the policy, and what it names of
  /// `advisory` or `cause`. A release lifts causes, not sentences.
  public String cause() {
    String detail = evidence.getOrDefault("advisory", evidence.get("cause"));
    return detail == null ? policy.text() : policy.text() + ":" + detail;
  }
}
