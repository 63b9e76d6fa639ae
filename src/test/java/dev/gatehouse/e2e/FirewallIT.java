package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people see of versions that a registry withholds. `gate` draws from `default`, where they
/// are published, and blocks 1.1.0 of every package here.
@TestInstance(Lifecycle.PER_CLASS)
final class FirewallIT {
  private static final String GATE = "/r/gate";
  private static final String RULES =
      "[{\"when\":\"name.startsWith('ruled') && version == '1.1.0'\",\"action\":\"block\",\"reason\":\"We say so.\"}]";

  private Stage stage;

  @BeforeAll
  void start(@TempDir Path directory) {
    stage = new Stage(directory);
    operate("registry", "create", "gate", "--upstream", "registry:default");
    operate("policy", "set", "gate", "block-list", "enforce", "list=firewalled*@1.1.0");
    operate("policy", "set", "gate", "custom", "enforce", "hosted=true", "rules=" + RULES);
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"NPM_10", "NPM_12", "YARN_1", "YARN_4", "PNPM_12", "BUN", "DENO"})
  void everyClientPicksTheNewestVersionThatIsServed(Client client) {
    String name = published("firewalled-" + client.id());
    Seat seat = stage.seatAt(GATE, client, stage.token("ann")).withoutAgeGate();
    Path project = Projects.empty(stage.directory("project"), client);

    seat.run(project, Verb.ADD, name, "^1.0.0").ok();

    assertThat(Projects.dependencies(project)).contains(name + "@1.0.0");
  }

  @Test
  void npmPicksWhatARuleOfTheRegistrysOwnLeaves() {
    String name = published("ruled-by-the-registry");
    Seat seat = stage.seatAt(GATE, Client.NPM_12, stage.token("ann"));
    Path project = Projects.empty(stage.directory("project"), Client.NPM_12);

    seat.run(project, Verb.ADD, name, "^1.0.0").ok();

    assertThat(Projects.dependencies(project)).contains(name + "@1.0.0");
    assertThat(seat.run(project, Verb.ADD, name, "1.1.0").refused().text())
        .contains("fits a rule of this registry: We say so", "policy custom");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"NPM_11", "NPM_12"})
  void npmSaysWhyTheVersionThatWasAskedForIsNotToBeHad(Client client) {
    String name = published("firewalled-exact-" + client.id());
    Seat seat = stage.seatAt(GATE, client, stage.token("ann"));
    Path project = Projects.empty(stage.directory("project"), client);

    assertThat(seat.run(project, Verb.ADD, name, "1.1.0").refused().text())
        .contains("E403", "policy violations", "block-list", "/-/why/" + name + "@1.1.0");
  }

  @Test
  void npmSaysWhyALockfileCannotBeInstalledAnyMore() {
    String name = published("locked");
    Seat seat = stage.seatAt(GATE, Client.NPM_12, stage.token("ann"));
    Path project = Projects.empty(stage.directory("project"), Client.NPM_12);
    seat.run(project, Verb.ADD, name, "1.1.0").ok();
    assertThat(Projects.dependencies(project)).containsExactly(name + "@1.1.0");
    operate("quarantine", "add", "gate", name + "@1.1.0", "--reason", "It asks for a network");
    stage.server().awaitStatus(403, GATE + "/" + name + "/1.1.0", stage.token("ann"));

    Path clone = Projects.clone(project, stage.directory("clone"));

    assertThat(seat.withEmptyCaches().run(clone, Verb.FROZEN_INSTALL).refused().text())
        .contains("403", "It asks for a network", "/-/why/" + name + "@1.1.0");
    operate("quarantine", "release", "gate", name + "@1.1.0", "--reason", "Read it");
    stage.server().awaitStatus(200, GATE + "/" + name + "/1.1.0", stage.token("ann"));
    seat.withEmptyCaches().run(clone, Verb.FROZEN_INSTALL).ok();
  }

  @Test
  void neitherAnAliasNorFetchingTheTarballIsAWayAround() {
    String name = published("firewalled-alias");
    Seat seat = stage.seatAt(GATE, Client.NPM_12, stage.token("ann"));
    Path project = Projects.empty(stage.directory("project"), Client.NPM_12);

    assertThat(seat.run(project, Verb.ADD, "other", "npm:" + name + "@1.1.0").refused().text())
        .contains("block-list");
    assertThat(seat.run(project, Verb.PACK, name, "1.1.0").refused().text()).contains("block-list");
    seat.run(project, Verb.ADD, "other", "npm:" + name + "@^1.0.0").ok();
    assertThat(Projects.dependencies(project)).containsExactly(name + "@1.0.0");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"NPM_10", "NPM_12", "PNPM_12", "BUN"})
  void anOptionalDependencyThatIsWithheldBreaksNoInstall(Client client) {
    String name = "firewalled-option-" + client.id();
    stage.publish(name, "1.1.0");
    String needed = published("needed-" + client.id());
    Seat seat = stage.seatAt(GATE, client, stage.token("ann")).withoutAgeGate();
    Path project = Projects.empty(stage.directory("project"), client);
    Projects.write(
        project,
        "package.json",
        """
        {"name":"consumer","version":"1.0.0","private":true,
         "dependencies":{"%s":"1.0.0"},"optionalDependencies":{"%s":"1.1.0"}}
        """
            .formatted(needed, name));

    seat.run(project, Verb.INSTALL).ok();

    assertThat(Projects.dependencies(project)).containsExactly(needed + "@1.0.0");
  }

  private String published(String name) {
    stage.publish(name, "1.0.0");
    stage.publish(name, "1.1.0");
    return name;
  }

  private void operate(String... words) {
    stage.server().operator("", words).ok();
  }
}
