package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/packages/{name}/downloads`.
@OnBothDatabases
final class PackageDownloadsApiTest {
  private static final String PATH = "registries/default/packages/@acme/lib/downloads";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final String token;
  private final Api ada;

  PackageDownloadsApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    token = server.token("ada", Role.ADMIN);
    ada = Api.of(server).with("authorization", "Bearer " + token);
    publish("1.0.0");
    publish("1.1.0");
  }

  private void publish(String version) {
    var document = PackageBuilder.named("@acme/lib").version(version).publishDocument();
    assertThat(server.put(token, "/r/default/@acme%2flib", document.toString()).status())
        .isEqualTo(201);
  }

  private void fetch(String registry, String version, int status) {
    TestingReply reply =
        server.get(token, "/r/" + registry + "/@acme/lib/-/lib-" + version + ".tgz");
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }

  private JsonNode counts(String query) {
    server.services().downloads().flush();
    return ada.get(PATH + query).json();
  }

  @Test
  void countsByDayAndByVersion() {
    fetch("default", "1.0.0", 200);
    clock.advance(Duration.ofDays(40));
    fetch("default", "1.0.0", 200);
    fetch("default", "1.1.0", 200);
    fetch("default", "1.1.0", 200);
    JsonNode month = counts("");
    assertThat(month.path("total").asInt()).isEqualTo(3);
    assertThat(month.path("days")).hasSize(30);
    assertThat(month.path("days").path(29).path("times").asInt()).isEqualTo(3);
    assertThat(month.path("days").path(28).path("times").asInt()).isZero();
    assertThat(month.path("versions").toString())
        .isEqualTo("[{\"version\":\"1.1.0\",\"times\":2},{\"version\":\"1.0.0\",\"times\":1}]");
    JsonNode quarter = counts("?days=90");
    assertThat(quarter.path("total").asInt()).isEqualTo(4);
    assertThat(quarter.path("days")).hasSize(90);
    assertThat(quarter.path("days").path(49).path("times").asInt()).isEqualTo(1);
    assertThat(quarter.path("versionCount").asInt()).isEqualTo(2);
  }

  @Test
  void countsWhatWasFetchedFromThisRegistryAndNothingElse() {
    assertThat(ada.post("registries", "{\"name\":\"other\",\"kind\":\"standard\"}").status())
        .isEqualTo(201);
    assertThat(ada.post("registries/other/upstreams", "{\"target\":\"registry:default\"}").status())
        .isEqualTo(201);
    fetch("other", "1.0.0", 200);
    fetch("default", "9.9.9", 404);
    assertThat(server.get(token, "/r/default/@acme%2flib").status()).isEqualTo(200);
    assertThat(ada.get("registries/default/packages/@acme/lib/versions/1.0.0/files").status())
        .isEqualTo(200);
    assertThat(counts("").path("total").asInt()).isZero();
    assertThat(counts("").path("versions")).isEmpty();
    assertThat(ada.get(PATH.replace("default", "other")).json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void refusesOtherSpansAndWhoMayNotRead() {
    assertThat(ada.get(PATH + "?days=7").status()).isEqualTo(400);
    assertThat(ada.get(PATH.replace("@acme/lib", "NOT%20one")).status()).isEqualTo(400);
    assertThat(Api.of(server).get(PATH).status()).isEqualTo(401);
    assertThat(Api.of(server, "elsewhere", "olga", Role.OWNER).get(PATH).status()).isEqualTo(404);
  }
}
