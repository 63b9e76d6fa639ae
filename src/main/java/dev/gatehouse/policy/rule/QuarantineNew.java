package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.pattern.PatternList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything new waits for a person.
public final class QuarantineNew implements Policy {
  private final Settings settings;
  private final PatternList exempt;

  /// Its settings.
  ///
  /// @param since what was published before is not new; 1970 makes everything new
  /// @param exempt patterns of versions that need nobody
  /// @param missing what is done if it is not known when a version was published
  /// @param hosted whether what is published here waits too
  public record Settings(Instant since, List<String> exempt, Action missing, boolean hosted) {
    /// Everything of others.
    public static final Settings DEFAULT =
        new Settings(Instant.EPOCH, List.of(), Action.QUARANTINE, false);

    /// Keeps its own copy.
    public Settings {
      exempt = List.copyOf(exempt);
    }
  }

  /// The policy with these settings.
  public QuarantineNew(Settings settings) {
    this.settings = settings;
    this.exempt = PatternList.parse(settings.exempt());
  }

  @Override
  public PolicyName name() {
    return PolicyName.QUARANTINE_NEW;
  }

  @Override
  public Set<FactKind> needs() {
    return settings.since().equals(Instant.EPOCH) ? Set.of() : Set.of(FactKind.PUBLISHED);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if ((facts.subject().hosted() && !settings.hosted()) || exempt.allows(facts.subject())) {
      return Finding.PASSED;
    }
    if (settings.since().equals(Instant.EPOCH)) {
      return isNew(facts, Action.QUARANTINE, "is new");
    }
    return switch (facts.history().published()) {
      case Fact.Known<Instant>(Instant published) ->
          published.isBefore(settings.since())
              ? Finding.PASSED
              : isNew(facts, Action.QUARANTINE, "is new");
      case Fact.Pending<Instant> _ -> new Finding.Waiting(Set.of(FactKind.PUBLISHED));
      case Fact.Missing<Instant> _ -> isNew(facts, settings.missing(), "may be new");
    };
  }

  private Finding isNew(Facts facts, Action action, String what) {
    return action.finding(
        new Reason(
            name(),
            facts.subject() + " " + what + ": here, somebody has to release what is new.",
            Map.of()));
  }
}
