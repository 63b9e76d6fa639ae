package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.REGISTRY;
import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Stars, as npm and pnpm give them.
@OnBothDatabases
final class StarsTest {
  @AutoClose private final Shelf shelf;

  StarsTest(Dialect dialect) {
    shelf = new Shelf(dialect);
    TestingPackage.of("left-pad", "1.3.0").putAt(shelf.server.upstream());
  }

  private TestingReply byDocument(String token, String name, String users) {
    return shelf.put(
        token, name, "{\"_id\":\"" + name + "\",\"_rev\":\"1-0\",\"users\":" + users + "}");
  }

  private String starred(String user) {
    return shelf.get("-/user/" + user + "/stars").text();
  }

  @Test
  void takesFromTheDocumentOnlyWhatTheSenderLikes() {
    assertThat(byDocument(shelf.bob, "left-pad", "{\"bob\":true,\"ada\":true}").status())
        .isEqualTo(200);
    assertThat(starred("bob")).isEqualTo("[\"left-pad\"]");
    assertThat(starred("ada")).isEqualTo("[]");
    shelf.server.restart();
    assertThat(shelf.get("-/_view/starredByUser?key=%22bob%22").json().at("/rows/0/value").asText())
        .isEqualTo("left-pad");
    byDocument(shelf.ada, "left-pad", "{}");
    assertThat(starred("bob")).isEqualTo("[\"left-pad\"]");
    byDocument(shelf.bob, "left-pad", "{}");
    assertThat(starred("bob")).isEqualTo("[]");
    assertThat(shelf.server.audited("user:bob"))
        .containsExactly("star.add default/left-pad", "star.remove default/left-pad");
  }

  @Test
  void answersPnpmInBothItsWays() {
    shelf.published("1.0.0");
    String body = "{\"name\":\"@acme/widget\",\"package\":\"@acme/widget\"}";
    assertThat(shelf.put(shelf.ada, "-/user/v1/star", body).status()).isEqualTo(200);
    assertThat(shelf.put(shelf.ada, "-/user/package/left-pad/star", "{}").status()).isEqualTo(200);
    assertThat(shelf.get("-/user/v1/star").text()).isEqualTo("[\"@acme/widget\",\"left-pad\"]");
    assertThat(shelf.document(WIDGET).at("/users/ada").asBoolean()).isTrue();
    assertThat(
            shelf
                .server
                .send(shelf.ada, "DELETE", REGISTRY + "-/user/v1/star", body.getBytes(UTF_8))
                .status())
        .isEqualTo(200);
    assertThat(shelf.delete(shelf.ada, "-/user/package/left-pad/star").status()).isEqualTo(200);
    assertThat(shelf.get("-/user/v1/star").text()).isEqualTo("[]");
    assertThat(shelf.document(WIDGET).path("users")).isEmpty();
  }

  @Test
  void areShownOfPackagesThatComeFromElsewhere() {
    String document =
        TestingPackage.of("left-pad", "1.3.0")
            .packument(
                shelf.server.upstream().url(), TestingPackage.of("left-pad", "1.3.0").tarball());
    shelf
        .server
        .upstream()
        .put("left-pad", document.replaceFirst("\\{", "{\"users\":{\"stranger\":true},"));
    assertThat(shelf.get("left-pad").json().at("/users/stranger").asBoolean()).isTrue();
    shelf.put(shelf.ada, "-/user/package/left-pad/star", "{}");
    shelf.put(shelf.bob, "-/user/package/left-pad/star", "{}");
    assertThat(shelf.get("left-pad").json().path("users").toString())
        .isEqualTo("{\"ada\":true,\"bob\":true}");
    shelf.server.restart();
    assertThat(shelf.get("left-pad").json().path("users")).hasSize(2);
    shelf.delete(shelf.ada, "-/user/package/left-pad/star");
    assertThat(shelf.get("left-pad").json().path("users").toString()).isEqualTo("{\"bob\":true}");
  }

  @Test
  void areThoseOfTheRegistryThatIsAsked() {
    shelf.published("1.0.0");
    shelf.put(shelf.ada, "-/user/package/@acme%2fwidget/star", "{}");
    shelf.server.addRegistry(
        "team",
        Registry.Settings.of(Registry.Kind.STANDARD),
        new Upstreams.Here(shelf.server.registry()));
    shelf.server.put(shelf.bob, "/r/team/-/user/package/@acme%2fwidget/star", "{}");
    assertThat(shelf.server.get(shelf.ada, "/r/team/" + WIDGET).json().path("users").toString())
        .isEqualTo("{\"bob\":true}");
    assertThat(shelf.document(WIDGET).path("users").toString()).isEqualTo("{\"ada\":true}");
  }

  @Test
  void areForReadersTooButNotForReadOnlyTokens() {
    String rita = shelf.server.token("rita", Role.READ_ONLY);
    assertThat(byDocument(rita, "left-pad", "{\"rita\":true}").status()).isEqualTo(200);
    assertThat(starred("rita")).isEqualTo("[\"left-pad\"]");
    String readOnly =
        shelf.server.token(
            shelf.server.user("ada"), new TokenLimits(true, Set.of(), Set.of(), List.of(), null));
    assertThat(byDocument(readOnly, "left-pad", "{\"ada\":true}").status()).isEqualTo(403);
    assertThat(shelf.put(readOnly, "-/user/package/left-pad/star", "{}").status()).isEqualTo(403);
  }

  @Test
  void areNotForPackagesThatAreNotThere() {
    assertThat(byDocument(shelf.ada, "none", "{\"ada\":true}").status()).isEqualTo(404);
    assertThat(shelf.put(shelf.ada, "-/user/v1/star", "{\"package\":\"../x\"}").status())
        .isEqualTo(400);
    assertThat(shelf.put(shelf.ada, "-/user/v1/star", "{}").status()).isEqualTo(400);
  }
}
