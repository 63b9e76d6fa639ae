package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/packages/{name}/dependents`.
@OnBothDatabases
final class DependentsApiTest {
  private static final String PACKAGES = "registries/default/packages/";
  private static final String LIB = PACKAGES + "@acme/lib/dependents";

  @AutoClose private final TestingServer server;
  private final String token;
  private final Api ada;

  DependentsApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    token = server.token("ada", Role.ADMIN);
    ada = Api.of(server).with("authorization", "Bearer " + token);
  }

  private void publish(String registry, String name, String version, Consumer<ObjectNode> more) {
    var document = PackageBuilder.named(name).version(version).manifest(more).publishDocument();
    TestingReply reply =
        server.put(token, "/r/" + registry + "/" + name.replace("/", "%2f"), document.toString());
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  private void needing(String name, String version, String field, String spec) {
    publish("default", name, version, manifest -> manifest.putObject(field).put("@acme/lib", spec));
  }

  private List<String> shown() {
    JsonNode page = ada.get(LIB).json();
    assertThat(page.path("unread").asInt()).isZero();
    return page.path("items")
        .valueStream()
        .map(one ->
            "%s@%s %s %s"
                .formatted(
                    one.path("name").asText(),
                    one.path("version").asText(),
                    one.path("kind").asText(),
                    one.path("range").asText()))
        .toList();
  }

  private void decide(String name, String version, String state) {
    TestingReply decided =
        ada.post(
            "registries/default/decisions",
            "{\"name\":\"%s\",\"version\":\"%s\",\"state\":\"%s\",\"reason\":\"Odd\"}"
                .formatted(name, version, state));
    assertThat(decided.status()).as(decided.text()).isEqualTo(204);
  }

  @Test
  void showsTheNewestStoredVersionThatNeedsIt() {
    needing("app", "1.9.0", "dependencies", "^1.0.0");
    needing("app", "1.10.0", "dependencies", "^1.1.0");
    publish("default", "app", "2.0.0", manifest -> {});
    needing("beside", "1.0.0", "peerDependencies", "*");
    assertThat(shown()).containsExactly("app@1.10.0 runtime ^1.1.0", "beside@1.0.0 peer *");
    JsonNode items = ada.get(LIB).json().path("items");
    assertThat(items.path(0).path("newest").asBoolean()).isFalse();
    assertThat(items.path(1).path("newest").asBoolean()).isTrue();
  }

  @Test
  void countsAliasesAndNotWhatIsNeededForDevelopmentOrFromElsewhere() {
    publish(
        "default",
        "app",
        "1.0.0",
        manifest -> {
          manifest.putObject("dependencies").put("alias", "npm:@acme/lib@1");
          manifest.putObject("devDependencies").put("tool", "1");
        });
    needing("elsewhere", "1.0.0", "dependencies", "file:../lib");
    needing("maker", "1.0.0", "devDependencies", "1");
    assertThat(shown()).containsExactly("app@1.0.0 runtime npm:@acme/lib@1");
    assertThat(ada.get(PACKAGES + "tool/dependents").json().path("items")).isEmpty();
  }

  @Test
  void showsWhatIsCachedOnceItIsAndUntilItIsDeleted() {
    var pad = TestingPackage.of("left-pad", "1.3.0");
    pad.putAt(server.upstream());
    String plain = pad.packument(server.upstream().url(), pad.tarball());
    server
        .upstream()
        .put(
            "left-pad",
            plain.replace(
                "\"version\":\"1.3.0\",",
                "\"version\":\"1.3.0\",\"dependencies\":{\"@acme/lib\":\"~2\"},"));
    assertThat(server.get(token, "/r/default/left-pad").status()).isEqualTo(200);
    assertThat(shown()).isEmpty();
    assertThat(server.get(token, "/r/default/left-pad/-/left-pad-1.3.0.tgz").status())
        .isEqualTo(200);
    server.restart(); // writes what is cached behind the answers
    assertThat(shown()).containsExactly("left-pad@1.3.0 runtime ~2");
    decide("left-pad", "1.3.0", "deleted");
    assertThat(shown()).isEmpty();
    assertThat(ada.get(LIB).json().path("total").asInt()).isZero();
  }

  @Test
  void forgetsWhatIsTakenBackAndFindsWhatComesInItsPlace() {
    needing("app", "1.0.0", "dependencies", "1");
    needing("app", "1.1.0", "dependencies", "2");
    assertThat(shown()).containsExactly("app@1.1.0 runtime 2");
    assertThat(ada.delete(PACKAGES + "app/versions/1.1.0").status()).isEqualTo(204);
    assertThat(shown()).containsExactly("app@1.0.0 runtime 1");
    assertThat(ada.delete(PACKAGES + "app/versions/1.0.0").status()).isEqualTo(204);
    assertThat(shown()).isEmpty();
  }

  @Test
  void showsNothingThatIsWithheld() {
    needing("app", "1.0.0", "dependencies", "1");
    needing("app", "1.1.0", "dependencies", "2");
    needing("hidden", "1.0.0", "dependencies", "3");
    decide("app", "1.1.0", "quarantined");
    decide("hidden", "1.0.0", "quarantined");
    assertThat(shown()).containsExactly("app@1.0.0 runtime 1");
    JsonNode page = ada.get(LIB + "?limit=1").json();
    assertThat(ada.get(LIB + "?limit=1&cursor=" + page.path("next").asText()).json().path("items"))
        .isEmpty();
  }

  @Test
  void showsTheRegistrysOwnAndNoOther() {
    assertThat(ada.post("registries", "{\"name\":\"other\",\"kind\":\"standard\"}").status())
        .isEqualTo(201);
    publish(
        "other",
        "secret-app",
        "1.0.0",
        manifest -> manifest.putObject("dependencies").put("@acme/lib", "1"));
    assertThat(shown()).isEmpty();
    assertThat(ada.get(LIB.replace("default", "other")).json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void comesInPagesByName() {
    for (String name : List.of("d", "b", "a", "c", "e")) {
      needing(name, "1.0.0", "dependencies", "1");
    }
    JsonNode first = ada.get(LIB + "?limit=2").json();
    assertThat(first.path("total").asInt()).isEqualTo(5);
    assertThat(first.path("items").findValuesAsText("name")).containsExactly("a", "b");
    needing("aa", "1.0.0", "dependencies", "1");
    JsonNode second = ada.get(LIB + "?limit=2&cursor=" + first.path("next").asText()).json();
    assertThat(second.path("items").findValuesAsText("name")).containsExactly("c", "d");
    JsonNode third = ada.get(LIB + "?limit=2&cursor=" + second.path("next").asText()).json();
    assertThat(third.path("items").findValuesAsText("name")).containsExactly("e");
    assertThat(third.path("next").isNull()).isTrue();
  }

  @Test
  void refusesWhatIsNoNameAndWhoMayNotRead() {
    assertThat(ada.get(PACKAGES + "NOT%20one/dependents").status()).isEqualTo(400);
    assertThat(ada.get(LIB + "?cursor=~&limit=2").status()).isEqualTo(400);
    assertThat(ada.get(LIB + "?limit=0").status()).isEqualTo(400);
    assertThat(Api.of(server).get(LIB).status()).isEqualTo(401);
    assertThat(Api.of(server, "elsewhere", "olga", Role.OWNER).get(LIB).status()).isEqualTo(404);
    assertThat(server.upstream().requests()).noneMatch(one -> one.toString().contains("lib"));
  }
}
