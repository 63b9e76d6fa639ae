package dev.gatehouse.policy.rule;

import static dev.gatehouse.policy.rule.Sample.FACTS;
import static dev.gatehouse.policy.rule.Sample.HOSTED;
import static dev.gatehouse.policy.rule.Sample.NOW;
import static dev.gatehouse.policy.rule.Sample.sentences;
import static dev.gatehouse.policy.rule.Sample.word;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.fact.Contents;
import dev.gatehouse.policy.fact.Contents.Difference;
import dev.gatehouse.policy.fact.Contents.Scan;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.fact.Manifest;
import dev.gatehouse.policy.fact.Manifest.ExoticDependency;
import dev.gatehouse.policy.fact.Manifest.ExoticDependency.Origin;
import dev.gatehouse.policy.fact.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What an operator decides about code, places and names.
final class OwnRulesTest {
  private static Facts scripts(Fact<Set<String>> scripts, Fact<Boolean> builds) {
    return FACTS
        .with(Manifest.NONE.withScripts(scripts))
        .with(Contents.NONE.withImplicitBuild(builds));
  }

  private static InstallScripts.Settings scriptSettings(List<String> allow, Action missing) {
    return new InstallScripts.Settings(Action.BLOCK, allow, true, missing, false);
  }

  @Test
  void codeThatRunsAtTheInstallationIsQuarantined() {
    var policy = new InstallScripts(InstallScripts.Settings.DEFAULT);
    Facts runs = scripts(Fact.known(Set.of("postinstall", "install")), Fact.pending());
    assertThat(word(policy, runs)).isEqualTo("quarantine");
    assertThat(sentences(policy, runs))
        .isEqualTo("left-pad@1.3.0 runs code when it is installed: install, postinstall.");
    assertThat(word(policy, scripts(Fact.known(Set.of()), Fact.known(true))))
        .isEqualTo("quarantine");
    assertThat(word(policy, scripts(Fact.known(Set.of()), Fact.known(false)))).isEqualTo("pass");
    assertThat(word(policy, scripts(Fact.known(Set.of()), Fact.pending()))).isEqualTo("wait");
    assertThat(policy.needs()).contains(FactKind.IMPLICIT_BUILD);
  }

  @Test
  void anAllowListOpensTheVersionsThatItNames() {
    Facts runs = scripts(Fact.known(Set.of("install")), Fact.known(true));
    assertThat(
            word(new InstallScripts(scriptSettings(List.of("left-pad@1.3.0"), Action.BLOCK)), runs))
        .isEqualTo("pass");
    assertThat(
            word(new InstallScripts(scriptSettings(List.of("left-pad@1.2.0"), Action.BLOCK)), runs))
        .isEqualTo("block");
  }

  @Test
  void scriptsThatNobodyCouldFindCountAsTheSettingsSay() {
    Facts unknown = scripts(Fact.missing(), Fact.known(false));
    assertThat(word(new InstallScripts(scriptSettings(List.of(), Action.BLOCK)), unknown))
        .isEqualTo("block");
    assertThat(word(new InstallScripts(scriptSettings(List.of(), Action.ALLOW)), unknown))
        .isEqualTo("pass");
    assertThat(word(new InstallScripts(InstallScripts.Settings.DEFAULT), HOSTED)).isEqualTo("pass");
  }

  @Test
  void withoutBindingGypTheTarballIsNotNeeded() {
    var policy =
        new InstallScripts(
            new InstallScripts.Settings(Action.BLOCK, List.of(), false, Action.BLOCK, false));
    assertThat(policy.needs()).containsExactly(FactKind.SCRIPTS);
    assertThat(word(policy, scripts(Fact.known(Set.of()), Fact.known(true)))).isEqualTo("pass");
  }

  @Test
  void everythingNewWaitsForAPerson() {
    var policy = new QuarantineNew(QuarantineNew.Settings.DEFAULT);
    assertThat(word(policy, FACTS)).isEqualTo("quarantine");
    assertThat(word(policy, HOSTED)).isEqualTo("pass");
    assertThat(word(newSince(NOW, List.of("left-pad"), Action.BLOCK), FACTS)).isEqualTo("pass");
  }

  @Test
  void whatIsOlderThanTheRuleIsNotNew() {
    Policy policy = newSince(NOW, List.of(), Action.BLOCK);
    assertThat(word(policy, published(Fact.known(NOW.minusMillis(1))))).isEqualTo("pass");
    assertThat(word(policy, published(Fact.known(NOW)))).isEqualTo("quarantine");
    assertThat(word(policy, published(Fact.missing()))).isEqualTo("block");
    assertThat(word(newSince(NOW, List.of(), Action.ALLOW), published(Fact.missing())))
        .isEqualTo("pass");
    assertThat(word(policy, published(Fact.pending()))).isEqualTo("wait");
  }

  private static Policy newSince(Instant since, List<String> exempt, Action missing) {
    return new QuarantineNew(new QuarantineNew.Settings(since, exempt, missing, false));
  }

  private static Facts published(Fact<Instant> when) {
    return FACTS.with(History.NONE.withPublished(when));
  }

  @Test
  void aBlockListRefusesWhatItNames() {
    assertThat(word(list(false, "left-pad"), FACTS)).isEqualTo("block");
    assertThat(word(list(false, "left-pad"), HOSTED)).isEqualTo("block");
    assertThat(word(list(false, "left-pad 1.0.0 - 1.2.0 || >2"), FACTS)).isEqualTo("pass");
    assertThat(word(list(false), FACTS)).isEqualTo("pass");
    assertThat(sentences(list(false, "react", "left*"), FACTS))
        .isEqualTo("left-pad@1.3.0 is on this registry's block list: left*.");
  }

  @Test
  void inAllowOnlyModeAllElseOfOthersIsRefused() {
    assertThat(word(list(true, "left-pad@^1"), FACTS)).isEqualTo("pass");
    assertThat(word(list(true, "react"), FACTS)).isEqualTo("block");
    assertThat(word(list(true), FACTS)).isEqualTo("block");
    assertThat(word(list(true), HOSTED)).isEqualTo("pass");
  }

  private static Policy list(boolean allowOnly, String... patterns) {
    return new BlockList(new BlockList.Settings(List.of(patterns), allowOnly, Action.BLOCK));
  }

  @Test
  void dependenciesThatNoRegistryGivesAreQuarantined() {
    var policy = new Exotic(Exotic.Settings.DEFAULT);
    Facts git = exotic(Fact.known(List.of(new ExoticDependency("x", "github:a/b", Origin.GIT))));
    assertThat(word(policy, git)).isEqualTo("quarantine");
    assertThat(sentences(policy, git)).contains("left-pad@1.3.0 depends on \"x\" by git");
    assertThat(word(policy, exotic(Fact.known(List.of())))).isEqualTo("pass");
    assertThat(word(policy, exotic(Fact.missing()))).isEqualTo("quarantine");
    assertThat(word(policy, exotic(Fact.pending()))).isEqualTo("wait");
    assertThat(word(policy, HOSTED.with(git.manifest()))).isEqualTo("pass");
    var lenient =
        new Exotic(
            new Exotic.Settings(Action.BLOCK, Set.of(Origin.URL), List.of(), Action.ALLOW, false));
    assertThat(word(lenient, git)).isEqualTo("pass");
    assertThat(word(lenient, exotic(Fact.missing()))).isEqualTo("pass");
  }

  private static Facts exotic(Fact<List<ExoticDependency>> dependencies) {
    return FACTS.with(Manifest.NONE.withExotic(dependencies));
  }

  @Test
  void onlyWhatIsScannedMayEnter() {
    var policy = new Scanned(Scanned.Settings.DEFAULT);
    assertThat(word(policy, scanned(Fact.known(true)))).isEqualTo("pass");
    assertThat(word(policy, scanned(Fact.known(false)))).isEqualTo("quarantine");
    assertThat(word(policy, scanned(Fact.pending()))).isEqualTo("wait");
    assertThat(word(policy, scanned(Fact.missing()))).isEqualTo("quarantine");
    assertThat(word(policy, HOSTED)).isEqualTo("pass");
    var lenient = new Scanned(new Scanned.Settings(Action.BLOCK, Action.ALLOW, false));
    assertThat(word(lenient, scanned(Fact.missing()))).isEqualTo("pass");
  }

  private static Facts scanned(Fact<Boolean> scanned) {
    return FACTS.with(Contents.NONE.withScan(new Scan(scanned, Fact.missing())));
  }

  @Test
  void manifestAndBytesMustBeTheSameEverywhere() {
    var policy = new Consistency(Consistency.Settings.DEFAULT);
    Contents same =
        Contents.NONE.withDifferences(Fact.known(List.of())).withOtherBytes(Fact.known(List.of()));
    assertThat(word(policy, FACTS.with(same))).isEqualTo("pass");
    var scripts = new Difference("scripts", "{}", "{\"install\":\"x\"}");
    assertThat(word(policy, FACTS.with(same.withDifferences(Fact.known(List.of(scripts))))))
        .isEqualTo("quarantine");
    assertThat(word(policy, FACTS.with(same.withOtherBytes(Fact.known(List.of("mirror"))))))
        .isEqualTo("block");
    assertThat(word(policy, FACTS.with(same.withDifferences(Fact.pending())))).isEqualTo("wait");
    assertThat(word(policy, FACTS.with(same.withDifferences(Fact.missing()))))
        .isEqualTo("quarantine");
    var lenient =
        new Consistency(new Consistency.Settings(Action.ALLOW, Action.BLOCK, Action.ALLOW, false));
    assertThat(lenient.needs()).containsExactly(FactKind.OTHER_BYTES);
    assertThat(word(lenient, FACTS)).isEqualTo("pass");
  }

  @Test
  void aFrozenRegistryServesWhatIsHere() {
    var policy = new Freeze();
    assertThat(word(policy, FACTS)).isEqualTo("block");
    assertThat(word(policy, HOSTED)).isEqualTo("pass");
    assertThat(word(policy, FACTS.with(new Subject("a", "1.0.0", Subject.Place.CACHED, false))))
        .isEqualTo("pass");
  }
}
