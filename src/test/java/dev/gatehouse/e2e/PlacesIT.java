package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Dialect;
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

/// Registries elsewhere than in the default workspace, registries that anybody may read, and people
/// who have left. Always on PostgreSQL, so that every run has the clients and the operator's verbs
/// on it too.
@TestInstance(Lifecycle.PER_CLASS)
final class PlacesIT {
  private static final String APPS = "/w/mobile/r/apps";
  private static final String OPEN = "/r/open";

  private Stage stage;
  private String cleo;

  @BeforeAll
  void start(@TempDir Path directory) {
    stage = new Stage(directory, Dialect.POSTGRESQL);
    operate("workspace", "create", "mobile");
    operate("registry", "create", "apps", "--workspace", "mobile");
    operate("registry", "create", "open", "--anonymous-read");
    stage
        .server()
        .operator(
            Stage.PASSWORD + "\n",
            "user",
            "add",
            "cleo",
            "--role",
            "developer",
            "--password-stdin",
            "--workspace",
            "mobile")
        .ok();
    cleo = stage.server().token("cleo", "--workspace", "mobile");
    stage.server().awaitStatus(200, OPEN + "/-/ping", "");
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  private void operate(String... words) {
    stage.server().operator("", words).ok();
  }

  private void publish(String path, String token, String name) {
    Seat publisher = stage.seatAt(path, Client.NPM_12, token);
    Path source = Projects.source(stage.directory("source"), publisher, name, "1.0.0");
    publisher.run(source, Verb.PUBLISH, "latest", "public").ok();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"NPM_12", "YARN_1", "PNPM_12", "BUN"})
  void publishesToAndInstallsFromARegistryOfAnotherWorkspace(Client client) {
    Seat seat = stage.seatAt(APPS, client, cleo).withoutAgeGate();
    String name = "@e2e/mobile-" + client.id();
    Path source = Projects.source(stage.directory("source"), seat, name, "1.0.0");
    seat.run(source, Verb.PUBLISH, "latest", "public").ok();

    Seat other = stage.seatAt(APPS, client, cleo).withoutAgeGate();
    Path project = Projects.empty(stage.directory("project"), client);
    other.run(project, Verb.ADD, name, "1.0.0").ok();
    assertThat(Projects.dependencies(project)).containsExactly(name + "@1.0.0");
    Path clone = Projects.clone(project, stage.directory("clone"));
    other.withEmptyCaches().run(clone, Verb.FROZEN_INSTALL).ok();
    assertThat(Projects.dependencies(clone)).containsExactly(name + "@1.0.0");
  }

  @Test
  void whoBelongsToOneWorkspaceIsNobodyInAnother() {
    publish(APPS, cleo, "theirs");
    Seat stranger = stage.seatAt(APPS, Client.NPM_12, stage.token("ann"));
    Path project = Projects.empty(stage.directory("project"), Client.NPM_12);
    assertThat(stranger.run(project, Verb.VIEW, "theirs").refused().text())
        .contains("E404", "There is no such registry here");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"NPM_12", "YARN_1", "PNPM_12", "BUN"})
  void readsWithoutATokenWhereAnybodyMay(Client client) {
    String name = "public-" + client.id();
    publish(OPEN, stage.token("ann"), name);
    Seat stranger = stage.seatWithoutTokenAt(OPEN, client).withoutAgeGate();
    Path project = Projects.empty(stage.directory("project"), client);
    stranger.run(project, Verb.ADD, name, "1.0.0").ok();
    assertThat(Projects.dependencies(project)).containsExactly(name + "@1.0.0");
  }

  @Test
  void publishesNothingWithoutATokenWhereAnybodyMayRead() {
    Seat stranger = stage.seatWithoutTokenAt(OPEN, Client.NPM_12);
    Path source = Projects.source(stage.directory("source"), stranger, "by-nobody", "1.0.0");
    stranger.run(source, Verb.PUBLISH, "latest", "public").refused();
    Seat reader = stage.seatAt(OPEN, Client.NPM_12, stage.token("ann"));
    reader.run(source, Verb.VIEW, "by-nobody").refused();
  }

  @Test
  void refusesWhoHasBeenDeactivated() {
    stage.server().addUser("dora", "developer", Stage.PASSWORD);
    String dora = stage.server().token("dora");
    stage.publish("seen-by-dora", "1.0.0");
    Seat seat = stage.seatWithToken(Client.NPM_12, dora);
    Path project = Projects.empty(stage.directory("project"), Client.NPM_12);
    seat.run(project, Verb.ADD, "seen-by-dora", "1.0.0").ok();

    operate("user", "deactivate", "dora");
    stage.server().awaitStatus(401, "/r/default/-/whoami", dora);

    seat.withEmptyCaches();
    for (Verb verb : new Verb[] {Verb.WHOAMI, Verb.PING}) {
      assertThat(seat.run(project, verb).refused().text()).contains("401");
    }
    assertThat(seat.run(project, Verb.VIEW, "seen-by-dora").refused().text()).contains("401");
    Path clone = Projects.clone(project, stage.directory("clone"));
    seat.run(clone, Verb.FROZEN_INSTALL).refused();
  }
}
