package dev.gatehouse.policy.rule.advisory;

import static dev.gatehouse.policy.rule.Sample.FACTS;
import static dev.gatehouse.policy.rule.Sample.sentences;
import static dev.gatehouse.policy.rule.Sample.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Advisories.Hit;
import dev.gatehouse.policy.fact.Advisories.Kind;
import dev.gatehouse.policy.fact.Advisories.Label;
import dev.gatehouse.policy.fact.Advisories.Rating;
import dev.gatehouse.policy.fact.Advisories.Severity;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.Subject;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Policy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdvisoryRulesTest {
  private static final Policy MALWARE = new Malware(Malware.Settings.DEFAULT);
  private static final Policy VULNERABILITIES =
      new Vulnerabilities(Vulnerabilities.Settings.DEFAULT);

  private static Hit hit(Kind kind, String source, Rating rating, String... fixed) {
    return new Hit(
        new Label("GHSA-1", Set.of("CVE-1"), source, "It hurts"), kind, rating, List.of(fixed));
  }

  private static Facts touched(Hit... hits) {
    return FACTS.with(new Advisories(true, Fact.known(List.of(hits)), Fact.known(List.of())));
  }

  private static Hit flaw(Severity severity, @Nullable Double score, String... fixed) {
    return hit(Kind.VULNERABILITY, "osv", new Rating(severity, score), fixed);
  }

  private static Hit evil(String source) {
    return hit(Kind.MALWARE, source, new Rating(Severity.UNKNOWN, null));
  }

  @Test
  void malwareIsBlockedWithItsAdvisory() {
    assertThat(word(MALWARE, touched(evil("osv")))).isEqualTo("block");
    assertThat(sentences(MALWARE, touched(evil("osv"))))
        .isEqualTo("left-pad@1.3.0 is malware, says GHSA-1: It hurts.");
    assertThat(word(MALWARE, touched(flaw(Severity.CRITICAL, 9.9)))).isEqualTo("pass");
    assertThat(word(VULNERABILITIES, touched(evil("osv")))).isEqualTo("pass");
  }

  @Test
  void feedsDoNotSpeakOfInternalPackagesButOwnAdvisoriesDo() {
    var internal = new Subject("left-pad", "1.3.0", Subject.Place.HOSTED, true);
    assertThat(word(MALWARE, touched(evil("osv")).with(internal))).isEqualTo("pass");
    assertThat(word(MALWARE, touched(evil(Label.OWN)).with(internal))).isEqualTo("block");
    var all = new Malware(new Malware.Settings(Action.BLOCK, Action.BLOCK, true));
    assertThat(word(all, touched(evil("osv")).with(internal))).isEqualTo("block");
  }

  @Test
  void untilAdvisoriesWereImportedNobodyCanTellAndEverybodyIsWarned() {
    assertThat(word(MALWARE, FACTS)).isEqualTo("warn");
    assertThat(word(VULNERABILITIES, FACTS)).isEqualTo("warn");
  }

  @Test
  void afterThatAMissingAnswerCountsAsTheSettingsSay() {
    Facts unknown = FACTS.with(new Advisories(true, Fact.missing(), Fact.missing()));
    assertThat(word(MALWARE, unknown)).isEqualTo("block");
    assertThat(word(VULNERABILITIES, unknown)).isEqualTo("quarantine");
    var lenient = new Malware(new Malware.Settings(Action.BLOCK, Action.ALLOW, false));
    assertThat(word(lenient, unknown)).isEqualTo("pass");
    Facts pending = FACTS.with(new Advisories(true, Fact.pending(), Fact.pending()));
    assertThat(word(MALWARE, pending)).isEqualTo("wait");
  }

  @ParameterizedTest
  @CsvSource({
    "CRITICAL, quarantine",
    "HIGH, warn",
    "MODERATE, warn",
    "LOW, warn",
    "UNKNOWN, warn",
  })
  void bySeverity(Severity severity, String expected) {
    assertThat(word(VULNERABILITIES, touched(flaw(severity, null)))).isEqualTo(expected);
  }

  @Test
  void byScore() {
    Policy strict = policy(new Vulnerabilities.Score(7.0, Action.BLOCK), Action.ALLOW);
    assertThat(word(strict, touched(flaw(Severity.LOW, 7.0)))).isEqualTo("block");
    assertThat(word(strict, touched(flaw(Severity.LOW, 6.9)))).isEqualTo("pass");
    assertThat(word(strict, touched(flaw(Severity.LOW, null)))).isEqualTo("pass");
  }

  @ParameterizedTest
  @CsvSource({
    "1.4.0, block",
    "2.0.0, pass",
    "1.2.0, pass",
    "1.3.0, pass",
    "nonsense, pass",
  })
  void byAFixOfTheSameMajorNumber(String fixed, String expected) {
    Policy strict = policy(new Vulnerabilities.Score(10, Action.ALLOW), Action.BLOCK);
    assertThat(word(strict, touched(flaw(Severity.LOW, null, fixed)))).isEqualTo(expected);
  }

  private static Policy policy(Vulnerabilities.Score score, Action fixable) {
    var levels =
        new Vulnerabilities.Levels(
            Action.ALLOW, Action.ALLOW, Action.ALLOW, Action.ALLOW, Action.ALLOW);
    return new Vulnerabilities(
        new Vulnerabilities.Settings(levels, score, fixable, Action.BLOCK, false));
  }

  @Test
  void theSentenceNamesSeverityAndFix() {
    assertThat(sentences(VULNERABILITIES, touched(flaw(Severity.CRITICAL, 9.8, "1.3.1"))))
        .isEqualTo(
            "left-pad@1.3.0 has a vulnerability of severity critical, GHSA-1: It hurts."
                + " Fixed in 1.3.1.");
  }
}
