package dev.gatehouse.policy.judge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.policy.decision.NarrowRange;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.decision.VersionDecision.State;
import dev.gatehouse.policy.decision.Waiver;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class JudgeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3_600);
  private static final Facts FACTS = Facts.unknown("left-pad", "1.0.0");

  private static final Reason YOUNG = Reason.of(PolicyName.DELAY, "It is young.");
  private static final Reason EVIL =
      new Reason(PolicyName.MALWARE, "It is malware.", Map.of("advisory", "MAL-1"));
  private static final Verdict HOLD = new Verdict.Hold(LATER, List.of(YOUNG));
  private static final Verdict BLOCK = new Verdict.Block(List.of(EVIL));
  private static final Verdict QUARANTINE = new Verdict.Quarantine(List.of(EVIL));

  /// Says the same of every version.
  private record Says(PolicyName name, Set<FactKind> needs, Function<Facts, Finding> finding)
      implements Policy {
    @Override
    public Finding check(Facts facts, Instant now) {
      return finding.apply(facts);
    }
  }

  private static Rule rule(PolicyName name, Mode mode, Finding finding) {
    return new Rule(new Says(name, Set.of(), _ -> finding), mode, "");
  }

  private static Rule holds(Mode mode) {
    return rule(PolicyName.DELAY, mode, Finding.objection(HOLD));
  }

  private static Rule says(Verdict verdict) {
    return rule(PolicyName.MALWARE, Mode.ENFORCE, Finding.objection(verdict));
  }

  private static Judgement judge(Decisions decisions, Rule... rules) {
    return Judge.judge(new Rules(List.of(rules), decisions), FACTS, NOW);
  }

  private static Decisions waiver(String range, PolicyName policy, Instant until) {
    NarrowRange narrow = requireNonNull(NarrowRange.parse(range));
    var waiver = new Waiver(7, "left-pad", narrow, policy, until);
    return new Decisions(Map.of("left-pad", new Decisions.OfPackage(List.of(waiver), Map.of())));
  }

  private static Decisions decided(State state, String... released) {
    var decision = new VersionDecision(state, "looks odd", Set.of(released));
    return new Decisions(
        Map.of("left-pad", new Decisions.OfPackage(List.of(), Map.of("1.0.0", decision))));
  }

  @Test
  void whatIsEnforcedWithholdsAndWhatIsObservedIsOnlyReported() {
    assertThat(judge(Decisions.NONE, holds(Mode.ENFORCE)).verdict()).isEqualTo(HOLD);
    Judgement observed = judge(Decisions.NONE, holds(Mode.OBSERVE));
    assertThat(observed.verdict()).isEqualTo(Verdict.allow());
    assertThat(observed.observed()).containsExactly(YOUNG);
    assertThat(observed.changesAt()).isNull();
  }

  @Test
  void aPolicyThatIsOffIsNotAsked() {
    Judgement judgement = judge(Decisions.NONE, holds(Mode.OFF));
    assertThat(judgement).isEqualTo(Judge.judge(Rules.NONE, FACTS, NOW));
    assertThat(judgement.allOutcomes())
        .hasSize(PolicyName.values().length)
        .allMatch(outcome -> outcome.state() == Outcome.State.OFF);
  }

  @Test
  void theStricterPolicyWinsAndBothReasonsAreKept() {
    Judgement judgement = judge(Decisions.NONE, holds(Mode.ENFORCE), says(BLOCK));
    assertThat(judgement.verdict()).isEqualTo(new Verdict.Block(List.of(EVIL, YOUNG)));
    assertThat(judgement.changesAt()).isEqualTo(LATER);
  }

  @Test
  void aPolicyThatBreaksWithholds() {
    var broken =
        new Says(
            PolicyName.CUSTOM,
            Set.of(),
            _ -> {
              throw new IllegalStateException("broken");
            });
    Judgement judgement = judge(Decisions.NONE, new Rule(broken, Mode.ENFORCE, ""));
    assertThat(judgement.verdict()).isInstanceOf(Verdict.Quarantine.class);
  }

  @Test
  void aWaiverOpensItsPolicyUntilItEnds() {
    Judgement judgement = judge(waiver("1.0.0", PolicyName.MALWARE, LATER), says(BLOCK));
    assertThat(judgement.verdict()).isEqualTo(Verdict.allow());
    assertThat(judgement.changesAt()).isEqualTo(LATER);
    assertThat(judgement.outcome(PolicyName.MALWARE).state()).isEqualTo(Outcome.State.LIFTED);
    assertThat(judgement.outcome(PolicyName.MALWARE).waiver()).isEqualTo(7);
    assertThat(judge(waiver("1.0.0", PolicyName.MALWARE, NOW), says(BLOCK)).verdict())
        .isEqualTo(BLOCK);
  }

  @Test
  void aWaiverOpensNoOtherPolicyAndNoOtherVersion() {
    assertThat(judge(waiver("1.0.0", PolicyName.DELAY, LATER), says(BLOCK)).verdict())
        .isEqualTo(BLOCK);
    assertThat(judge(waiver("1.0.1", PolicyName.MALWARE, LATER), says(BLOCK)).verdict())
        .isEqualTo(BLOCK);
  }

  @Test
  void whatAPersonQuarantinedOrDeletedStaysWithheld() {
    for (State state : List.of(State.QUARANTINED, State.DELETED)) {
      Judgement judgement = judge(decided(state));
      assertThat(judgement.verdict()).isInstanceOf(Verdict.Quarantine.class);
      assertThat(judgement.verdict().reasons().getFirst().sentence()).contains("looks odd");
    }
  }

  @Test
  void aReleaseLiftsTheQuarantineThatThePersonSawAndNoBlock() {
    assertThat(judge(decided(State.RELEASED, "malware:MAL-1"), says(QUARANTINE)).verdict())
        .isEqualTo(Verdict.allow());
    assertThat(judge(decided(State.RELEASED, "malware:MAL-2"), says(QUARANTINE)).verdict())
        .isEqualTo(QUARANTINE);
    assertThat(judge(decided(State.RELEASED, "malware:MAL-1"), says(BLOCK)).verdict())
        .isEqualTo(BLOCK);
  }

  @Test
  void whatIsPendingWithholdsNothingAndIsToldApart() {
    Finding waiting = new Finding.Waiting(Set.of(FactKind.SCANNED));
    Judgement judgement = judge(Decisions.NONE, rule(PolicyName.SCANNED, Mode.ENFORCE, waiting));
    assertThat(judgement.verdict()).isEqualTo(Verdict.allow());
    assertThat(judgement.pending()).isTrue();
    assertThat(judge(Decisions.NONE, holds(Mode.ENFORCE)).pending()).isFalse();
  }

  @Test
  void theTarballIsNeededOnlyIfAnEnforcedPolicyLooksIntoIt() {
    var looksInside = new Says(PolicyName.SCANNED, Set.of(FactKind.SCANNED), _ -> Finding.PASSED);
    assertThat(new Rules(List.of(new Rule(looksInside, Mode.ENFORCE, "")), Decisions.NONE))
        .satisfies(rules -> assertThat(rules.needsTarball()).isTrue())
        .satisfies(rules -> assertThat(rules.needs()).containsExactly(FactKind.SCANNED));
    assertThat(new Rules(List.of(new Rule(looksInside, Mode.OBSERVE, "")), Decisions.NONE))
        .satisfies(rules -> assertThat(rules.needsTarball()).isFalse());
    assertThat(Rules.NONE.needs()).isEmpty();
  }

  @Test
  void theIdentityTellsApartWhatCouldJudgeDifferently() {
    Rules plain = new Rules(List.of(holds(Mode.ENFORCE)), Decisions.NONE);
    Rules observed = new Rules(List.of(holds(Mode.OBSERVE)), Decisions.NONE);
    Rules waived =
        new Rules(List.of(holds(Mode.ENFORCE)), waiver("1.0.0", PolicyName.DELAY, LATER));
    assertThat(plain.identity("left-pad"))
        .isNotEqualTo(observed.identity("left-pad"))
        .isNotEqualTo(waived.identity("left-pad"))
        .isEqualTo(new Rules(List.of(holds(Mode.ENFORCE)), Decisions.NONE).identity("left-pad"))
        .isEqualTo(waived.identity("react"));
  }
}
