package dev.gatehouse.policy.judge;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.decision.Waiver;
import dev.gatehouse.policy.fact.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one judge. Pure and total: the same rules, facts and time give the same judgement, and a
/// policy that breaks counts as one that objects.
public final class Judge {
  private final Facts facts;
  private final Instant now;
  private final Decisions.OfPackage decided;
  private final List<Outcome> outcomes;
  private Verdict verdict = Verdict.allow();
  private @Nullable Instant changesAt;

  private Judge(Rules rules, Facts facts, Instant now) {
    this.facts = facts;
    this.now = now;
    this.decided = rules.decisions().of(facts.subject().name());
    this.outcomes = new ArrayList<>(rules.active().size() + 1);
  }

  /// Judges the version that `facts` are of, as it stands at `now`.
  public static Judgement judge(Rules rules, Facts facts, Instant now) {
    var judge = new Judge(rules, facts, now);
    judge.decide();
    rules.active().forEach(judge::apply);
    return new Judgement(judge.verdict, judge.outcomes, judge.changesAt);
  }

  /// What a person decided about this very version.
  private void decide() {
    VersionDecision decision = decided.version(facts.subject().version());
    if (decision == null || decision.state() == VersionDecision.State.RELEASED) {
      return;
    }
    String what =
        decision.state() == VersionDecision.State.DELETED ? "deleted here" : "quarantined here";
    var reason =
        new Reason(
            PolicyName.DECISION,
            "%s was %s by a person: %s".formatted(facts.subject(), what, decision.reason()),
            Map.of("state", decision.state().name()));
    var quarantine = new Verdict.Quarantine(List.of(reason));
    verdict = quarantine;
    outcomes.add(
        new Outcome(
            PolicyName.DECISION,
            Mode.ENFORCE,
            Finding.objection(quarantine),
            Verdict.allow(),
            null));
  }

  private void apply(Rule rule) {
    Finding finding = check(rule);
    Outcome outcome =
        finding instanceof Finding.Objection(var verdicts)
            ? objection(rule, finding, verdicts)
            : Outcome.of(rule, finding);
    outcomes.add(outcome);
  }

  private Finding check(Rule rule) {
    try {
      return rule.policy().check(facts, now);
    } catch (RuntimeException | StackOverflowError broken) {
      PolicyName name = rule.policy().name();
      return Finding.objection(
          new Verdict.Quarantine(
              List.of(
                  new Reason(
                      name,
                      "The policy %s could not judge %s, so it is withheld: tell who runs this registry."
                          .formatted(name, facts.subject()),
                      Map.of("fault", broken.getClass().getSimpleName())))));
    }
  }

  private Outcome objection(Rule rule, Finding finding, List<Verdict> verdicts) {
    Waiver waiver = waiver(rule.policy().name());
    Verdict lifted = Verdict.allow();
    Verdict kept = Verdict.allow();
    for (Verdict one : verdicts) {
      if (waiver != null || released(one)) {
        lifted = lifted.and(one);
      } else {
        kept = kept.and(one);
      }
    }
    if (rule.mode() == Mode.ENFORCE) {
      verdict = verdict.and(kept);
      if (kept instanceof Verdict.Hold(Instant until, _)) {
        mayChange(until);
      }
      if (waiver != null) {
        mayChange(waiver.until());
      }
    }
    Long by = waiver == null ? null : waiver.id();
    return new Outcome(rule.policy().name(), rule.mode(), finding, lifted, by);
  }

  /// Of several, the one that is in force longest.
  private @Nullable Waiver waiver(PolicyName policy) {
    Waiver longest = null;
    for (Waiver one : decided.waivers()) {
      if (one.opens(facts.subject().version(), policy, now)
          && (longest == null || one.until().isAfter(longest.until()))) {
        longest = one;
      }
    }
    return longest;
  }

  /// A release lifts quarantine alone, and only for the causes that the person saw.
  private boolean released(Verdict one) {
    VersionDecision decision = decided.version(facts.subject().version());
    return one instanceof Verdict.Quarantine(var reasons)
        && decision != null
        && decision.state() == VersionDecision.State.RELEASED
        && reasons.stream().allMatch(reason -> decision.released().contains(reason.cause()));
  }

  private void mayChange(Instant at) {
    if (changesAt == null || at.isBefore(changesAt)) {
      changesAt = at;
    }
  }
}
