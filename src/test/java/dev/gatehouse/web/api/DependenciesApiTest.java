package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/packages/{name}/versions/{version}/dependencies`.
@OnBothDatabases
final class DependenciesApiTest {
  private static final String PATH =
      "registries/default/packages/@acme/app/versions/1.0.0/dependencies";

  @AutoClose private final TestingServer server;
  private final String token;
  private final Api ada;

  DependenciesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    token = server.token("ada", Role.ADMIN);
    ada = Api.of(server).with("authorization", "Bearer " + token);
  }

  private void publish(String name, String version, Consumer<ObjectNode> manifest) {
    var document = PackageBuilder.named(name).version(version).manifest(manifest).publishDocument();
    TestingReply reply =
        server.put(token, "/r/default/" + name.replace("/", "%2f"), document.toString());
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  private void needing(String field, String name, String spec) {
    publish("@acme/app", "1.0.0", manifest -> manifest.putObject(field).put(name, spec));
  }

  private JsonNode only() {
    JsonNode shown = ada.get(PATH).json();
    assertThat(shown.path("count").asInt()).isEqualTo(1);
    return Objects.requireNonNull(shown.path("items").path(0));
  }

  private void quarantine(String name, String version) {
    TestingReply decided =
        ada.post(
            "registries/default/decisions",
            "{\"name\":\"%s\",\"version\":\"%s\",\"state\":\"quarantined\",\"reason\":\"Odd\"}"
                .formatted(name, version));
    assertThat(decided.status()).as(decided.text()).isEqualTo(204);
  }

  @Test
  void saysWhichVersionOfTheRegistryARangeGets() {
    publish("lib", "1.0.0", manifest -> {});
    publish("lib", "1.2.0", manifest -> {});
    publish("lib", "2.0.0", manifest -> {});
    needing("peerDependencies", "lib", "^1.0.0");
    JsonNode one = only();
    assertThat(one.path("name").asText()).isEqualTo("lib");
    assertThat(one.path("kind").asText()).isEqualTo("peer");
    assertThat(one.path("range").asText()).isEqualTo("^1.0.0");
    assertThat(one.path("held").asBoolean()).isTrue();
    assertThat(one.path("version").asText()).isEqualTo("1.2.0");
    assertThat(one.path("withheld").isNull()).isTrue();
    assertThat(one.path("advisories")).isEmpty();
  }

  @Test
  void marksWhatIsWithheldAndWhatIsGotInstead() {
    publish("lib", "1.0.0", manifest -> {});
    publish("lib", "1.2.0", manifest -> {});
    needing("dependencies", "lib", "^1.0.0");
    quarantine("lib", "1.2.0");
    assertThat(only().path("version").asText()).isEqualTo("1.0.0");
    assertThat(only().path("withheld").toString())
        .isEqualTo("{\"version\":\"1.2.0\",\"verdict\":\"quarantine\"}");
    quarantine("lib", "1.0.0");
    assertThat(only().path("version").isNull()).isTrue();
    assertThat(only().path("withheld").path("version").asText()).isEqualTo("1.2.0");
    publish("lib", "1.1.0", manifest -> {});
    assertThat(only().path("version").asText()).isEqualTo("1.1.0");
  }

  @Test
  void readsTagsAndAliases() {
    publish("@acme/real", "1.0.0", manifest -> {});
    needing("optionalDependencies", "alias", "npm:@acme/real@latest");
    JsonNode one = only();
    assertThat(one.path("name").asText()).isEqualTo("alias");
    assertThat(one.path("what").asText()).isEqualTo("@acme/real");
    assertThat(one.path("kind").asText()).isEqualTo("optional");
    assertThat(one.path("version").asText()).isEqualTo("1.0.0");
  }

  @Test
  void saysWhatComesFromNoRegistry() {
    needing("devDependencies", "tool", "git+ssh://git@git.example.com/<b>.git");
    JsonNode one = only();
    assertThat(one.path("what").isNull()).isTrue();
    assertThat(one.path("held").asBoolean()).isFalse();
    assertThat(one.path("elsewhere").asText()).contains("not from a registry");
  }

  @Test
  void warnsOfAdvisoriesThatSpeakOfThePackageHere() {
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    assertThat(server.get(token, "/r/default/left-pad").status()).isEqualTo(200);
    advise(TestingFeed.vulnerableRecord("GHSA-1", "left-pad", "1.5.0"));
    advise(TestingFeed.vulnerableRecord("GHSA-2", "left-pad", "1.2.0"));
    needing("dependencies", "left-pad", "^1.0.0");
    JsonNode one = only();
    assertThat(one.path("version").asText()).isEqualTo("1.3.0");
    assertThat(one.path("held").asBoolean()).isFalse();
    assertThat(one.path("advisories").findValuesAsText("id")).containsExactly("GHSA-1");
    assertThat(one.at("/advisories/0/severity").asText()).isEqualTo("critical");
  }

  private void advise(String record) {
    server.operate(record, "advisories", "add", "-");
    // Before anybody is refused, the server looks for what other processes have changed.
    assertThat(server.get("nobody's", "/r/default/-/whoami").status()).isEqualTo(401);
  }

  @Test
  void asksNobodyOutsideForADependency() {
    needing("dependencies", "unheard-of", "1");
    JsonNode one = only();
    assertThat(one.path("held").asBoolean()).isFalse();
    assertThat(one.path("version").isNull()).isTrue();
    assertThat(server.upstream().requests())
        .noneMatch(asked -> asked.toString().contains("unheard-of"));
  }

  @Test
  void listsTheFirstTwoHundredAndSaysHowManyThereAre() {
    publish(
        "@acme/app",
        "1.0.0",
        manifest -> {
          ObjectNode needed = manifest.putObject("dependencies");
          for (int i = 0; i < 203; i++) {
            needed.put("need-" + i, "file:../x");
          }
        });
    JsonNode shown = ada.get(PATH).json();
    assertThat(shown.path("items")).hasSize(200);
    assertThat(shown.path("count").asInt()).isEqualTo(203);
  }

  @Test
  void refusesWhatThereIsNotAndWhoMayNotRead() {
    needing("dependencies", "lib", "1");
    assertThat(ada.get(PATH.replace("1.0.0", "9.9.9")).status()).isEqualTo(404);
    assertThat(ada.get(PATH.replace("@acme/app", "no-such-thing")).status()).isEqualTo(404);
    assertThat(ada.get(PATH.replace("@acme/app", "NOT%20one")).status()).isEqualTo(400);
    assertThat(Api.of(server).get(PATH).status()).isEqualTo(401);
    assertThat(Api.of(server, "other", "olga", Role.OWNER).get(PATH).status()).isEqualTo(404);
  }
}
