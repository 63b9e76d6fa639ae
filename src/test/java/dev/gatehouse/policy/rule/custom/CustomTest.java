package dev.gatehouse.policy.rule.custom;

import static dev.gatehouse.policy.rule.Sample.FACTS;
import static dev.gatehouse.policy.rule.Sample.HOSTED;
import static dev.gatehouse.policy.rule.Sample.NOW;
import static dev.gatehouse.policy.rule.Sample.sentences;
import static dev.gatehouse.policy.rule.Sample.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Advisories.Hit;
import dev.gatehouse.policy.fact.Contents;
import dev.gatehouse.policy.fact.Contents.Scan;
import dev.gatehouse.policy.fact.Contents.Sizes;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.fact.History.Publication;
import dev.gatehouse.policy.fact.History.Trust;
import dev.gatehouse.policy.fact.Manifest;
import dev.gatehouse.policy.fact.Manifest.ExoticDependency;
import dev.gatehouse.policy.licence.LicenceClaim;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.custom.Custom.Rule;
import dev.gatehouse.policy.rule.custom.Custom.Settings;
import dev.gatehouse.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CustomTest {
  private static final Facts KNOWN =
      FACTS
          .with(
              new History(
                  Fact.known(NOW),
                  Fact.known(new Publication("eve", Trust.NONE)),
                  Fact.known(new History.Earlier(Trust.PROVENANCE, Set.of("ada", "bob"))),
                  Fact.known(History.Signature.VERIFIED),
                  Fact.known(History.Attestation.VERIFIED)))
          .with(
              new Manifest(
                  Fact.known(LicenceClaim.of("apache 2")),
                  Fact.known(Set.of("postinstall")),
                  Fact.known(
                      List.of(
                          new ExoticDependency("x", "github:a/b", ExoticDependency.Origin.GIT))),
                  Fact.known(false)))
          .with(
              new Contents(
                  Fact.known(List.of("MIT")),
                  Fact.known(true),
                  Fact.known(List.of(new Contents.Difference("scripts", "{}", "{1}"))),
                  Fact.known(List.of("mirror")),
                  new Scan(Fact.known(true), Fact.known(new Sizes(10, 200, 3)))))
          .with(new Advisories(true, Fact.known(List.of(hit(9.8))), Fact.known(List.of())));

  private static Hit hit(@Nullable Double score) {
    return new Hit(
        new Advisories.Label("GHSA-1", Set.of("CVE-1"), "osv", "It hurts"),
        Advisories.Kind.VULNERABILITY,
        new Advisories.Rating(Advisories.Severity.CRITICAL, score),
        List.of("1.3.1"));
  }

  private static Custom policy(String when) {
    return policy(when, Action.BLOCK, Action.QUARANTINE, Action.QUARANTINE);
  }

  private static Custom policy(String when, Action action, Action missing, Action error) {
    return new Custom(
        new Settings(List.of(new Rule(when, action, "We say so")), missing, error, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name == 'left-pad' && version.startsWith('1.') && place == 'upstream' && !internal",
        "published >= timestamp('2026-01-01T00:00:00Z')",
        "publisher == 'eve' && published_by == 'none' && earlier_published_by == 'provenance'",
        "!(publisher in earlier_publishers)",
        "signature == 'verified'",
        "licence == 'apache 2' && spdx == 'Apache-2.0' && licence_grade == 'corrected'",
        "scripts.exists(s, s in ['preinstall', 'postinstall']) && size(scripts) == 1",
        "exotic.all(d, d.origin == 'git' && d.spec.matches('^github:[a-z]+/'))",
        "!deprecated",
        "advisories.exists(a, a.severity == 'critical' && has(a.score) && a.score > 9.0)",
        "advisories.exists_one(a, 'CVE-1' in a.aliases && a.kind == 'vulnerability')",
        "advisories[0].fixed[0] == '1.3.1' && advisories[0].source == 'osv'",
        "other_bytes == ['mirror'] && builds && 'scripts' in differences",
        "observed_licences == ['MIT']",
        "scanned && packed < 11 && unpacked == 200 && files == 3",
      })
  void asksForEverythingThatIsKnown(String when) {
    assertThat(word(policy(when), KNOWN)).as(when).isEqualTo("block");
    assertThat(word(policy("!(" + when + ")"), KNOWN)).isEqualTo("pass");
  }

  @Test
  void saysWhatTheRuleSays() {
    assertThat(sentences(policy("true"), FACTS))
        .isEqualTo("left-pad@1.3.0 fits a rule of this registry: We say so.");
    assertThat(word(policy("true"), HOSTED)).isEqualTo("pass");
    assertThat(word(policy("true", Action.FLAG, Action.BLOCK, Action.BLOCK), FACTS))
        .isEqualTo("warn");
    var both =
        new Custom(
            new Settings(
                List.of(
                    new Rule("true", Action.QUARANTINE, "One."),
                    new Rule("1 < 2", Action.BLOCK, "Two.")),
                Action.ALLOW,
                Action.ALLOW,
                true));
    assertThat(word(both, HOSTED)).isEqualTo("block");
    assertThat(sentences(both, HOSTED)).contains("One.", "Two.");
  }

  @Test
  void needsOnlyWhatItsRulesAskFor() {
    assertThat(policy("name == 'x'").needs()).isEmpty();
    assertThat(policy("builds || size(scripts) > 0").needs())
        .containsExactlyInAnyOrder(FactKind.IMPLICIT_BUILD, FactKind.SCRIPTS);
    assertThat(new Custom(Settings.DEFAULT).needs()).isEmpty();
  }

  @Test
  void waitsForWhatIsPendingUnlessItMakesNoDifference() {
    Facts pending = FACTS.with(Contents.PENDING);
    assertThat(policy("builds").check(pending, NOW))
        .isEqualTo(new Finding.Waiting(Set.of(FactKind.IMPLICIT_BUILD)));
    assertThat(word(policy("builds || name == 'left-pad'"), pending)).isEqualTo("block");
    assertThat(word(policy("name == 'left-pad' || builds"), pending)).isEqualTo("block");
    assertThat(word(policy("builds && name == 'other'"), pending)).isEqualTo("pass");
    assertThat(word(policy("builds && publisher == 'eve'"), pending))
        .as("a pending fact comes before a missing one")
        .isEqualTo("wait");
  }

  @Test
  void whatIsMissingCountsAsTheSettingsSay() {
    assertThat(word(policy("publisher == 'eve'"), FACTS)).isEqualTo("quarantine");
    assertThat(sentences(policy("publisher == 'eve'"), FACTS))
        .contains("\"publisher\" of left-pad@1.3.0, which is not known");
    assertThat(word(policy("publisher == 'eve'", Action.BLOCK, Action.ALLOW, Action.BLOCK), FACTS))
        .isEqualTo("pass");
    assertThat(word(policy("publisher == 'eve'", Action.BLOCK, Action.BLOCK, Action.ALLOW), FACTS))
        .isEqualTo("block");
    assertThat(word(policy("publisher == 'eve'", Action.FLAG, Action.BLOCK, Action.BLOCK), FACTS))
        .as("no worse than a fit")
        .isEqualTo("warn");
  }

  @Test
  void anErrorCountsAsTheSettingsSay() {
    String fails = "scripts[5] == 'x'";
    assertThat(word(policy(fails), KNOWN)).as("closed by default").isEqualTo("quarantine");
    assertThat(sentences(policy(fails), KNOWN)).contains("came to no answer about left-pad@1.3.0");
    assertThat(word(policy(fails, Action.BLOCK, Action.BLOCK, Action.ALLOW), KNOWN))
        .isEqualTo("pass");
    assertThat(word(policy(fails, Action.BLOCK, Action.ALLOW, Action.BLOCK), KNOWN))
        .isEqualTo("block");
    assertThat(word(policy(fails + " || name == 'left-pad'"), KNOWN)).isEqualTo("block");
  }

  @Test
  void untilAdvisoriesWereImportedThereAreNoneAndItSaysSo() {
    assertThat(word(policy("size(advisories) > 0"), FACTS)).isEqualTo("warn");
  }

  @Test
  void aScoreThatNobodyGaveIsAnError() {
    Facts unscored =
        KNOWN.with(new Advisories(true, Fact.known(List.of(hit(null))), Fact.known(List.of())));
    assertThat(word(policy("advisories.exists(a, a.score > 9.0)"), unscored))
        .isEqualTo("quarantine");
    assertThat(word(policy("advisories.exists(a, has(a.score) && a.score > 9.0)"), unscored))
        .isEqualTo("pass");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nam == 'x' | at line 1, column 1: undeclared reference to 'nam'",
        "name == 3 | at line 1, column 6: found no matching overload",
        "name | expected type 'bool' but found 'string'",
        "advisories.exists(a, a.wat) | undefined field 'wat'",
        "name == | at line 1, column",
        "name + version == 'x' | at line 1, column 6: \"+\" cannot be used here",
        "scripts.map(s, s) == scripts | undeclared reference to 'map'",
        "scripts.filter(s, true) == scripts | undeclared reference to 'filter'",
        "[name] == scripts | a list can hold only what is written out",
        "{'a': 1} == {'a': 1} | maps and messages cannot be made here",
        "advisory{id: 'x'}.id == 'x' | maps and messages cannot be made here",
        "name.matches(version) | must be written out",
        "name.matches('(') | no regular expression",
        "name.matches('(a{50}){50}') | too large",
        "string(1) == '1' | \"string\" cannot be used here",
        "dyn(name) == 1 | \"dyn\" cannot be used here",
      })
  void whatCannotBeUsedIsToldWithItsPlace(String when, String expected) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> policy(when))
        .withMessageStartingWith("The expression \"")
        .withMessageContaining(expected);
  }

  @Test
  void aRuleSaysWhyInAFewWords() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() ->
            new Custom(
                new Settings(
                    List.of(new Rule("true", Action.BLOCK, " ")),
                    Action.BLOCK,
                    Action.BLOCK,
                    false)))
        .withMessageContaining("\"reason\"");
  }

  @Test
  void theDocumentListsAllThatCanBeAskedFor() throws Exception {
    String document = Files.readString(Path.of("docs/POLICIES.md"));
    for (Variable one : Vocabulary.ALL) {
      assertThat(document)
          .contains("| `%s` | %s | %s".formatted(one.name(), one.type(), one.meaning()));
      assertThat(document)
          .as(one.name())
          .contains(
              one.kind() != null && one.kind().inTarball()
                  ? one.meaning() + "; in the tarball |"
                  : one.meaning() + " |");
    }
    Vocabulary.ADVISORY.keySet().forEach(field -> assertThat(document).contains("`" + field + "`"));
    Vocabulary.EXOTIC.keySet().forEach(field -> assertThat(document).contains("`" + field + "`"));
  }
}
