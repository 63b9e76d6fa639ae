package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.REGISTRY;
import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Owners, collaborators and access.
@OnBothDatabases
final class SharingTest {
  private static final String PACKAGE = "-/package/" + WIDGET;

  @AutoClose private final Shelf shelf;

  SharingTest(Dialect dialect) {
    shelf = new Shelf(dialect);
  }

  private TestingReply owners(String token, String rev, String... names) {
    ObjectNode document =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .createObjectNode()
            .put("_id", "@acme/widget")
            .put("_rev", rev);
    var maintainers = document.putArray("maintainers");
    for (String name : names) {
      maintainers.addObject().put("name", name).put("email", "");
    }
    return shelf.put(token, WIDGET + "/-rev/" + rev, document);
  }

  private String rev() {
    return shelf.document(WIDGET).path("_rev").asText();
  }

  private List<String> maintainers() {
    List<String> names = new ArrayList<>();
    shelf.document(WIDGET).path("maintainers").forEach(one -> names.add(one.path("name").asText()));
    return names;
  }

  @Test
  void takesTheListOfOwnersThatNpmSends() {
    shelf.published("1.0.0");
    TestingReply reply = owners(shelf.ada, rev(), "ada", "bob");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("success").asBoolean()).isTrue();
    assertThat(maintainers()).containsExactly("ada", "bob");
    assertThat(owners(shelf.ada, "undefined", "bob").status()).isEqualTo(200);
    shelf.server.restart();
    assertThat(maintainers()).containsExactly("bob");
    assertThat(shelf.server.audited("user:ada"))
        .endsWith("owner.add default/@acme/widget", "owner.remove default/@acme/widget");
  }

  @Test
  void showsTheAddressesOfOwnersAsTheyAreNow() {
    shelf.published("1.0.0");
    assertThat(shelf.get(WIDGET).json().path("maintainers").toString())
        .isEqualTo("[{\"name\":\"ada\",\"email\":\"ada@example.test\"}]");
    shelf.server.send(
        shelf.ada,
        "POST",
        "/r/default/-/npm/v1/user",
        "{\"email\":\"lovelace@example.test\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(shelf.get(WIDGET).json().at("/maintainers/0/email").asText())
        .isEqualTo("lovelace@example.test");
  }

  /// What yarn 1 needs to change owners: it reads this form and sends back what it finds there.
  @Test
  void showsTheOwnersOfWhatIsPublishedHereInTheAbbreviatedFormToo() {
    shelf.published("1.0.0");
    JsonNode abbreviated = abbreviated(WIDGET);
    assertThat(abbreviated.path("_id").asText()).isEqualTo("@acme/widget");
    assertThat(abbreviated.path("_rev").asText()).isEqualTo(rev());
    assertThat(abbreviated.at("/maintainers/0/name").asText()).isEqualTo("ada");
    TestingPackage.of("left-pad", "1.0.0").putAt(shelf.server.upstream());
    assertThat(abbreviated("left-pad").has("_rev")).isFalse();
    assertThat(abbreviated("left-pad").has("maintainers")).isFalse();
  }

  private JsonNode abbreviated(String name) {
    return shelf
        .server
        .send(
            HttpRequest.newBuilder(URI.create(shelf.server.url() + Shelf.REGISTRY + name))
                .header("authorization", "Bearer " + shelf.ada)
                .header("accept", "application/vnd.npm.install-v1+json")
                .build())
        .json();
  }

  @Test
  void refusesNobodyStrangersAndOldLists() {
    shelf.published("1.0.0");
    String old = rev();
    assertThat(owners(shelf.ada, rev()).status()).isEqualTo(403);
    assertThat(owners(shelf.ada, rev(), "ada", "ghost").status()).isEqualTo(404);
    shelf.published("1.1.0");
    assertThat(owners(shelf.ada, old, "ada", "bob").status()).isEqualTo(409);
    assertThat(maintainers()).containsExactly("ada");
  }

  @Test
  void addsAndRemovesOneOwnerAsPnpmDoes() {
    shelf.published("1.0.0");
    assertThat(shelf.put(shelf.ada, PACKAGE + "/owners", "{\"user\":\"bob\"}").status())
        .isEqualTo(200);
    assertThat(maintainers()).containsExactly("ada", "bob");
    assertThat(shelf.delete(shelf.ada, PACKAGE + "/owners/ada").status()).isEqualTo(200);
    assertThat(maintainers()).containsExactly("bob");
    assertThat(shelf.delete(shelf.ada, PACKAGE + "/owners/bob").status()).isEqualTo(403);
    assertThat(shelf.delete(shelf.ada, PACKAGE + "/owners/eve").status()).isEqualTo(404);
    assertThat(shelf.put(shelf.ada, PACKAGE + "/owners", "{\"user\":\"ghost\"}").status())
        .isEqualTo(404);
    assertThat(shelf.put(shelf.ada, PACKAGE + "/owners", "{}").status()).isEqualTo(400);
  }

  @Test
  void letsOnlyOwnersChangeOwnersWhereTheRegistrySaysSo() {
    shelf.published("1.0.0");
    shelf.settings(false, true, false);
    assertThat(owners(shelf.bob, rev(), "bob").status()).isEqualTo(403);
    assertThat(owners(shelf.ada, rev(), "bob").status()).isEqualTo(200);
    assertThat(shelf.publish(shelf.ada, widget("1.1.0")).status()).isEqualTo(403);
    assertThat(owners(shelf.eve, rev(), "ada").status()).isEqualTo(200);
  }

  @Test
  void listsCollaboratorsInBothShapes() {
    shelf.published("1.0.0");
    owners(shelf.ada, rev(), "ada", "bob");
    assertThat(shelf.get(PACKAGE + "/collaborators").text())
        .isEqualTo("{\"ada\":\"write\",\"bob\":\"write\"}");
    var all = shelf.get(PACKAGE + "/collaborators?format=cli").json();
    assertThat(all).hasSize(2);
    var one = shelf.get(PACKAGE + "/collaborators?format=cli&user=bob").json();
    assertThat(one).hasSize(1);
    assertThat(one.at("/0/user").asText()).isEqualTo("bob");
    assertThat(one.at("/0/email").asText()).isEqualTo("bob@example.test");
    assertThat(one.at("/0/permissions").asText()).isEqualTo("write");
  }

  private TestingReply access(String json) {
    return shelf.server.send(
        shelf.ada, "POST", REGISTRY + PACKAGE + "/access", json.getBytes(UTF_8));
  }

  private boolean isPublic() {
    return shelf.get(PACKAGE + "/visibility").json().path("public").asBoolean();
  }

  @Test
  void storesAndTellsTheAccessAndOpensNothingByIt() {
    shelf.put(shelf.ada, WIDGET, widget("1.0.0").publishDocument().put("access", "public"));
    assertThat(isPublic()).isTrue();
    assertThat(shelf.server.get(null, REGISTRY + WIDGET).status()).isEqualTo(401);
    assertThat(access("{\"access\":\"restricted\"}").status()).isEqualTo(200);
    shelf.server.restart();
    assertThat(isPublic()).isFalse();
    assertThat(shelf.get(PACKAGE + "/access").json().path("access").asText())
        .isEqualTo("restricted");
    shelf.published("1.1.0");
    assertThat(isPublic()).isFalse();
    assertThat(access("{\"access\":\"everyone\"}").status()).isEqualTo(400);
    assertThat(access("{\"publish_requires_tfa\":true}").status()).isEqualTo(404);
    assertThat(shelf.server.audited("user:ada")).contains("package.access default/@acme/widget");
  }

  @Test
  void changesNothingOfWhatComesFromAnUpstream() {
    TestingPackage.of("@acme/widget", "0.9.0").putAt(shelf.server.upstream());
    assertThat(isPublic()).isTrue();
    assertThat(shelf.get(PACKAGE + "/collaborators").text()).isEqualTo("{}");
    assertThat(access("{\"access\":\"restricted\"}").status()).isEqualTo(403);
    shelf.put(shelf.ada, PACKAGE + "/dist-tags/pinned", "\"0.9.0\"");
    assertThat(access("{\"access\":\"restricted\"}").status()).isEqualTo(403);
    assertThat(owners(shelf.ada, rev(), "ada").status()).isEqualTo(403);
    assertThat(shelf.put(shelf.ada, PACKAGE + "/owners", "{\"user\":\"ada\"}").status())
        .isEqualTo(403);
  }

  @Test
  void knowsNothingOfPackagesThatAreNotThere() {
    for (String part : new String[] {"/visibility", "/access", "/collaborators"}) {
      assertThat(shelf.get("-/package/none" + part).status()).as(part).isEqualTo(404);
    }
  }
}
