package dev.gatehouse.web.npm.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `PUT {registry}/{name}` with a tarball.
@OnBothDatabases
final class PublishTest {
  private static final String REGISTRY = "/r/default/";

  @AutoClose private final TestingServer server;
  private final String ada;

  PublishTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    ada = server.token("ada", Role.DEVELOPER);
  }

  private static PackageBuilder widget(String version) {
    return PackageBuilder.named("@acme/widget")
        .version(version)
        .file("index.js", "module.exports = '" + version + "';");
  }

  private TestingReply publish(String token, String path, PackageBuilder made) {
    return server.put(token, REGISTRY + path, made.publishBody());
  }

  private JsonNode packument(String path) {
    return server.get(ada, REGISTRY + path).json();
  }

  @Test
  void isThereForTheNextRequestWithItsBytes() {
    assertThat(server.get(ada, REGISTRY + "@acme%2fwidget").status()).isEqualTo(404);
    TestingReply reply = publish(ada, "@acme%2fwidget", widget("1.0.0"));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    JsonNode said = reply.json();
    assertThat(said.path("ok").asBoolean()).isTrue();
    assertThat(said.path("success").asBoolean()).isTrue();
    assertThat(said.path("id").asText()).isEqualTo("@acme/widget");

    JsonNode packument = packument("@acme%2Fwidget");
    assertThat(packument.path("_rev").asText()).isEqualTo(said.path("rev").asText());
    assertThat(packument.at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
    JsonNode dist = packument.path("versions").path("1.0.0").path("dist");
    assertThat(dist.path("tarball").asText())
        .isEqualTo(server.url() + "/r/default/@acme/widget/-/widget-1.0.0.tgz");
    assertThat(dist.path("integrity").asText())
        .isEqualTo(TestingPackage.integrity(widget("1.0.0").tarball()));
    assertThat(dist.path("shasum").asText())
        .isEqualTo(TestingPackage.shasum(widget("1.0.0").tarball()));
    assertThat(dist.path("fileCount").asInt()).isEqualTo(2);
    assertThat(server.get(ada, REGISTRY + "@acme/widget/-/widget-1.0.0.tgz").body())
        .isEqualTo(widget("1.0.0").tarball());
  }

  @Test
  void acceptsTheNameInAllEncodings() {
    assertThat(publish(ada, "@acme/widget", widget("1.0.0")).status()).isEqualTo(201);
    assertThat(publish(ada, "@acme%2fwidget", widget("1.0.1")).status()).isEqualTo(201);
    assertThat(publish(ada, "@acme%2Fwidget/", widget("1.0.2")).status()).isEqualTo(201);
    assertThat(
            server
                .put(ada, "/w/default/r/default/@acme%2fwidget", widget("1.0.3").publishBody())
                .status())
        .isEqualTo(201);
    assertThat(packument("@acme/widget").path("versions")).hasSize(4);
  }

  @Test
  void letsExactlyOneOfEightPublishersWin() throws Exception {
    List<Callable<Integer>> publishers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] body = widget("1.0.0").file("who.txt", "publisher " + i).publishBody();
      publishers.add(() -> server.put(ada, REGISTRY + "@acme%2fwidget", body).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> one : threads.invokeAll(publishers)) {
        statuses.add(one.get());
      }
    }
    assertThat(statuses).containsOnly(201, 409);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
    assertThat(server.audited("user:ada"))
        .containsExactly("version.publish default/@acme/widget@1.0.0");
  }
}
