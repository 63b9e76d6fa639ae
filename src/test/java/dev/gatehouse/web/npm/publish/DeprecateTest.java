package dev.gatehouse.web.npm.publish;

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

/// `PUT {registry}/{name}` with the whole document, sent back with other deprecations.
@OnBothDatabases
final class DeprecateTest {
  @AutoClose private final Shelf shelf;

  DeprecateTest(Dialect dialect) {
    shelf = new Shelf(dialect);
  }

  private static ObjectNode deprecated(ObjectNode document, String version, String message) {
    ((ObjectNode) document.path("versions").path(version)).put("deprecated", message);
    return document;
  }

  private TestingReply deprecate(String token, String version, String message) {
    return shelf.put(token, WIDGET, deprecated(shelf.document(WIDGET), version, message));
  }

  @Test
  void showsTheMessageUntilItIsTakenAwayAlsoAfterARestart() {
    shelf.published("1.0.0", "1.1.0");
    assertThat(deprecate(shelf.bob, "1.0.0", "use 1.1.0 – größer").status()).isEqualTo(200);
    shelf.server.restart();
    assertThat(shelf.version(WIDGET, "1.0.0").path("deprecated").asText())
        .isEqualTo("use 1.1.0 – größer");
    assertThat(shelf.version(WIDGET, "1.1.0").has("deprecated")).isFalse();
    assertThat(deprecate(shelf.ada, "1.0.0", "").status()).isEqualTo(200);
    assertThat(shelf.version(WIDGET, "1.0.0").has("deprecated")).isFalse();
    assertThat(shelf.server.audited("user:bob"))
        .containsExactly("version.deprecate default/@acme/widget@1.0.0");
    assertThat(shelf.server.audited("user:ada"))
        .endsWith("version.undeprecate default/@acme/widget@1.0.0");
  }

  @Test
  void takesOverNothingElse() {
    shelf.published("1.0.0", "1.1.0");
    ObjectNode before = shelf.document(WIDGET);
    ObjectNode changed = deprecated(before.deepCopy(), "1.0.0", "old");
    ((ObjectNode) changed.path("versions").path("1.0.0"))
        .put("license", "EVIL")
        .putObject("dist")
        .put("tarball", "http://evil.test/x.tgz");
    changed.put("readme", "evil").putObject("dist-tags").put("latest", "1.0.0");
    changed.putArray("maintainers");
    ((ObjectNode) changed.path("versions")).remove("1.1.0");
    assertThat(shelf.put(shelf.ada, WIDGET, changed).status()).isEqualTo(200);
    ObjectNode after = shelf.document(WIDGET);
    assertThat(after.path("_rev")).isNotEqualTo(before.path("_rev"));
    ((ObjectNode) after.path("versions").path("1.0.0")).remove("deprecated");
    for (String field : new String[] {"versions", "dist-tags", "maintainers", "readme"}) {
      assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
    }
  }

  @Test
  void changesNothingWhenNothingIsDifferent() {
    shelf.published("1.0.0");
    ObjectNode before = shelf.document(WIDGET);
    assertThat(shelf.put(shelf.ada, WIDGET, before).status()).isEqualTo(200);
    assertThat(shelf.document(WIDGET)).isEqualTo(before);
    assertThat(shelf.server.audited("user:ada")).hasSize(1);
  }

  @Test
  void refusesADocumentThatIsNotTheNewest() {
    shelf.published("1.0.0");
    ObjectNode old = deprecated(shelf.document(WIDGET), "1.0.0", "old");
    shelf.published("1.1.0");
    TestingReply reply = shelf.put(shelf.ada, WIDGET, old);
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.error()).contains("someone else");
  }

  @Test
  void refusesMessagesWithoutAnEnd() {
    shelf.published("1.0.0");
    assertThat(deprecate(shelf.ada, "1.0.0", "x".repeat(5_000)).status()).isEqualTo(413);
  }

  @Test
  void refusesToDeprecateWhatComesFromAnUpstream() {
    TestingPackage.of("left-pad", "1.3.0").putAt(shelf.server.upstream());
    ObjectNode document = deprecated(shelf.document("left-pad"), "1.3.0", "no");
    TestingReply reply = shelf.put(shelf.ada, "left-pad", document);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).contains("upstream");
  }

  @Test
  void refusesToDeprecateTheUpstreamsVersionsOfAMixedPackage() {
    TestingPackage.of("@acme/widget", "0.9.0").putAt(shelf.server.upstream());
    shelf.get(WIDGET);
    shelf.published("1.0.0");
    assertThat(deprecate(shelf.ada, "0.9.0", "no").status()).isEqualTo(403);
    assertThat(deprecate(shelf.ada, "1.0.0", "yes").status()).isEqualTo(200);
  }

  @Test
  void bindsOthersOnlyWhereTheRegistrySaysSo() {
    shelf.published("1.0.0");
    shelf.settings(false, true, false);
    TestingReply reply = deprecate(shelf.bob, "1.0.0", "no");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).contains("ada");
    assertThat(shelf.publish(shelf.bob, widget("1.1.0")).status()).isEqualTo(403);
    assertThat(deprecate(shelf.ada, "1.0.0", "mine").status()).isEqualTo(200);
    assertThat(deprecate(shelf.eve, "1.0.0", "an admin's").status()).isEqualTo(200);
  }
}
