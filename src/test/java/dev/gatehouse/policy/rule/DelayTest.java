package dev.gatehouse.policy.rule;

import static dev.gatehouse.policy.rule.Sample.FACTS;
import static dev.gatehouse.policy.rule.Sample.HOSTED;
import static dev.gatehouse.policy.rule.Sample.NOW;
import static dev.gatehouse.policy.rule.Sample.sentences;
import static dev.gatehouse.policy.rule.Sample.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Advisories.Fix;
import dev.gatehouse.policy.fact.Advisories.Severity;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DelayTest {
  private static final Policy DELAY = new Delay(Delay.Settings.DEFAULT);

  private static Facts published(Fact<Instant> when) {
    return FACTS.with(History.NONE.withPublished(when));
  }

  private static Facts old(Duration age) {
    return published(Fact.known(NOW.minus(age)));
  }

  private static Policy delay(List<String> exempt, boolean fixes, Action missing) {
    return new Delay(new Delay.Settings(Duration.ofDays(3), exempt, fixes, missing));
  }

  @Test
  void aYoungVersionIsHeldUntilItIsOldEnough() {
    assertThat(DELAY.check(old(Duration.ofHours(3)), NOW))
        .isEqualTo(
            Finding.objection(
                new Verdict.Hold(
                    Instant.parse("2026-01-13T09:00:00Z"),
                    List.of(
                        new Reason(
                            DELAY.name(),
                            "left-pad@1.3.0 was published at 2026-01-10T09:00:00Z; this registry"
                                + " waits 3 days, until 2026-01-13T09:00:00Z.",
                            Map.of(
                                "published", "2026-01-10T09:00:00Z",
                                "until", "2026-01-13T09:00:00Z"))))));
    assertThat(word(DELAY, old(Duration.ofDays(3).minusMillis(1)))).isEqualTo("hold");
    assertThat(word(DELAY, old(Duration.ofDays(3)))).isEqualTo("pass");
  }

  @Test
  void whatIsPublishedHereOrExemptNeedNotWait() {
    Facts young = old(Duration.ZERO);
    assertThat(word(DELAY, HOSTED.with(young.history()))).isEqualTo("pass");
    assertThat(word(delay(List.of("left-*"), true, Action.BLOCK), young)).isEqualTo("pass");
    assertThat(word(delay(List.of("left-pad@1.3.0"), true, Action.BLOCK), young)).isEqualTo("pass");
    assertThat(word(delay(List.of("left-pad@1.2.0", "right-pad"), true, Action.BLOCK), young))
        .isEqualTo("hold");
  }

  @Test
  void aSecurityFixPassesEarlyUnlessTheSettingsSayNo() {
    var fix = new Fix("GHSA-1", Severity.HIGH, "1.2.0");
    Facts fixing =
        old(Duration.ofHours(1))
            .with(new Advisories(true, Fact.known(List.of()), Fact.known(List.of(fix))));
    assertThat(word(DELAY, fixing)).isEqualTo("warn");
    assertThat(word(delay(List.of(), false, Action.BLOCK), fixing)).isEqualTo("hold");
    assertThat(word(DELAY, old(Duration.ofHours(1)).with(Advisories.CLEAN))).isEqualTo("hold");
  }

  @Test
  void anUnknownTimeCountsAsTheSettingsSay() {
    assertThat(word(DELAY, published(Fact.missing()))).isEqualTo("quarantine");
    assertThat(word(delay(List.of(), true, Action.ALLOW), published(Fact.missing())))
        .isEqualTo("pass");
    assertThat(word(DELAY, published(Fact.pending()))).isEqualTo("wait");
  }

  @Test
  void aTimeThatHasNotComeOrIsAbsurdIsNoEvidence() {
    for (Instant absurd : List.of(NOW.plusMillis(1), Instant.MAX)) {
      assertThat(word(DELAY, published(Fact.known(absurd)))).isEqualTo("quarantine");
    }
    assertThat(word(DELAY, published(Fact.known(Instant.EPOCH)))).isEqualTo("pass");
  }

  @Test
  void delaysAreFromAMinuteToNinetyDays() {
    for (Duration bad : List.of(Duration.ofSeconds(59), Duration.ofDays(91), Duration.ZERO)) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> new Delay.Settings(bad, List.of(), true, Action.ALLOW))
          .withMessageContaining("90 days");
    }
    var hour = new Delay(new Delay.Settings(Duration.ofHours(1), List.of(), true, Action.ALLOW));
    assertThat(sentences(hour, old(Duration.ofMinutes(1)))).contains("waits 1 hour, until");
  }
}
