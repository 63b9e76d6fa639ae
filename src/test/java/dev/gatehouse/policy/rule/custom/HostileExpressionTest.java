package dev.gatehouse.policy.rule.custom;

import static dev.gatehouse.policy.rule.Sample.FACTS;
import static dev.gatehouse.policy.rule.Sample.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.fact.History.Earlier;
import dev.gatehouse.policy.fact.History.Publication;
import dev.gatehouse.policy.fact.History.Trust;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.custom.Custom.Rule;
import dev.gatehouse.policy.rule.custom.Custom.Settings;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Expressions and facts made to be slow or large. The bounds count steps, so that none of these
/// depends on the time; each would run for hours, or out of memory, without its bound.
@Timeout(60)
final class HostileExpressionTest {
  private static final String NUMBERS =
      IntStream.range(0, 200).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));

  private static Custom policy(String when) {
    return new Custom(
        new Settings(
            List.of(new Rule(when, Action.BLOCK, "We say so")),
            Action.QUARANTINE,
            Action.QUARANTINE,
            false));
  }

  private static void refused(String when, String why) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> policy(when))
        .withMessageContaining(why);
  }

  private static Facts published(String publisher, Set<String> earlier) {
    return FACTS.with(
        History.NONE
            .withPublication(Fact.known(new Publication(publisher, Trust.NONE)))
            .withEarlier(Fact.known(new Earlier(Trust.NONE, earlier))));
  }

  @Test
  void depthIsBounded() {
    refused("(".repeat(900) + "true" + ")".repeat(900), "cannot be used");
    refused("!(".repeat(500) + "true" + ")".repeat(500), "cannot be used");
    refused("true ? ".repeat(100) + "true" + " : false".repeat(100), "cannot be used");
    refused("[".repeat(900) + "]".repeat(900) + " == []", "cannot be used");
  }

  @Test
  void lengthIsBounded() {
    refused("name == '" + "x".repeat(5_000) + "'", "cannot be used");
    refused("true" + " && true".repeat(100_000), "cannot be used");
  }

  @Test
  void loopsWithinLoopsEndWithoutAnAnswer() {
    String twice = NUMBERS + ".all(a, " + NUMBERS + ".all(b, a + b >= 0))";
    assertThat(word(policy(twice), FACTS)).isEqualTo("quarantine");
  }

  @Test
  void valuesDoNotDouble() {
    refused("['x']" + ".map(a, a + a)".repeat(100) + " == ['x']", "cannot be used");
    refused("[0].all(a, [[a, a]].all(b, [[b, b]].all(c, c == c)))", "written out");
    refused("name + name == name", "cannot be used here");
  }

  @Test
  void regularExpressionsAreLinearAndSmall() {
    Facts long1000 = published("a".repeat(1_000), Set.of());
    assertThat(word(policy("publisher.matches('^(a+)+$')"), long1000)).isEqualTo("block");
    assertThat(word(policy("publisher.matches('^(a|a)*b$')"), long1000)).isEqualTo("pass");
    refused("name.matches('((a{99}){99}){99}')", "too large");
    refused("name.matches('(((a{2}{9}){9}){9}){9}')", "cannot be used");
    refused("name.matches('" + "(a|b)*".repeat(100) + "')", "too large");
  }

  @Test
  void whatStrangersMakeTooLargeIsNotAskedAbout() {
    Facts longName = published("a".repeat(1_001), Set.of());
    assertThat(word(policy("publisher.contains('b')"), longName)).isEqualTo("quarantine");
    Set<String> many =
        IntStream.range(0, 2_001)
            .mapToObj(String::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(word(policy("'x' in earlier_publishers"), published("x", many)))
        .isEqualTo("quarantine");
  }
}
