package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.pattern.PatternList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Withholds versions that run code when they are installed.
public final class InstallScripts implements Policy {
  private final Settings settings;
  private final PatternList allow;

  /// Its settings.
  ///
  /// @param action what is done with a version that runs code
  /// @param allow patterns of versions that may
  /// @param implicit whether a `binding.gyp`, which makes installing compile, counts too: this
  ///   needs the tarball
  /// @param missing what is done where nobody can say
  /// @param hosted whether what is published here is judged too
  public record Settings(
      Action action, List<String> allow, boolean implicit, Action missing, boolean hosted) {
    /// Quarantined, and `binding.gyp` counts.
    public static final Settings DEFAULT =
        new Settings(Action.QUARANTINE, List.of(), true, Action.QUARANTINE, false);

    /// Keeps its own copy.
    public Settings {
      allow = List.copyOf(allow);
    }
  }

  /// The policy with these settings.
  public InstallScripts(Settings settings) {
    this.settings = settings;
    this.allow = PatternList.parse(settings.allow());
  }

  @Override
  public PolicyName name() {
    return PolicyName.INSTALL_SCRIPTS;
  }

  @Override
  public Set<FactKind> needs() {
    return settings.implicit()
        ? Set.of(FactKind.SCRIPTS, FactKind.IMPLICIT_BUILD)
        : Set.of(FactKind.SCRIPTS);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if ((facts.subject().hosted() && !settings.hosted()) || allow.allows(facts.subject())) {
      return Finding.PASSED;
    }
    var findings = new Findings(name(), facts.subject(), settings.missing());
    findings.look(
        FactKind.SCRIPTS,
        facts.manifest().scripts(),
        "Which scripts run at the installation",
        scripts -> scripts(facts, scripts, findings));
    if (settings.implicit()) {
      findings.look(
          FactKind.IMPLICIT_BUILD,
          facts.contents().implicitBuild(),
          "Whether there is a binding.gyp in the tarball",
          builds -> implicit(facts, builds, findings));
    }
    return findings.finding();
  }

  private void scripts(Facts facts, Set<String> scripts, Findings findings) {
    if (!scripts.isEmpty()) {
      String names = String.join(", ", scripts.stream().sorted().toList());
      findings.add(
          settings.action(),
          facts.subject() + " runs code when it is installed: " + names + ".",
          Map.of("scripts", names));
    }
  }

  private void implicit(Facts facts, boolean builds, Findings findings) {
    if (builds) {
      findings.add(
          settings.action(),
          facts.subject() + " compiles when it is installed: it has a binding.gyp.",
          Map.of("cause", "binding.gyp"));
    }
  }
}
