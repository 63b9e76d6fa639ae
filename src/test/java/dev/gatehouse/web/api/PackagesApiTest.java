package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/packages`.
@OnBothDatabases
final class PackagesApiTest {
  private static final String PATH = "registries/default/packages";

  @AutoClose private final TestingServer server;
  private final String token;
  private final Api ada;

  PackagesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    token = server.token("ada", Role.ADMIN);
    ada = Api.of(server).with("authorization", "Bearer " + token);
  }

  private void publish(String name, String version) {
    var document =
        PackageBuilder.named(name)
            .version(version)
            .manifest(manifest -> {
              manifest.put("license", "MIT").put("description", "Of " + name);
              manifest.putArray("keywords").add("one").add("<b>");
              manifest.put("homepage", "javascript:alert(1)");
              manifest.put("repository", "git+https://git.example.com/x.git");
            })
            .publishDocument();
    document.put("description", "Of " + name);
    document.put("readme", "# Hello\n\n<script>alert(1)</script>");
    TestingReply reply =
        server.put(token, "/r/default/" + name.replace("/", "%2f"), document.toString());
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  private static List<String> names(TestingReply reply) {
    return reply.json().path("items").findValuesAsText("name");
  }

  @Test
  void listsWhatIsHostedAndCachedByNameInPages() {
    publish("@acme/widget", "1.0.0");
    publish("zeta", "1.0.0");
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    assertThat(server.get(token, "/r/default/left-pad/-/left-pad-1.3.0.tgz").status())
        .isEqualTo(200);
    server.restart(); // writes what is cached behind the answers
    TestingReply first = ada.get(PATH + "?limit=2");
    assertThat(names(first)).containsExactly("@acme/widget", "left-pad");
    assertThat(first.json().path("total").asInt()).isEqualTo(3);
    assertThat(names(ada.get(PATH + "?limit=2&cursor=" + first.json().path("next").asText())))
        .containsExactly("zeta");
    assertThat(first.json().path("items").path(0).path("hosted").asBoolean()).isTrue();
    assertThat(first.json().path("items").path(0).path("description").asText())
        .isEqualTo("Of @acme/widget");
    assertThat(names(ada.get(PATH + "?search=WIDG"))).containsExactly("@acme/widget");
    assertThat(names(ada.get(PATH + "?search=nothing-like-it"))).isEmpty();
    assertThat(ada.get(PATH + "?search=" + "x".repeat(201)).status()).isEqualTo(400);
  }

  @Test
  void showsAPackageWithItsVersionsTagsAndReadme() {
    publish("@acme/widget", "1.0.0");
    publish("@acme/widget", "1.1.0");
    JsonNode shown = ada.get(PATH + "/@acme/widget").json();
    assertThat(ada.get(PATH + "/@acme%2fwidget").json()).isEqualTo(shown);
    assertThat(shown.path("latest").asText()).isEqualTo("1.1.0");
    assertThat(shown.path("readme").asText()).isEqualTo("# Hello\n\n<script>alert(1)</script>");
    assertThat(shown.path("keywords").toString()).isEqualTo("[\"one\",\"<b>\"]");
    assertThat(shown.path("links").toString())
        .isEqualTo("{\"repository\":\"https://git.example.com/x\"}");
    assertThat(shown.path("tags").path("latest").asText()).isEqualTo("1.1.0");
    assertThat(shown.path("maintainers").toString()).isEqualTo("[\"ada\"]");
    JsonNode version = shown.path("versions").path(0);
    assertThat(version.path("version").asText()).isEqualTo("1.1.0");
    assertThat(version.path("licence").asText()).isEqualTo("MIT");
    assertThat(version.path("hosted").asBoolean()).isTrue();
    assertThat(version.path("withheld").isNull()).isTrue();
  }

  @Test
  void tellsWhatIsWithheldAndWhy() {
    publish("widget", "1.0.0");
    publish("widget", "1.1.0");
    TestingReply decided =
        ada.post(
            "registries/default/decisions",
            "{\"name\":\"widget\",\"version\":\"1.1.0\",\"state\":\"quarantined\",\"reason\":\"Odd\"}");
    assertThat(decided.status()).as(decided.text()).isEqualTo(204);
    JsonNode shown = ada.get(PATH + "/widget").json();
    assertThat(shown.path("latest").asText()).isEqualTo("1.0.0");
    JsonNode withheld = shown.path("versions").path(0).path("withheld");
    assertThat(withheld.path("verdict").asText()).isEqualTo("quarantine");
    assertThat(withheld.path("reasons").path(0).path("sentence").asText()).contains("Odd");
    JsonNode listed = ada.get(PATH + "?search=widget").json().path("items").path(0);
    assertThat(listed.path("versions").asInt()).isEqualTo(1);
    assertThat(listed.path("withheld").asInt()).isEqualTo(1);
  }

  @Test
  void tellsAMissingPackageFromAnUpstreamThatFails() {
    TestingReply missing = ada.get(PATH + "/no-such-thing");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.json().path("detail").asText()).contains("no-such-thing");
    server.upstream().at("/broken").status(500);
    assertThat(ada.get(PATH + "/broken").status()).isEqualTo(502);
    assertThat(ada.get(PATH + "/NOT%20a%20name").status()).isEqualTo(400);
  }
}
