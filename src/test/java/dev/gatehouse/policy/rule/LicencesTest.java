package dev.gatehouse.policy.rule;

import static dev.gatehouse.policy.rule.Sample.FACTS;
import static dev.gatehouse.policy.rule.Sample.HOSTED;
import static dev.gatehouse.policy.rule.Sample.sentences;
import static dev.gatehouse.policy.rule.Sample.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.policy.fact.Contents;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.Manifest;
import dev.gatehouse.policy.licence.LicenceClaim;
import dev.gatehouse.policy.rule.Licences.Otherwise;
import dev.gatehouse.policy.rule.Licences.Rule;
import dev.gatehouse.policy.rule.Licences.Settings;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LicencesTest {
  private static final Policy DEFAULT = new Licences(Settings.DEFAULT);

  /// Allows MIT and what goes with it, nothing else.
  private static final Policy CLOSED =
      new Licences(
          new Settings(
              "",
              "closed",
              List.of(
                  new Rule("GPL-2.0-only WITH Classpath-exception-2.0", Action.ALLOW, "low"),
                  new Rule("MIT", Action.ALLOW, "low"),
                  new Rule("BSD-*", Action.ALLOW, "low"),
                  new Rule("AGPL-*", Action.BLOCK, "high")),
              new Otherwise(
                  Action.QUARANTINE, Action.QUARANTINE, Action.BLOCK, Action.BLOCK, false),
              false,
              false));

  private static Facts claims(String licence) {
    return FACTS.with(Manifest.NONE.withLicence(Fact.known(LicenceClaim.of(licence))));
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, pass",
    "(MIT OR AGPL-3.0-only), pass",
    "MIT AND AGPL-3.0-only, block",
    "AGPL-3.0-only, block",
    "AGPL-3.0-or-later AND MIT, block",
    "GPL-2.0-only, quarantine",
    "GPL-2.0-only WITH Classpath-exception-2.0, pass",
    "GPL-2.0-only WITH Classpath-exception-2.0 AND AGPL-3.0-only, block",
    "BSD-3-Clause, pass",
    "MIT License, quarantine",
    "AGPLv3, block",
    "UNLICENSED, quarantine",
    "SEE LICENSE IN LICENSE.md, quarantine",
    "nonsense, quarantine",
    "LicenseRef-Ours, quarantine",
  })
  void aClosedListAllowsWhatItNames(String licence, String expected) {
    assertThat(word(CLOSED, claims(licence))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, pass",
    "AGPL-3.0-only, quarantine",
    "GPL-3.0+, quarantine",
    "MIT OR GPL-3.0-only, pass",
    "CC-BY-NC-4.0, quarantine",
    "BUSL-1.1, quarantine",
    "LGPL-3.0-only, pass",
    "apache 2, quarantine",
  })
  void theDefaultRefusesWhatSpreadsOrIsNotOpen(String licence, String expected) {
    assertThat(word(DEFAULT, claims(licence))).isEqualTo(expected);
  }

  @Test
  void aCorrectedClaimAllowsOnlyIfTheSettingsSaySo() {
    var trusting =
        new Licences(
            new Settings(
                "",
                "t",
                List.of(new Rule("MIT", Action.ALLOW, "low")),
                new Otherwise(Action.BLOCK, Action.BLOCK, Action.ALLOW, Action.ALLOW, true),
                false,
                false));
    assertThat(word(trusting, claims("MIT License"))).isEqualTo("pass");
    assertThat(sentences(CLOSED, claims("MIT License"))).contains("perhaps MIT is meant");
  }

  @Test
  void aMissingClaimCountsAsTheSettingsSay() {
    assertThat(word(DEFAULT, FACTS)).isEqualTo("quarantine");
    assertThat(word(CLOSED, FACTS)).isEqualTo("block");
    assertThat(word(CLOSED, FACTS.with(Manifest.NONE.withLicence(Fact.pending()))))
        .isEqualTo("wait");
    assertThat(word(CLOSED, HOSTED)).isEqualTo("pass");
    var lenient =
        new Licences(
            new Settings(
                "",
                "l",
                List.of(),
                new Otherwise(Action.ALLOW, Action.ALLOW, Action.ALLOW, Action.ALLOW, false),
                false,
                false));
    assertThat(word(lenient, FACTS)).isEqualTo("pass");
  }

  @Test
  void licenceFilesInTheTarballAreJudgedIfTheSettingsSaySo() {
    var observing =
        new Licences(
            new Settings(
                "", "o", Settings.DEFAULT.rules(), Settings.DEFAULT.otherwise(), true, false));
    Facts facts = claims("MIT");
    assertThat(word(observing, facts.with(Contents.PENDING))).isEqualTo("wait");
    Facts hidden =
        facts.with(Contents.NONE.withObservedLicences(Fact.known(List.of("AGPL-3.0-only"))));
    assertThat(word(observing, hidden)).isEqualTo("quarantine");
    assertThat(word(DEFAULT, hidden)).isEqualTo("pass");
    assertThat(word(observing, facts)).isEqualTo("pass");
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, MIT, pass",
    "MIT, ISC, quarantine",
    "MIT OR Apache-2.0, Apache-2.0, pass",
    "LGPL-3.0-or-later, LGPL-3.0-only, pass",
    "LGPL-3.0+, LGPL-3.0-only, pass",
    "MIT License, ISC, quarantine",
    "nonsense, ISC, pass",
  })
  void aFileOfAnotherLicenceThanTheClaimCountsAsTheSettingsSay(
      String claim, String file, String expected) {
    var comparing =
        new Licences(
            new Settings(
                "",
                "c",
                List.of(),
                new Otherwise(Action.ALLOW, Action.ALLOW, Action.ALLOW, Action.QUARANTINE, true),
                true,
                false));
    Facts facts = claims(claim).with(Contents.NONE.withObservedLicences(Fact.known(List.of(file))));
    assertThat(word(comparing, facts)).isEqualTo(expected);
  }

  @Test
  void aRuleThatCouldNeverFitIsRefused() {
    for (String bad : List.of("", "Not A Licence", "MIT OR", "(*)", "a".repeat(200) + "*")) {
      var settings =
          new Settings(
              "",
              "b",
              List.of(new Rule(bad, Action.BLOCK, "low")),
              Settings.DEFAULT.otherwise(),
              false,
              false);
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> new Licences(settings))
          .withMessageContaining("SPDX");
    }
  }
}
