package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.feed.FeedSettings;
import dev.gatehouse.app.config.Config;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server says to whoever starts it, and to whoever watches it.
final class ServingTest {
  @TempDir private Path directory;

  @Test
  void theFirstStartSetsUpTheRegistryAndSaysWhatToDoNext() throws IOException {
    try (Server server = Server.start(config())) {
      Registry made = server.wiring().registries.require(Workspace.DEFAULT, "default");
      assertThat(made.upstreams())
          .extracting(Upstream::source)
          .singleElement()
          .isInstanceOf(Upstream.Public.class);

      String base = "http://127.0.0.1:" + server.port();
      assertThat(greeting(server))
          .startsWith("Gatehouse ")
          .contains(" listens on " + base + "\n")
          .contains("Public packages come from http://127.0.0.1:9/\n")
          .containsPattern("\n  " + base + "/setup/[0-9A-Za-z]{32,}\n")
          .contains(
              "\n  ./gatehouse user add NAME --role owner --password-stdin --data "
                  + config().data())
          .contains("\n  npm login --registry " + base + "/r/default/\n")
          .contains("\n  npm install express --registry " + base + "/r/default/\n");
    }
  }

  @Test
  void laterStartsSayWhereItListensAndGiveNoLinkAway() throws IOException {
    Server.start(config()).close();
    try (Server server = Server.start(config())) {
      assertThat(greeting(server))
          .startsWith("Gatehouse ")
          .contains(" listens on http://127.0.0.1:" + server.port())
          .doesNotContain("/setup/");
    }
  }

  @Test
  void itsHealthIsToldToEverybody() {
    try (var server = TestingServer.start(Dialect.SQLITE)) {
      assertThat(server.get(null, "/-/health/live").text()).isEqualTo("{\"status\":\"live\"}");
      assertThat(server.get(null, "/-/health/ready").text()).isEqualTo("{\"status\":\"ready\"}");
      server.services().database().close();
      assertThat(server.get(null, "/-/health/live").status()).isEqualTo(200);
      TestingReply ready = server.get(null, "/-/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.text()).isEqualTo("{\"status\":\"the database does not answer\"}");
    }
  }

  private String greeting(Server server) {
    var out = new StringWriter();
    Serving.greet(new PrintWriter(out), server, config());
    return out.toString();
  }

  private Config config() {
    Config defaults = Config.defaults();
    return new Config(
        new Config.Server("127.0.0.1", 0, null, null, List.of(), null, null),
        directory.resolve("data"),
        null,
        "http://127.0.0.1:9/",
        defaults.documents(),
        defaults.upstreams(),
        defaults.memory(),
        defaults.limits(),
        defaults.ahead(),
        new FeedSettings(List.of(), Duration.ofHours(6), 5),
        defaults.sigstore(),
        defaults.downloads(),
        defaults.webhooks(),
        defaults.mail(),
        defaults.log());
  }
}
