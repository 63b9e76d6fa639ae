package dev.gatehouse.policy.store;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.catalogue.Catalogue;
import dev.gatehouse.policy.decision.VersionDecision;
import dev.gatehouse.policy.decision.VersionDecision.State;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.judge.Judge;
import dev.gatehouse.policy.store.PolicyState.Source;
import dev.gatehouse.policy.store.StoredWaiver.Request;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class PoliciesTest {
  private static final Actor ADA = new Actor.User(1, "ada", null);
  private static final Facts FACTS = Facts.unknown("left-pad", "1.3.0");

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Registries registries;
  private final Policies policies;
  private final Waivers waivers;
  private final Workspace workspace;
  private final Registry team;
  private final Registry wall;

  PoliciesTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    registries = new Registries(databases.database(), clock);
    workspace = registries.workspace(ADA, "default");
    team = registries.create(ADA, workspace, "team", settings(Registry.Kind.STANDARD));
    wall = registries.create(ADA, workspace, "wall", settings(Registry.Kind.FIREWALL));
    policies = new Policies(databases.database(), clock);
    waivers = new Waivers(policies);
  }

  private static Registry.Settings settings(Registry.Kind kind) {
    return Registry.Settings.of(kind);
  }

  private PolicyState state(Registry registry, PolicyName policy) {
    return policies.states(registry).stream()
        .filter(one -> one.policy() == policy)
        .findFirst()
        .orElseThrow();
  }

  private Mode mode(Registry registry, PolicyName policy) {
    return state(registry, policy).mode();
  }

  private void set(Registry registry, PolicyName policy, Mode mode, String json) {
    policies.set(ADA, registry, policy, mode, Catalogue.parse(json));
  }

  private Verdict verdict(Registry registry) {
    return Judge.judge(policies.rules(registry), FACTS, clock.instant()).verdict();
  }

  private void block() {
    set(team, PolicyName.BLOCK_LIST, Mode.ENFORCE, "{\"list\":[\"left-pad\"]}");
  }

  @Test
  void aFirewallRegistryStartsWithItsDefaultsAndAStandardOneWithNone() {
    assertThat(mode(wall, PolicyName.MALWARE)).isEqualTo(Mode.ENFORCE);
    assertThat(mode(wall, PolicyName.VULNERABILITIES)).isEqualTo(Mode.ENFORCE);
    assertThat(mode(wall, PolicyName.LICENCES)).isEqualTo(Mode.OBSERVE);
    assertThat(mode(wall, PolicyName.DELAY)).isEqualTo(Mode.OFF);
    assertThat(policies.states(team))
        .filteredOn(one -> one.mode() != Mode.OFF)
        .extracting(PolicyState::policy)
        .containsExactly(PolicyName.IMMUTABLE);
    assertThat(policies.rules(team).allowsAll("left-pad")).isTrue();
  }

  @Test
  void aRegistryOverridesWhatTheWorkspaceSetsSettingBySetting() {
    policies.setDefault(
        ADA, workspace, PolicyName.DELAY, Mode.OBSERVE, Catalogue.parse("{\"age\":\"7d\"}"));
    assertThat(state(team, PolicyName.DELAY).source()).isEqualTo(Source.WORKSPACE);
    set(team, PolicyName.DELAY, Mode.ENFORCE, "{\"exempt\":[\"react\"]}");
    PolicyState own = state(team, PolicyName.DELAY);
    assertThat(own.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(own.source()).isEqualTo(Source.REGISTRY);
    assertThat(own.settings().path("age").asText()).isEqualTo("7d");
    assertThat(own.settings().path("exempt").toString()).isEqualTo("[\"react\"]");
    assertThat(mode(wall, PolicyName.DELAY)).isEqualTo(Mode.OBSERVE);
    policies.inherit(ADA, team, PolicyName.DELAY);
    assertThat(mode(team, PolicyName.DELAY)).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void whatIsNotNamedStaysAndNullTakesASettingBack() {
    set(team, PolicyName.DELAY, Mode.ENFORCE, "{\"age\":\"7d\",\"fixes\":false}");
    set(team, PolicyName.DELAY, Mode.OBSERVE, "{\"fixes\":null}");
    PolicyState now = state(team, PolicyName.DELAY);
    assertThat(now.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(now.settings().path("age").asText()).isEqualTo("7d");
    assertThat(now.settings().path("fixes").asBoolean()).isTrue();
  }

  @Test
  void whatDoesNotFitIsNotStored() {
    assertThatProblem(
            Problem.Malformed.class,
            () -> set(team, PolicyName.DELAY, Mode.ENFORCE, "{\"age\":\"91d\"}"))
        .contains("90 days");
    assertThatProblem(
            Problem.Malformed.class, () -> set(team, PolicyName.FREEZE, Mode.OBSERVE, "{}"))
        .contains("frozen");
    assertThat(mode(team, PolicyName.DELAY)).isEqualTo(Mode.OFF);
    assertThat(databases.audited()).noneMatch(row -> row.contains("policy.set"));
  }

  @Test
  void aChangeHoldsAtOnceIsAuditedAndToldToOtherProcesses() {
    var other = new Policies(databases.open("operator"), clock);
    block();
    assertThat(verdict(team)).isInstanceOf(Verdict.Block.class);
    assertThat(verdict(wall)).isEqualTo(Verdict.allow());
    assertThat(databases.audited()).contains("user:ada policy.set block-list");
    assertThat(databases.raised("server", "POLICIES")).isEqualTo(1);
    assertThat(other.rules(team).allowsAll("left-pad")).isTrue();
    other.reload();
    assertThat(other.rules(team).identity("left-pad"))
        .isEqualTo(policies.rules(team).identity("left-pad"));
  }

  @Test
  void immutableAndArchivedAreTheRegistrysOwnSettings() {
    Registry loose =
        registries.change(ADA, team, team.settings().withOverwriting(true).withArchived(true));
    assertThat(mode(loose, PolicyName.IMMUTABLE)).isEqualTo(Mode.OFF);
    assertThat(mode(loose, PolicyName.FREEZE)).isEqualTo(Mode.ENFORCE);
    assertThat(policies.rules(loose).enforces(PolicyName.FREEZE)).isTrue();
    assertThat(policies.rules(team).enforces(PolicyName.FREEZE)).isFalse();
  }

  @Test
  void settingsThatCannotBeReadWithholdEverything() {
    block();
    databases
        .database()
        .write(handle -> handle.execute("UPDATE registry_policy SET settings = '{\"new\":1}'"));
    policies.reload();
    assertThat(verdict(team)).isInstanceOf(Verdict.Quarantine.class);
  }

  @Test
  void aWaiverOpensNothingUntilItIsApprovedNothingElseAndNothingAfterItsEnd() {
    block();
    var until = clock.instant().plus(Duration.ofDays(1));
    long id =
        waivers.ask(
            ADA, team, new Request("left-pad", "1.3.0", PolicyName.BLOCK_LIST, "Urgent", until));
    assertThat(verdict(team)).isInstanceOf(Verdict.Block.class);
    waivers.approve(new Actor.Operator(), team, id);
    assertThat(verdict(team)).isEqualTo(Verdict.allow());
    Facts build = Facts.unknown("left-pad", "1.3.0+build");
    assertThat(Judge.judge(policies.rules(team), build, clock.instant()).verdict())
        .isInstanceOf(Verdict.Block.class);
    assertThat(Judge.judge(policies.rules(team), FACTS, clock.instant()).changesAt())
        .isEqualTo(until);
    clock.advance(Duration.ofDays(1));
    assertThat(verdict(team)).isInstanceOf(Verdict.Block.class);
    assertThat(waivers.list(team))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.state()).isEqualTo(StoredWaiver.State.APPROVED);
          assertThat(one.asked().by()).isEqualTo("user:ada");
          assertThat(one.decision()).isNotNull();
        });
  }

  @Test
  void aWaiverIsRevokedOrRefusedOnce() {
    block();
    var until = clock.instant().plus(Duration.ofDays(1));
    var request = new Request("left-pad", "*", PolicyName.BLOCK_LIST, "Urgent", until);
    long id = waivers.ask(ADA, team, request);
    waivers.approve(ADA, team, id);
    waivers.revoke(ADA, team, id);
    assertThat(verdict(team)).isInstanceOf(Verdict.Block.class);
    assertThatProblem(Problem.NotFound.class, () -> waivers.approve(ADA, team, id));
    long refused = waivers.ask(ADA, team, request);
    waivers.refuse(ADA, team, refused);
    assertThatProblem(Problem.NotFound.class, () -> waivers.revoke(ADA, team, refused));
    long others = waivers.ask(ADA, team, request);
    assertThatProblem(Problem.NotFound.class, () -> waivers.approve(ADA, wall, others));
    assertThat(databases.audited())
        .anyMatch(row -> row.startsWith("user:ada waiver.ask"))
        .contains("user:ada waiver.approved " + id, "user:ada waiver.revoked " + id);
  }

  @Test
  void whatCannotBeWaivedIsToldInASentence() {
    var until = clock.instant().plus(Duration.ofDays(1));
    assertThatProblem(
            Problem.Malformed.class,
            () -> ask(new Request("left-pad", "latest", PolicyName.DELAY, "x", until)))
        .contains("no range");
    assertThatProblem(
            Problem.Malformed.class,
            () -> ask(new Request("left-pad", "1.0.0", PolicyName.FREEZE, "x", until)))
        .contains("cannot be waived");
    assertThatProblem(
            Problem.Malformed.class,
            () -> ask(new Request("left-pad", "1.0.0", PolicyName.DELAY, " ", until)))
        .contains("reason");
    assertThatProblem(
            Problem.Malformed.class,
            () -> ask(new Request("left-pad", "1.0.0", PolicyName.DELAY, "x", clock.instant())))
        .contains("future");
    assertThatProblem(
        Problem.Malformed.class,
        () -> ask(new Request("../x", "1.0.0", PolicyName.DELAY, "x", until)));
  }

  private void ask(Request request) {
    waivers.ask(ADA, team, request);
  }

  @Test
  void aPersonsQuarantineHoldsUntilTheRelease() {
    var decisions = new VersionDecisions(policies);
    decide(decisions, State.QUARANTINED);
    assertThat(verdict(team)).isInstanceOf(Verdict.Quarantine.class);
    assertThat(verdict(wall)).isEqualTo(Verdict.allow());
    decide(decisions, State.DELETED);
    assertThat(verdict(team)).isInstanceOf(Verdict.Quarantine.class);
    decide(decisions, State.RELEASED);
    assertThat(verdict(team)).isEqualTo(Verdict.allow());
    assertThat(decisions.list(team))
        .singleElement()
        .satisfies(one ->
            assertThat(one.decision().released()).containsExactlyInAnyOrder("delay", "exotic:x y"));
    assertThat(databases.audited())
        .contains(
            "user:ada quarantine.add left-pad@1.3.0", "user:ada quarantine.release left-pad@1.3.0");
  }

  private void decide(VersionDecisions decisions, State state) {
    decisions.decide(
        ADA,
        team,
        "left-pad",
        "v1.3.0",
        new VersionDecision(state, "Odd", Set.of("delay", "exotic:x y")));
  }

  @Test
  void aDeletedRegistryTakesItsRulesWithIt() {
    block();
    decide(new VersionDecisions(policies), State.QUARANTINED);
    registries.delete(ADA, team);
    policies.reload();
    assertThat(
            databases
                .database()
                .<Integer>read(handle ->
                    handle
                        .createQuery("SELECT COUNT(*) FROM registry_policy")
                        .mapTo(Integer.class)
                        .one()))
        .isZero();
  }
}
