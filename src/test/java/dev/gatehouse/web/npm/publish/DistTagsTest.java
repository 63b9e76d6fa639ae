package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.REGISTRY;
import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `-/package/{name}/dist-tags[/{tag}]`.
@OnBothDatabases
final class DistTagsTest {
  private static final String TAGS = "-/package/" + WIDGET + "/dist-tags";

  @AutoClose private final Shelf shelf;

  DistTagsTest(Dialect dialect) {
    shelf = new Shelf(dialect);
  }

  private void upstreamHas(String name, String version) {
    TestingPackage.of(name, version).putAt(shelf.server.upstream());
  }

  @Test
  void setsMovesAndRemovesATag() {
    shelf.published("1.0.0", "1.1.0");
    TestingReply set = shelf.put(shelf.bob, TAGS + "/next", "\"1.0.0\"");
    assertThat(set.status()).isEqualTo(200);
    assertThat(set.json().path("ok").asBoolean()).isTrue();
    shelf.put(shelf.bob, TAGS + "/next", "\"1.1.0\"");
    shelf.put(shelf.bob, TAGS + "/next", "\"1.1.0\"");
    shelf.server.restart();
    assertThat(shelf.get(TAGS).text()).isEqualTo("{\"latest\":\"1.1.0\",\"next\":\"1.1.0\"}");
    assertThat(shelf.document(WIDGET).path("dist-tags")).isEqualTo(shelf.get(TAGS).json());
    assertThat(shelf.delete(shelf.bob, TAGS + "/next").status()).isEqualTo(200);
    assertThat(shelf.get(TAGS).text()).isEqualTo("{\"latest\":\"1.1.0\"}");
    assertThat(shelf.delete(shelf.bob, TAGS + "/next").status()).isEqualTo(404);
    assertThat(shelf.server.audited("user:bob"))
        .containsExactly(
            "tag.set default/@acme/widget",
            "tag.set default/@acme/widget",
            "tag.remove default/@acme/widget");
  }

  @Test
  void answersEveryEncodingOfNameAndTag() {
    shelf.published("1.0.0");
    for (String name : new String[] {"@acme%2fwidget", "@acme%2Fwidget", "@acme/widget"}) {
      String path = "-/package/" + name + "/dist-tags";
      assertThat(shelf.put(shelf.ada, path + "/a%3Ab/", "\"1.0.0\"").status()).isEqualTo(200);
      assertThat(shelf.get(path + "/").json().path("a:b").asText()).isEqualTo("1.0.0");
      assertThat(shelf.delete(shelf.ada, path + "/a%3Ab").status()).isEqualTo(200);
    }
    byte[] body = "\"1.0.0\"".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(shelf.server.send(shelf.ada, "POST", REGISTRY + TAGS + "/other", body).status())
        .isEqualTo(200);
  }

  @Test
  void refusesWhatIsNoTagOrNoVersion() {
    shelf.published("1.0.0");
    assertThat(shelf.put(shelf.ada, TAGS + "/1.x", "\"1.0.0\"").status()).isEqualTo(400);
    assertThat(shelf.put(shelf.ada, TAGS + "/a%20b", "\"1.0.0\"").status()).isEqualTo(400);
    assertThat(shelf.put(shelf.ada, TAGS + "/next", "{}").status()).isEqualTo(400);
    assertThat(shelf.put(shelf.ada, TAGS + "/next", "\"1.0.0\" 2").status()).isEqualTo(400);
    assertThat(shelf.put(shelf.ada, TAGS + "/next", "\"").status()).isEqualTo(400);
    assertThat(shelf.put(shelf.ada, TAGS + "/next", "\"2.0.0\"").status()).isEqualTo(404);
    assertThat(shelf.put(shelf.ada, "-/package/none/dist-tags/next", "\"1.0.0\"").status())
        .isEqualTo(404);
    assertThat(shelf.get(TAGS).text()).isEqualTo("{\"latest\":\"1.0.0\"}");
  }

  @Test
  void keepsLatestWhereAnythingIsPublished() {
    shelf.published("1.0.0", "1.1.0");
    TestingReply reply = shelf.delete(shelf.eve, TAGS + "/latest");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).contains("latest");
    assertThat(shelf.put(shelf.ada, TAGS + "/latest", "\"1.0.0\"").status()).isEqualTo(200);
    assertThat(shelf.document(WIDGET).at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
  }

  @Test
  void keepsTagsOfItsOwnOnWhatComesFromAnUpstream() {
    upstreamHas("left-pad", "1.3.0");
    String tags = "-/package/left-pad/dist-tags";
    assertThat(shelf.put(shelf.ada, tags + "/pinned", "\"1.3.0\"").status()).isEqualTo(200);
    shelf.server.restart();
    assertThat(shelf.get(tags).text()).isEqualTo("{\"latest\":\"1.3.0\",\"pinned\":\"1.3.0\"}");
    assertThat(shelf.versions("left-pad")).containsExactly("1.3.0");
    assertThat(shelf.delete(shelf.ada, tags + "/latest").status()).isEqualTo(403);
    assertThat(shelf.delete(shelf.ada, tags + "/pinned").status()).isEqualTo(200);
    assertThat(shelf.get(tags).text()).isEqualTo("{\"latest\":\"1.3.0\"}");
  }

  @Test
  void asksTheUpstreamForAVersionThatIsNewerThanTheCopy() {
    upstreamHas("left-pad", "1.3.0");
    assertThat(shelf.get("left-pad").status()).isEqualTo(200);
    upstreamHas("left-pad", "1.4.0");
    assertThat(shelf.put(shelf.ada, "-/package/left-pad/dist-tags/new", "\"1.4.0\"").status())
        .isEqualTo(200);
  }

  @Test
  void neverTakesAnUpstreamsSilenceForNothingBecauseOfATag() {
    upstreamHas("left-pad", "1.3.0");
    shelf.put(shelf.ada, "-/package/left-pad/dist-tags/pinned", "\"1.3.0\"");
    shelf.server.upstream().at("/left-pad").status(500);
    shelf.server.restart();
    shelf.server.services().database().write(handle -> handle.execute("DELETE FROM document"));
    shelf.server.restart();
    assertThat(shelf.get("left-pad").status()).isEqualTo(502);
  }

  @Test
  void letsReadersLookAndNotTouch() {
    shelf.published("1.0.0");
    String rita = shelf.server.token("rita", dev.gatehouse.access.account.Role.READ_ONLY);
    assertThat(shelf.server.get(rita, REGISTRY + TAGS).status()).isEqualTo(200);
    assertThat(shelf.put(rita, TAGS + "/next", "\"1.0.0\"").status()).isEqualTo(403);
    assertThat(shelf.server.get(null, REGISTRY + TAGS).status()).isEqualTo(401);
    shelf.settings(false, false, true);
    assertThat(shelf.put(shelf.ada, TAGS + "/next", "\"1.0.0\"").status()).isEqualTo(403);
  }
}
