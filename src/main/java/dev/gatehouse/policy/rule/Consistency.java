package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.Contents.Difference;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Withholds versions that are not what they seem: a manifest unlike the package.json in the
/// tarball, or the same version with other bytes elsewhere.
public record Consistency(Settings settings) implements Policy {

  /// Its settings.
  ///
  /// @param manifest what is done if manifest and package.json differ: this needs the tarball
  /// @param bytes what is done if another source has the version with other bytes
  /// @param missing what is done where nobody can say
  /// @param hosted whether what is published here is judged too
  public record Settings(Action manifest, Action bytes, Action missing, boolean hosted) {
    /// Differences are quarantined, other bytes blocked.
    public static final Settings DEFAULT =
        new Settings(Action.QUARANTINE, Action.BLOCK, Action.QUARANTINE, false);
  }

  @Override
  public PolicyName name() {
    return PolicyName.CONSISTENCY;
  }

  @Override
  public Set<FactKind> needs() {
    Set<FactKind> needs = EnumSet.noneOf(FactKind.class);
    if (settings.manifest() != Action.ALLOW) {
      needs.add(FactKind.DIFFERENCES);
    }
    if (settings.bytes() != Action.ALLOW) {
      needs.add(FactKind.OTHER_BYTES);
    }
    return needs;
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if (facts.subject().hosted() && !settings.hosted()) {
      return Finding.PASSED;
    }
    var findings = new Findings(name(), facts.subject(), settings.missing());
    if (settings.manifest() != Action.ALLOW) {
      findings.look(
          FactKind.DIFFERENCES,
          facts.contents().differences(),
          "Whether manifest and package.json agree",
          differences -> differences(facts, differences, findings));
    }
    if (settings.bytes() != Action.ALLOW) {
      findings.look(
          FactKind.OTHER_BYTES,
          facts.contents().otherBytes(),
          "Whether another source has other bytes",
          elsewhere -> elsewhere(facts, elsewhere, findings));
    }
    return findings.finding();
  }

  private void differences(Facts facts, List<Difference> differences, Findings findings) {
    for (Difference one : differences) {
      findings.add(
          settings.manifest(),
          "The registry's manifest of "
              + facts.subject()
              + " has another \""
              + one.field()
              + "\" than the package.json in its tarball.",
          Map.of("cause", one.field(), "manifest", one.manifest(), "tarball", one.tarball()));
    }
  }

  private void elsewhere(Facts facts, List<String> elsewhere, Findings findings) {
    if (!elsewhere.isEmpty()) {
      String where = String.join(", ", elsewhere);
      findings.add(
          settings.bytes(),
          facts.subject() + " has other bytes at " + where + ".",
          Map.of("cause", "other-bytes", "elsewhere", where));
    }
  }
}
