package dev.gatehouse.install.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Manifest;
import dev.gatehouse.policy.licence.LicenceClaim;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestFactsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"license\":\"MIT\"}|MIT",
        "{\"licence\":\"MIT\"}|MIT",
        "{\"licence\":\"ISC\",\"license\":\"MIT\"}|MIT",
        "{\"license\":\"MIT\",\"licence\":\"ISC\"}|MIT",
        "{\"license\":null,\"licenses\":[{\"type\":\"BSD\"}]}|[{\"type\":\"BSD\"}]",
        "{\"license\":\"\",\"licenses\":[\"MIT\"]}|[\"MIT\"]",
        "{\"license\":{\"type\":\"MIT\"}}|{\"type\":\"MIT\"}",
      })
  void findsTheLicenceUnderEveryNameThatPeopleGiveIt(String members, String raw) {
    assertThat(facts(members).licence().orNull()).isNotNull().returns(raw, LicenceClaim::raw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"license\":\"\"}", "{\"license\":null}", "{\"licenses\":[]}"})
  void missesALicenceThatIsNotThere(String members) {
    assertThat(facts(members).licence()).isEqualTo(Fact.missing());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|",
        "{\"scripts\":{\"test\":\"x\",\"prepare\":\"x\",\"prepublish\":\"x\"}}|",
        "{\"scripts\":{\"postinstall\":\"\"}}|",
        "{\"scripts\":{\"postinstall\":\"x\",\"test\":\"x\"}}|postinstall",
        "{\"scripts\":{\"install\":\"x\",\"preinstall\":\"y\"}}|install preinstall",
        "{\"hasInstallScript\":true}|install",
        "{\"gypfile\":true}|install",
      })
  void tellsWhichScriptsInstallingRuns(String members, String scripts) {
    assertThat(facts(members).scripts())
        .isEqualTo(Fact.known(scripts == null ? Set.of() : Set.of(scripts.split(" "))));
  }

  @ParameterizedTest
  @CsvSource({
    "git+https://host.test/a.git, GIT",
    "git://host.test/a, GIT",
    "git@host.test:a/b, GIT",
    "user/repository, GIT",
    "github:user/repository#main, GIT",
    "https://host.test/a.git, GIT",
    "https://host.test/a.tgz, URL",
    "HTTP://host.test/a, URL",
    "file:../a, FILE",
    "../a, FILE",
    "a.tgz, FILE",
    "'..\\a', FILE",
  })
  void tellsDependenciesThatNoRegistryGives(String spec, String origin) {
    String json = "\"" + spec.replace("\\", "\\\\") + "\"";
    for (String field : List.of("dependencies", "optionalDependencies", "peerDependencies")) {
      assertThat(facts("{\"%s\":{\"a\":%s}}".formatted(field, json)).exotic().orNull())
          .as(field)
          .singleElement()
          .satisfies(one -> {
            assertThat(one.spec()).isEqualTo(spec);
            assertThat(one.origin().name()).isEqualTo(origin);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"^1.0.0", "latest", "*", "", "npm:other@1", "npm:@s/n@^2", "1 || 2"})
  void takesWhatARegistryGivesForNothingElse(String spec) {
    assertThat(facts("{\"dependencies\":{\"a\":\"%s\"}}".formatted(spec)).exotic())
        .isEqualTo(Fact.known(List.of()));
  }

  @Test
  void leavesOutWhatNobodyWhoInstallsItInstalls() {
    assertThat(facts("{\"devDependencies\":{\"a\":\"user/repository\"}}").exotic())
        .isEqualTo(Fact.known(List.of()));
  }

  @Test
  void computesNothingThatNobodyAskedFor() {
    Manifest manifest = new ManifestFacts().of(version("{\"license\":\"MIT\"}"), Set.of());

    assertThat(manifest.licence().isPending()).isTrue();
    assertThat(manifest.scripts().isPending()).isTrue();
    assertThat(manifest.exotic().isPending()).isTrue();
  }

  private static Manifest facts(String members) {
    return new ManifestFacts().of(version(members), EnumSet.allOf(FactKind.class));
  }

  private static Selected version(String members) {
    return new Documents().version("1.0.0", members).merged().candidates().getFirst();
  }
}
