package dev.gatehouse.policy.store;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.catalogue.Catalogue;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.Manifest;
import dev.gatehouse.policy.judge.Judge;
import dev.gatehouse.policy.licence.LicenceClaim;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class LicencePoliciesTest {
  private static final Actor ADA = new Actor.User(1, "ada", null);
  private static final String NO_MIT =
      "{\"rules\":[{\"licence\":\"MIT\",\"action\":\"block\",\"severity\":\"high\"}]}";

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Policies policies;
  private final LicencePolicies named;
  private final Workspace workspace;
  private final Registry team;
  private final Registry wall;

  LicencePoliciesTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    var registries = new Registries(databases.database(), clock);
    workspace = registries.workspace(ADA, "default");
    var settings = Registry.Settings.of(Registry.Kind.STANDARD);
    team = registries.create(ADA, workspace, "team", settings);
    wall = registries.create(ADA, workspace, "wall", settings);
    policies = new Policies(databases.database(), clock);
    named = new LicencePolicies(policies);
  }

  private String verdict(Registry registry, String licence) {
    Facts facts =
        Facts.unknown("pad", "1.0.0")
            .with(Manifest.NONE.withLicence(Fact.known(LicenceClaim.of(licence))));
    return Judge.judge(policies.rules(registry), facts, clock.instant()).verdict().word();
  }

  private void set(String name, String json) {
    named.set(ADA, workspace, name, Catalogue.parse(json));
  }

  private void enforce(Registry registry, String json) {
    policies.set(ADA, registry, PolicyName.LICENCES, Mode.ENFORCE, Catalogue.parse(json));
  }

  @Test
  void registriesReferToItAndFollowWhenItChanges() {
    set("strict", NO_MIT);
    enforce(team, "{\"use\":\"strict\"}");
    policies.setDefault(
        ADA, workspace, PolicyName.LICENCES, Mode.ENFORCE, Catalogue.parse("{\"use\":\"strict\"}"));
    assertThat(verdict(team, "MIT")).isEqualTo("block");
    assertThat(verdict(wall, "MIT")).as("by the workspace's default").isEqualTo("block");
    assertThat(verdict(team, "AGPL-3.0-only")).as("no rule names it").isEqualTo("allow");
    String before = policies.rules(team).identity("pad");

    assertThat(
            named.set(
                ADA, workspace, "strict", Catalogue.parse("{\"otherwise\":{\"other\":\"block\"}}")))
        .containsExactly("registry \"team\"", "the workspace's default");

    assertThat(verdict(team, "AGPL-3.0-only")).isEqualTo("block");
    assertThat(policies.rules(team).identity("pad")).isNotEqualTo(before);
    assertThat(verdict(team, "MIT")).as("what is not named stays").isEqualTo("block");
    var another = new Policies(databases.database(), clock);
    assertThat(another.rules(team).identity("pad")).isEqualTo(policies.rules(team).identity("pad"));
  }

  @Test
  void itTakesThePlaceOfTheRegistrysOwnRules() {
    set("strict", NO_MIT);
    enforce(
        team,
        "{\"use\":\"strict\",\"otherwise\":{\"missing\":\"block\"},\"rules\":[{\"licence\":\"ISC\",\"action\":\"block\",\"severity\":\"low\"}]}");
    assertThat(verdict(team, "ISC")).isEqualTo("allow");
    assertThat(verdict(team, "MIT")).isEqualTo("block");
    PolicyState state =
        policies.states(team).stream()
            .filter(one -> one.policy() == PolicyName.LICENCES)
            .findFirst()
            .orElseThrow();
    assertThat(state.settings().path("name").asText()).isEqualTo("strict");
    assertThat(state.settings().at("/rules/0/licence").asText()).isEqualTo("MIT");
    enforce(team, "{\"use\":null}");
    assertThat(verdict(team, "ISC")).isEqualTo("block");
    assertThat(verdict(team, "MIT")).isEqualTo("allow");
  }

  @Test
  void nothingMayReferToWhatIsNotThere() {
    assertThatProblem(Problem.NotFound.class, () -> enforce(team, "{\"use\":\"strict\"}"))
        .contains("There is no licence policy \"strict\"");
    set("strict", NO_MIT);
    enforce(team, "{\"use\":\"strict\"}");
    assertThatProblem(Problem.Conflict.class, () -> named.delete(ADA, workspace, "strict"))
        .contains("used by registry \"team\"");
    enforce(team, "{\"use\":\"\"}");
    named.delete(ADA, workspace, "strict");
    assertThat(named.list(workspace)).isEmpty();
    assertThatProblem(Problem.NotFound.class, () -> named.delete(ADA, workspace, "strict"))
        .contains("There is no licence policy");
  }

  @Test
  void whatSomebodyDeletedAllTheSameWithholdsEverything() {
    set("strict", NO_MIT);
    enforce(team, "{\"use\":\"strict\"}");
    databases.database().write(handle -> handle.execute("DELETE FROM licence_policy"));
    policies.reload();
    assertThat(verdict(team, "ISC")).isEqualTo("quarantine");
  }

  @Test
  void whatDoesNotFitIsToldInASentence() {
    assertThatProblem(Problem.Malformed.class, () -> set("Strict!", NO_MIT)).contains("no name");
    assertThatProblem(Problem.Malformed.class, () -> set("strict", "{\"hosted\":true}"))
        .contains("\"rules\" and \"otherwise\"");
    assertThatProblem(
            Problem.Malformed.class, () -> set("strict", NO_MIT.replace("MIT", "no licence")))
        .contains("is no licence");
    assertThatProblem(
            Problem.Malformed.class, () -> set("strict", NO_MIT.replace("high", "dreadful")))
        .contains("is no severity");
    assertThat(named.list(workspace)).isEmpty();
  }

  @Test
  void everyChangeIsAudited() {
    set("strict", NO_MIT);
    named.delete(ADA, workspace, "strict");
    List<String> trail =
        databases
            .database()
            .read(handle ->
                handle
                    .createQuery(
                        "SELECT action || ' ' || subject FROM audit WHERE action LIKE 'licences%' ORDER BY id")
                    .mapTo(String.class)
                    .list());
    assertThat(trail).containsExactly("licences.set strict", "licences.delete strict");
  }
}
