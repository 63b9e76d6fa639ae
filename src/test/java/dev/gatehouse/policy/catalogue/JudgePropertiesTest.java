package dev.gatehouse.policy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.decision.Decisions;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.judge.Judge;
import dev.gatehouse.policy.judge.Judgement;
import dev.gatehouse.policy.judge.Outcome;
import dev.gatehouse.policy.judge.Rule;
import dev.gatehouse.policy.judge.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for all facts and rules.
final class JudgePropertiesTest {
  private static final int ROUNDS = 5_000;
  private static final Instant NOW = RandomFacts.NOW;

  private static Rule rule(PolicyName policy, Mode mode) {
    ObjectNode settings = Catalogue.defaults(policy);
    if (policy == PolicyName.BLOCK_LIST) {
      settings.putArray("list").add("evil*").add("left-pad@^1");
    }
    if (policy == PolicyName.CUSTOM) {
      settings
          .putArray("rules")
          .addObject()
          .put("when", "builds || (size(advisories) > 0 && !('ada' in earlier_publishers))")
          .put("action", "block")
          .put("reason", "We say so");
    }
    return Catalogue.compile(policy, mode, settings);
  }

  private static List<Rule> someRules(Random random) {
    List<Rule> rules = new ArrayList<>();
    for (PolicyName policy : CatalogueTest.policies()) {
      Mode mode = List.of(Mode.values()).get(random.nextInt(3));
      if (policy != PolicyName.FREEZE || mode != Mode.OBSERVE) {
        rules.add(rule(policy, mode));
      }
    }
    return rules;
  }

  private static Judgement judge(List<Rule> rules, Facts facts) {
    return Judge.judge(new Rules(rules, Decisions.NONE), facts, NOW);
  }

  @Test
  void theSameRulesFactsAndTimeGiveTheSameJudgement() {
    var random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      List<Rule> rules = someRules(random);
      Facts facts = RandomFacts.of(random);
      assertThat(judge(rules, facts)).isEqualTo(judge(rules, facts));
    }
  }

  @Test
  void oneMoreEnforcedPolicyNeverOpensAnything() {
    var random = new Random(2);
    for (int round = 0; round < ROUNDS; round++) {
      List<Rule> rules = someRules(random);
      Facts facts = RandomFacts.of(random);
      List<Rule> fewer = rules.subList(0, random.nextInt(rules.size()));
      Verdict strict = judge(rules, facts).verdict();
      Verdict mild = judge(fewer, facts).verdict();
      assertThat(strictness(strict)).isGreaterThanOrEqualTo(strictness(mild));
      assertThat(strict.reasons()).containsAll(mild.reasons());
    }
  }

  @Test
  void theVerdictIsThatOfTheEnforcedPoliciesAlone() {
    var random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      List<Rule> rules = someRules(random);
      Facts facts = RandomFacts.of(random);
      Judgement judgement = judge(rules, facts);
      Judgement enforced =
          judge(rules.stream().filter(one -> one.mode() == Mode.ENFORCE).toList(), facts);
      assertThat(judgement.verdict()).isEqualTo(enforced.verdict());
      assertThat(judgement.verdict().withholds())
          .isEqualTo(
              judgement.outcomes().stream()
                  .anyMatch(one -> one.state() == Outcome.State.WITHHOLDS));
      assertThat(judgement.verdict().reasons()).allMatch(JudgePropertiesTest::isComplete);
    }
  }

  @Test
  void untilItChangesByTimeItDoesNot() {
    var random = new Random(4);
    int holds = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Rule> rules = List.of(rule(PolicyName.DELAY, Mode.ENFORCE));
      Facts facts = RandomFacts.of(random);
      Judgement judgement = judge(rules, facts);
      Instant at = judgement.changesAt();
      if (at != null) {
        holds++;
        var compiled = new Rules(rules, Decisions.NONE);
        assertThat(Judge.judge(compiled, facts, at.minusMillis(1)).verdict().withholds()).isTrue();
        assertThat(Judge.judge(compiled, facts, at).verdict().withholds()).isFalse();
      }
    }
    assertThat(holds).isGreaterThan(100);
  }

  private static boolean isComplete(Reason reason) {
    return reason.sentence().endsWith(".") && reason.sentence().contains("@");
  }

  private static int strictness(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> 0;
      case Verdict.Hold _ -> 1;
      case Verdict.Quarantine _ -> 2;
      case Verdict.Block _ -> 3;
    };
  }
}
