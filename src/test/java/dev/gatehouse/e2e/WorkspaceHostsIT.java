package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A workspace at a host of its own. Browsers know that names below `localhost` are this machine;
/// Node asks the system, so that it is told. Clients that are no Node programs cannot be.
@TestInstance(Lifecycle.PER_CLASS)
final class WorkspaceHostsIT {
  private static final Pattern RESOLVED = Pattern.compile("\"resolved\": \"([^\"]+)\"");

  private Stage stage;
  private String cleo;
  private Path loopback;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    stage = new Stage(directory, "--domain", "localhost");
    stage.server().operator("", "workspace", "create", "mobile").ok();
    stage.server().operator("", "registry", "create", "apps", "--workspace", "mobile").ok();
    String[] add = {
      "user", "add", "cleo", "--role", "developer", "--password-stdin", "--workspace", "mobile"
    };
    stage.server().operator(Stage.PASSWORD + "\n", add).ok();
    cleo = stage.server().token("cleo", "--workspace", "mobile");
    stage.server().awaitStatus(200, "/w/mobile/r/apps/-/ping", cleo);
    loopback =
        Files.writeString(
            directory.resolve("loopback.cjs"),
            """
            const dns = require("dns");
            const lookup = dns.lookup;
            dns.lookup = (host, ...rest) => lookup(host.endsWith(".localhost") ? "127.0.0.1" : host, ...rest);
            """);
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  private String url(String path) {
    return stage.server().url(path).toString().replace("//127.0.0.1:", "//mobile.localhost:");
  }

  private Seat seat(Client client) {
    return stage
        .seatAtUrl(url("/r/apps/"), client, cleo)
        .withVariable("NODE_OPTIONS", "--require=" + loopback)
        .withoutAgeGate();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"NPM_12", "NPM_10", "YARN_1", "PNPM_9"})
  void publishesToAndInstallsFromTheWorkspacesHost(Client client) throws IOException {
    Seat seat = seat(client);
    String name = "@e2e/hosted-at-" + client.id();
    Path source = Projects.source(stage.directory("source"), seat, name, "1.0.0");
    seat.run(source, Verb.PUBLISH, "latest", "public").ok();

    Seat other = seat(client);
    Path project = Projects.empty(stage.directory("project"), client);
    other.run(project, Verb.ADD, name, "1.0.0").ok();
    assertThat(Projects.dependencies(project)).containsExactly(name + "@1.0.0");
    Path clone = Projects.clone(project, stage.directory("clone"));
    other.withEmptyCaches().run(clone, Verb.FROZEN_INSTALL).ok();
    assertThat(Projects.dependencies(clone)).containsExactly(name + "@1.0.0");
    if (client == Client.NPM_12) {
      String lock = Files.readString(project.resolve("package-lock.json"));
      assertThat(RESOLVED.matcher(lock).results().map(one -> one.group(1)))
          .isNotEmpty()
          .allMatch(address -> address.startsWith(url("/r/apps/@e2e/")));
    }
  }

  @Test
  void logsInByTheBrowserAtThatHost() {
    Seat seat =
        stage
            .seatWithoutTokenAtUrl(url("/r/apps/"), Client.NPM_12)
            .withVariable("NODE_OPTIONS", "--require=" + loopback);
    Path project = Projects.empty(stage.directory("project"), Client.NPM_12);
    Session browser = Session.of(stage.server(), "cleo", "mobile");
    seat.logInByBrowser(
            project,
            address -> {
              assertThat(address).startsWith(url("/login/"));
              browser.letIn(address);
            })
        .ok();
    assertThat(seat.run(project, Verb.WHOAMI).ok().out()).contains("cleo");
  }

  @Test
  void signsInThereWithoutNamingItAndNowhereElse(@TempDir Path directory) throws Exception {
    String base = stage.server().url("").toString();
    BrowserScene.play(directory.resolve("hosts.log"), "hosts.mjs", url(""), base, Stage.PASSWORD);
  }

  @Test
  void whoBelongsToAnotherWorkspaceIsNobodyThere() {
    Seat stranger =
        stage
            .seatAtUrl(url("/r/apps/"), Client.NPM_12, stage.token("ann"))
            .withVariable("NODE_OPTIONS", "--require=" + loopback);
    Path project = Projects.empty(stage.directory("project"), Client.NPM_12);
    for (Verb verb : List.of(Verb.WHOAMI, Verb.PING)) {
      assertThat(stranger.run(project, verb).refused().text()).contains("404");
    }
  }
}
