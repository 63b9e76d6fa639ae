package dev.gatehouse.policy.rule.advisory;

import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Advisories.Hit;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Policy;
import java.time.Instant;
import java.util.Set;

/// Acts on vulnerabilities by how severe they are, by their CVSS score, and by whether a fixed
/// version of the same major number exists. The strictest of these counts.
public record Vulnerabilities(Settings settings) implements Policy {

  /// Its settings.
  ///
  /// @param severity what is done at each severity
  /// @param score what is done from a CVSS score on
  /// @param fixable what is done where a fixed version of the same major number exists
  /// @param missing what is done where nobody can say
  /// @param internal whether advisories of feeds count for internal packages too
  public record Settings(
      Levels severity, Score score, Action fixable, Action missing, boolean internal) {
    /// Critical ones are quarantined.
    public static final Settings DEFAULT =
        new Settings(
            new Levels(Action.QUARANTINE, Action.FLAG, Action.FLAG, Action.FLAG, Action.FLAG),
            new Score(10.0, Action.FLAG),
            Action.ALLOW,
            Action.QUARANTINE,
            false);
  }

  /// What is done at each severity.
  public record Levels(Action critical, Action high, Action moderate, Action low, Action unknown) {
    Action at(Advisories.Severity severity) {
      return switch (severity) {
        case CRITICAL -> critical;
        case HIGH -> high;
        case MODERATE -> moderate;
        case LOW -> low;
        case UNKNOWN -> unknown;
      };
    }
  }

  /// What is done from that CVSS base score on.
  public record Score(double atLeast, Action action) {}

  @Override
  public PolicyName name() {
    return PolicyName.VULNERABILITIES;
  }

  @Override
  public Set<FactKind> needs() {
    return Set.of(FactKind.ADVISORIES);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    return new Hits(name(), Advisories.Kind.VULNERABILITY, settings.missing(), settings.internal())
        .check(facts, hit -> response(facts.subject().version(), hit));
  }

  private Action response(String version, Hit hit) {
    Action action = settings.severity().at(hit.rating().severity());
    Double score = hit.rating().score();
    if (score != null && score >= settings.score().atLeast()) {
      action = action.or(settings.score().action());
    }
    return settings.fixable() != Action.ALLOW && isFixable(version, hit)
        ? action.or(settings.fixable())
        : action;
  }

  private static boolean isFixable(String text, Hit hit) {
    Version version = Version.parse(text);
    for (String fixed : hit.fixed()) {
      Version fix = Version.parse(fixed);
      if (version != null
          && fix != null
          && fix.major() == version.major()
          && fix.compareTo(version) > 0) {
        return true;
      }
    }
    return false;
  }
}
