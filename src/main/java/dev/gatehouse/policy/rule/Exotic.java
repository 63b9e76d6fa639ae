package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.Manifest.ExoticDependency;
import dev.gatehouse.policy.rule.pattern.PatternList;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Withholds versions with dependencies by git, URL or file: no registry judges those.
public final class Exotic implements Policy {
  private final Settings settings;
  private final PatternList allow;

  /// Its settings.
  ///
  /// @param action what is done with such a version
  /// @param origins which dependencies count
  /// @param allow patterns of versions that may have them
  /// @param missing what is done where nobody can say
  /// @param hosted whether what is published here is judged too
  public record Settings(
      Action action,
      Set<ExoticDependency.Origin> origins,
      List<String> allow,
      Action missing,
      boolean hosted) {
    /// All of them, quarantined.
    public static final Settings DEFAULT =
        new Settings(
            Action.QUARANTINE,
            Set.of(ExoticDependency.Origin.values()),
            List.of(),
            Action.QUARANTINE,
            false);

    /// Keeps its own copies.
    public Settings {
      origins = Set.copyOf(origins);
      allow = List.copyOf(allow);
    }
  }

  /// The policy with these settings.
  public Exotic(Settings settings) {
    this.settings = settings;
    this.allow = PatternList.parse(settings.allow());
  }

  @Override
  public PolicyName name() {
    return PolicyName.EXOTIC;
  }

  @Override
  public Set<FactKind> needs() {
    return Set.of(FactKind.EXOTIC);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if ((facts.subject().hosted() && !settings.hosted()) || allow.allows(facts.subject())) {
      return Finding.PASSED;
    }
    var findings = new Findings(name(), facts.subject(), settings.missing());
    return findings
        .look(
            FactKind.EXOTIC,
            facts.manifest().exotic(),
            "Where each dependency comes from",
            exotic -> exotic(facts, exotic, findings))
        .finding();
  }

  private void exotic(Facts facts, List<ExoticDependency> exotic, Findings findings) {
    for (ExoticDependency one : exotic) {
      if (settings.origins().contains(one.origin())) {
        findings.add(
            settings.action(),
            facts.subject()
                + " depends on \""
                + one.name()
                + "\" by "
                + one.origin().name().toLowerCase(Locale.ROOT)
                + ", not from a registry: "
                + one.spec()
                + ".",
            Map.of("dependency", one.name(), "spec", one.spec(), "cause", one.name()));
      }
    }
  }
}
