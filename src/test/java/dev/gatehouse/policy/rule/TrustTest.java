package dev.gatehouse.policy.rule;

import static dev.gatehouse.policy.rule.Sample.FACTS;
import static dev.gatehouse.policy.rule.Sample.HOSTED;
import static dev.gatehouse.policy.rule.Sample.sentences;
import static dev.gatehouse.policy.rule.Sample.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.fact.History.Attestation;
import dev.gatehouse.policy.fact.History.Earlier;
import dev.gatehouse.policy.fact.History.Publication;
import dev.gatehouse.policy.fact.History.Signature;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustTest {
  private static final Policy TRUST = new Trust(Trust.Settings.DEFAULT);
  private static final History SIGNED =
      History.NONE
          .withSignature(Fact.known(Signature.VERIFIED))
          .withProvenance(Fact.known(Attestation.NONE));

  private static Facts published(History.Trust now, History.Trust before, String by) {
    return FACTS.with(
        SIGNED
            .withPublication(Fact.known(new Publication(by, now)))
            .withEarlier(Fact.known(new Earlier(before, Set.of("ada")))));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, NONE, pass",
    "NONE, PROVENANCE, quarantine",
    "NONE, TRUSTED_PUBLISHER, quarantine",
    "PROVENANCE, TRUSTED_PUBLISHER, quarantine",
    "PROVENANCE, NONE, pass",
    "TRUSTED_PUBLISHER, STAGED, quarantine",
    "STAGED, TRUSTED_PUBLISHER, pass",
  })
  void theWayOfPublishingMayNotProveLessThanBefore(
      History.Trust now, History.Trust before, String expected) {
    assertThat(word(TRUST, published(now, before, "ada"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "VERIFIED, pass",
    "WRONG, block",
    "ABSENT, block",
    "UNCHECKED, warn",
    "RECEIVED, warn"
  })
  void aSignatureMustVerify(Signature signature, String expected) {
    Facts facts = FACTS.with(SIGNED.withSignature(Fact.known(signature)));
    assertThat(word(TRUST, facts)).isEqualTo(expected);
    assertThat(word(TRUST, HOSTED.with(facts.history()))).isEqualTo("pass");
  }

  @ParameterizedTest
  @CsvSource({"NONE, pass", "VERIFIED, pass", "WRONG, block", "RECEIVED, warn"})
  void provenanceThatComesAlongMustVerify(Attestation provenance, String expected) {
    Facts facts = FACTS.with(SIGNED.withProvenance(Fact.known(provenance)));
    assertThat(word(TRUST, facts)).isEqualTo(expected);
    assertThat(word(TRUST, HOSTED.with(facts.history()))).isEqualTo("pass");
  }

  @Test
  void aPublisherNeverSeenIsToldOfOrWithheldAsTheSettingsSay() {
    Facts stranger = published(History.Trust.NONE, History.Trust.NONE, "eve");
    assertThat(word(TRUST, stranger)).isEqualTo("warn");
    var strict =
        new Trust(
            new Trust.Settings(
                Action.BLOCK,
                Action.BLOCK,
                Action.FLAG,
                Action.BLOCK,
                Action.QUARANTINE,
                Action.BLOCK));
    assertThat(word(strict, stranger)).isEqualTo("quarantine");
    assertThat(sentences(strict, stranger)).contains("\"eve\"");
  }

  @Test
  void whatIsNotKnownCountsAsTheSettingsSay() {
    var lenient =
        new Trust(
            new Trust.Settings(
                Action.BLOCK, Action.BLOCK, Action.FLAG, Action.BLOCK, Action.FLAG, Action.ALLOW));
    Facts nobody =
        FACTS.with(SIGNED.withEarlier(Fact.known(new Earlier(History.Trust.NONE, Set.of("ada")))));
    assertThat(word(TRUST, nobody)).isEqualTo("quarantine");
    assertThat(word(lenient, nobody)).isEqualTo("pass");
    assertThat(word(TRUST, FACTS)).isEqualTo("quarantine");
    assertThat(word(lenient, FACTS)).isEqualTo("pass");
    assertThat(word(TRUST, FACTS.with(SIGNED))).isEqualTo("pass");
    assertThat(word(TRUST, FACTS.with(SIGNED.withEarlier(Fact.pending())))).isEqualTo("wait");
    assertThat(word(TRUST, FACTS.with(SIGNED.withSignature(Fact.pending())))).isEqualTo("wait");
    assertThat(word(TRUST, FACTS.with(SIGNED.withProvenance(Fact.pending())))).isEqualTo("wait");
  }
}
