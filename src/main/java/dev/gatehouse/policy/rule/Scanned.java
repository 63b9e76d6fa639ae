package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// Only what has been scanned may enter. The tarball is received and scanned before its first byte
/// is served.
public record Scanned(Settings settings) implements Policy {

  /// Its settings.
  ///
  /// @param action what is done with what could not be scanned to its end
  /// @param missing what is done where nobody can say
  /// @param hosted whether what is published here is judged too
  public record Settings(Action action, Action missing, boolean hosted) {
    /// Quarantined.
    public static final Settings DEFAULT =
        new Settings(Action.QUARANTINE, Action.QUARANTINE, false);
  }

  @Override
  public PolicyName name() {
    return PolicyName.SCANNED;
  }

  @Override
  public Set<FactKind> needs() {
    return Set.of(FactKind.SCANNED);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if (facts.subject().hosted() && !settings.hosted()) {
      return Finding.PASSED;
    }
    var findings = new Findings(name(), facts.subject(), settings.missing());
    return findings
        .look(
            FactKind.SCANNED,
            facts.contents().scan().scanned(),
            "What a scan would find in the tarball",
            scanned -> {
              if (!scanned) {
                findings.add(
                    settings.action(),
                    facts.subject() + " has not been scanned to its end.",
                    Map.of());
              }
            })
        .finding();
  }
}
