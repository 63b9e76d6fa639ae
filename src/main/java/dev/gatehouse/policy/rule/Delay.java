package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.pattern.PatternList;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds young versions of others: most malware is found within days.
public final class Delay implements Policy {
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(90);

  private final Settings settings;
  private final PatternList exempt;

  /// Its settings.
  ///
  /// @param age how old a version must be: a minute to 90 days
  /// @param exempt patterns of packages that need not wait
  /// @param fixes whether a version passes early that fixes what an advisory says of the version
  ///   that clients would get without it
  /// @param missing what is done if it is not known when a version was published
  public record Settings(Duration age, List<String> exempt, boolean fixes, Action missing) {
    /// Three days.
    public static final Settings DEFAULT =
        new Settings(Duration.ofDays(3), List.of(), true, Action.QUARANTINE);

    /// Keeps its own copy, and refuses waits out of bounds.
    public Settings {
      exempt = List.copyOf(exempt);
      if (age.compareTo(LEAST) < 0 || age.compareTo(MOST) > 0) {
        throw new ProblemException(
            new Problem.Malformed("A delay is between 1 minute (1m) and 90 days (90d)."));
      }
    }
  }

  /// The policy with these settings.
  public Delay(Settings settings) {
    this.settings = settings;
    this.exempt = PatternList.parse(settings.exempt());
  }

  @Override
  public PolicyName name() {
    return PolicyName.DELAY;
  }

  @Override
  public Set<FactKind> needs() {
    return settings.fixes()
        ? Set.of(FactKind.PUBLISHED, FactKind.FIXES)
        : Set.of(FactKind.PUBLISHED);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if (facts.subject().hosted() || exempt.allows(facts.subject())) {
      return Finding.PASSED;
    }
    return switch (facts.history().published()) {
      case Fact.Known<Instant>(Instant published) -> aged(facts, published, now);
      case Fact.Pending<Instant> _ -> new Finding.Waiting(Set.of(FactKind.PUBLISHED));
      case Fact.Missing<Instant> _ -> settings.missing().finding(unknown(facts));
    };
  }

  private Finding aged(Facts facts, Instant published, Instant now) {
    if (published.isAfter(now)) {
      // A time that has not come is no evidence of age.
      return settings.missing().finding(unknown(facts));
    }
    if (Duration.between(published, now).compareTo(settings.age()) >= 0) {
      return Finding.PASSED;
    }
    List<Advisories.Fix> fixes = facts.advisories().fixes().orNull();
    if (settings.fixes() && fixes != null && !fixes.isEmpty()) {
      return new Finding.Passed(early(facts, fixes.getFirst()));
    }
    Instant until = published.plus(settings.age());
    return Finding.objection(new Verdict.Hold(until, List.of(young(facts, published, until))));
  }

  /// Absolute times: rendered documents keep the sentence.
  private Reason young(Facts facts, Instant published, Instant until) {
    String sentence =
        facts.subject()
            + " was published at "
            + Words.instant(published)
            + "; this registry waits "
            + Words.span(settings.age())
            + ", until "
            + Words.instant(until)
            + ".";
    return new Reason(
        name(),
        sentence,
        Map.of("published", Words.instant(published), "until", Words.instant(until)));
  }

  private Reason early(Facts facts, Advisories.Fix fix) {
    return new Reason(
        name(),
        "%s need not wait: it fixes %s, which touches %s."
            .formatted(facts.subject(), fix.id(), fix.relieves()),
        Map.of("advisory", fix.id(), "relieves", fix.relieves()));
  }

  private Reason unknown(Facts facts) {
    return new Reason(
        name(),
        "It is not known when " + facts.subject() + " was published.",
        Map.of("cause", "no-published"));
  }
}
