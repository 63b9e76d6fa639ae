package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.REGISTRY;
import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What `PUT {registry}/{name}` refuses: with a sentence, and without a trace.
final class PublishRefusalTest {
  private final Shelf shelf = new Shelf(Dialect.SQLITE);

  /// Whatever was refused left nothing.
  @AfterEach
  void leavesNothing() {
    try (shelf) {
      assertThat(shelf.server.blobs()).isEmpty();
      assertThat(shelf.server.services().blobs().scratch()).isEmptyDirectory();
      assertThat(shelf.server.audited("user:ada")).isEmpty();
      assertThat(shelf.get(WIDGET).status()).isEqualTo(404);
    }
  }

  private static void assertRefused(TestingReply reply, int status, String words) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.error()).contains(words).endsWith(".");
  }

  private TestingReply send(ObjectNode document) {
    return shelf.put(shelf.ada, WIDGET, document);
  }

  @Test
  void whoHasNoTokenOrMayOnlyRead() {
    byte[] body = widget("1.0.0").publishBody();
    TestingReply nobody = shelf.server.put(null, REGISTRY + WIDGET, body);
    assertRefused(nobody, 401, "token");
    assertThat(nobody.header("www-authenticate")).isEqualTo("Bearer");
    String reader = shelf.server.token("rita", Role.READ_ONLY);
    assertRefused(shelf.server.put(reader, REGISTRY + WIDGET, body), 403, "may not publish");
    String readOnly =
        shelf.server.token(
            shelf.server.user("ada"), new TokenLimits(true, Set.of(), Set.of(), List.of(), null));
    assertRefused(shelf.server.put(readOnly, REGISTRY + WIDGET, body), 403, "read-only");
    String elsewhere =
        shelf.server.token(
            shelf.server.user("ada"),
            new TokenLimits(false, Set.of(99L), Set.of(), List.of(), null));
    assertRefused(shelf.server.put(elsewhere, REGISTRY + WIDGET, body), 403, "other registries");
  }

  @Test
  void anArchivedRegistry() {
    shelf.settings(false, false, true);
    assertRefused(shelf.publish(shelf.ada, widget("1.0.0")), 403, "archived");
  }

  @Test
  void namesThatDisagree() {
    byte[] body = widget("1.0.0").publishBody();
    assertRefused(shelf.server.put(shelf.ada, REGISTRY + "other", body), 400, "other");
    assertRefused(send(document("name", "@acme/other")), 400, "contradicts itself");
    var packed = PackageBuilder.named("@acme/other").version("1.0.0").publishDocument().toString();
    assertRefused(
        shelf.put(shelf.ada, WIDGET, packed.replace("@acme/other", "@acme/widget")),
        400,
        "package.json");
  }

  private static ObjectNode document(String member, String value) {
    return widget("1.0.0").publishDocument().put(member, value);
  }

  @Test
  void namesThatNobodyMayPublish() {
    for (String name : List.of("Widget", "node_modules", "fs", ".hidden")) {
      byte[] body = PackageBuilder.named(name).publishBody();
      assertThat(shelf.server.put(shelf.ada, REGISTRY + name, body).status())
          .as(name)
          .isEqualTo(400);
    }
  }

  @Test
  void documentsThatAreBrokenOrSayNothing() {
    assertRefused(shelf.put(shelf.ada, WIDGET, "{"), 400, "JSON");
    assertRefused(shelf.put(shelf.ada, WIDGET, "[]"), 400, "object");
    assertRefused(shelf.put(shelf.ada, WIDGET, "{}"), 400, "changes nothing");
    assertRefused(shelf.put(shelf.ada, WIDGET, "[".repeat(5_000)), 400, "object");
    assertRefused(send(document("access", "secret")), 400, "public or restricted");
  }

  @Test
  void tarballsThatAreTraps() {
    assertRefused(
        shelf.publish(
            shelf.ada,
            widget("1.0.0").entry("package/../../evil", TarConstants.LF_NORMAL, new byte[] {1})),
        400,
        "");
    assertRefused(
        shelf.publish(
            shelf.ada,
            widget("1.0.0").entry("package/link", TarConstants.LF_SYMLINK, new byte[] {'x'})),
        400,
        "");
    assertRefused(shelf.publish(shelf.ada, widget("1.0.0").withoutManifest()), 400, "package.json");
  }

  @Test
  void tagsThatAreVersionsAndTagsForOtherVersions() {
    assertRefused(shelf.publish(shelf.ada, widget("1.0.0").tag("1.x")), 400, "range");
    ObjectNode document = document("access", "public");
    document.putObject("dist-tags").put("latest", "2.0.0");
    assertRefused(send(document), 400, "contradicts itself");
  }

  @Test
  void manifestsThatAreTooLarge() {
    ObjectNode document = document("access", "public");
    ((ObjectNode) document.path("versions").path("1.0.0")).put("x", "y".repeat(3 << 20));
    assertRefused(send(document), 413, "manifest");
  }
}
