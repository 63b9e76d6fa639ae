package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.REGISTRY;
import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `PUT {name}/-rev/{rev}` with a document that lacks versions, and `DELETE {name}/-rev/{rev}`.
@OnBothDatabases
final class UnpublishTest {
  @AutoClose private final Shelf shelf;

  UnpublishTest(Dialect dialect) {
    shelf = new Shelf(dialect);
  }

  private static String rev(ObjectNode document) {
    return document.path("_rev").asText();
  }

  private TestingReply unpublish(String token, String version) {
    ObjectNode document = shelf.document(WIDGET);
    ((ObjectNode) document.path("versions")).remove(version);
    return shelf.put(token, WIDGET + "/-rev/" + rev(document), document);
  }

  private TestingReply unpublishAll(String token) {
    return shelf.delete(token, WIDGET + "/-rev/" + rev(shelf.document(WIDGET)));
  }

  @Test
  void takesOneVersionBackWithItsTarballAndTags() {
    shelf.published("1.0.0", "1.1.0");
    shelf.put(shelf.ada, "-/package/@acme%2fwidget/dist-tags/next", "\"1.1.0\"");
    assertThat(shelf.get("@acme/widget/-/widget-1.1.0.tgz").status()).isEqualTo(200);
    assertThat(unpublish(shelf.ada, "1.1.0").status()).isEqualTo(200);
    shelf.server.restart();
    assertThat(shelf.versions(WIDGET)).containsExactly("1.0.0");
    assertThat(shelf.get("@acme/widget/-/widget-1.1.0.tgz").status()).isEqualTo(404);
    assertThat(shelf.get("@acme/widget/-/widget-1.0.0.tgz").status()).isEqualTo(200);
    assertThat(shelf.document(WIDGET).path("dist-tags").toString())
        .isEqualTo("{\"latest\":\"1.0.0\"}");
    assertThat(shelf.server.audited("user:ada"))
        .endsWith("version.unpublish default/@acme/widget@1.1.0");
  }

  @Test
  void letsTheClientChooseWhereTagsGoThatNamedTheVersion() {
    shelf.published("1.0.0", "1.1.0", "1.2.0");
    ObjectNode document = shelf.document(WIDGET);
    ((ObjectNode) document.path("versions")).remove("1.2.0");
    ((ObjectNode) document.path("dist-tags")).put("latest", "1.0.0").put("evil", "9.9.9");
    shelf.put(shelf.ada, WIDGET + "/-rev/" + rev(document), document);
    assertThat(shelf.document(WIDGET).path("dist-tags").toString())
        .isEqualTo("{\"latest\":\"1.0.0\"}");
  }

  @Test
  void answersTheDeletionOfATarballThatIsGoneInEveryForm() {
    shelf.published("1.0.0", "1.1.0");
    unpublish(shelf.ada, "1.1.0");
    for (String path :
        new String[] {
          "@acme/widget/-/widget-1.1.0.tgz/-rev/3-x",
          "@acme%2fwidget/-/widget-1.1.0.tgz/-rev/undefined",
          "@acme/widget/-/@acme/widget-1.1.0.tgz/-rev/3-x",
          "r/default/@acme/widget/-/widget-1.1.0.tgz/-rev/3-x",
          "w/default/r/default/@acme/widget/-/widget-1.1.0.tgz/-rev/3-x"
        }) {
      assertThat(shelf.delete(shelf.ada, path).status()).as(path).isEqualTo(200);
    }
    TestingReply still = shelf.delete(shelf.ada, "@acme/widget/-/widget-1.0.0.tgz/-rev/3-x");
    assertThat(still.status()).isEqualTo(409);
    assertThat(shelf.get("@acme/widget/-/widget-1.0.0.tgz").status()).isEqualTo(200);
    assertThat(shelf.delete(shelf.ada, "@acme/widget/-/evil.tgz/-rev/1").status()).isEqualTo(404);
  }

  @Test
  void refusesAnOldRevisionBecauseItLacksWhatCameLater() {
    shelf.published("1.0.0", "1.1.0");
    ObjectNode old = shelf.document(WIDGET);
    ((ObjectNode) old.path("versions")).remove("1.0.0");
    shelf.published("1.2.0");
    assertThat(shelf.put(shelf.ada, WIDGET + "/-rev/" + rev(old), old).status()).isEqualTo(409);
    assertThat(shelf.put(shelf.ada, WIDGET + "/-rev/undefined", old).status()).isEqualTo(409);
    assertThat(shelf.delete(shelf.ada, WIDGET + "/-rev/" + rev(old)).status()).isEqualTo(409);
    assertThat(shelf.versions(WIDGET)).containsExactly("1.0.0", "1.1.0", "1.2.0");
  }

  @Test
  void keepsTheNumberTakenButForTheSameBytesByTheSamePublisher() {
    shelf.published("1.0.0", "1.1.0");
    unpublish(shelf.ada, "1.1.0");
    TestingReply other = shelf.publish(shelf.ada, widget("1.1.0").file("more.js", ""));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.error()).contains("taken back");
    assertThat(shelf.publish(shelf.bob, widget("1.1.0")).status()).isEqualTo(409);
    assertThat(shelf.publish(shelf.ada, widget("1.1.0")).status()).isEqualTo(201);
    assertThat(shelf.versions(WIDGET)).containsExactly("1.0.0", "1.1.0");
  }

  @Test
  void takesAWholePackageBackAndKeepsTheNameInternal() {
    shelf.published("1.0.0", "1.1.0");
    assertThat(unpublishAll(shelf.ada).status()).isEqualTo(200);
    TestingPackage.of("@acme/widget", "9.9.9").putAt(shelf.server.upstream());
    assertThat(shelf.get(WIDGET).status()).isEqualTo(404);
    shelf.server.restart();
    assertThat(shelf.get(WIDGET).status()).isEqualTo(404);
    assertThat(shelf.publish(shelf.ada, widget("1.0.0").file("x", "")).status()).isEqualTo(409);
    assertThat(shelf.publish(shelf.ada, widget("1.2.0")).status()).isEqualTo(201);
    assertThat(shelf.versions(WIDGET)).containsExactly("1.2.0");
  }

  @Test
  void isForThePublisherAndForAdmins() {
    shelf.published("1.0.0");
    shelf.publish(shelf.bob, widget("1.1.0"));
    assertThat(unpublish(shelf.bob, "1.0.0").status()).isEqualTo(403);
    assertThat(unpublishAll(shelf.bob).status()).isEqualTo(403);
    assertThat(unpublish(shelf.bob, "1.1.0").status()).isEqualTo(200);
    assertThat(unpublish(shelf.eve, "1.0.0").status()).isEqualTo(200);
    assertThat(shelf.get(WIDGET).status()).isEqualTo(404);
  }

  @Test
  void refusesWhatComesFromAnUpstream() {
    TestingPackage.of("left-pad", "1.3.0").putAt(shelf.server.upstream());
    ObjectNode document = shelf.document("left-pad");
    String rev = rev(document);
    document.putObject("versions");
    TestingReply reply = shelf.put(shelf.eve, "left-pad/-rev/" + rev, document);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).contains("upstream");
    assertThat(shelf.delete(shelf.eve, "left-pad/-rev/" + rev).status()).isEqualTo(403);
    assertThat(shelf.get("left-pad").status()).isEqualTo(200);
  }

  @Test
  void isRefusedInAnArchivedRegistry() {
    shelf.published("1.0.0");
    ObjectNode document = shelf.document(WIDGET);
    shelf.settings(false, false, true);
    assertThat(shelf.delete(shelf.eve, WIDGET + "/-rev/" + rev(document)).status()).isEqualTo(403);
    assertThat(shelf.server.get(shelf.ada, REGISTRY + WIDGET).status()).isEqualTo(200);
  }
}
