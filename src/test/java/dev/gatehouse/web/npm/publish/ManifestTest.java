package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What clients read of a version that was published.
@OnBothDatabases
final class ManifestTest {
  @AutoClose private final Shelf shelf;

  ManifestTest(Dialect dialect) {
    shelf = new Shelf(dialect);
  }

  private ObjectNode sent(String version) {
    return widget(version).publishDocument();
  }

  private static ObjectNode manifest(ObjectNode document, String version) {
    return (ObjectNode) document.path("versions").path(version);
  }

  @Test
  void keepsWhatWasSentAndSaysWhatOnlyTheRegistryMaySay() {
    ObjectNode document = sent("1.0.0");
    manifest(document, "1.0.0")
        .put("license", "MIT")
        .put("x-own", "kept")
        .put("hasInstallScript", true)
        .putObject("_npmUser")
        .put("name", "root");
    assertThat(shelf.put(shelf.ada, WIDGET, document).status()).isEqualTo(201);
    JsonNode stored = shelf.version(WIDGET, "1.0.0");
    assertThat(stored.path("license").asText()).isEqualTo("MIT");
    assertThat(stored.path("x-own").asText()).isEqualTo("kept");
    assertThat(stored.path("_id").asText()).isEqualTo("@acme/widget@1.0.0");
    assertThat(stored.at("/_npmUser/name").asText()).isEqualTo("ada");
    assertThat(stored.has("hasInstallScript")).isFalse();
    assertThat(stored.path("_hasShrinkwrap").isBoolean()).isTrue();
    assertThat(stored.path("_hasShrinkwrap").asBoolean()).isFalse();
    assertThat(stored.at("/dist/unpackedSize").asInt()).isPositive();
  }

  @Test
  void keepsTheReadmeOfTheLatestVersionWithThePackage() {
    shelf.put(shelf.ada, WIDGET, sent("1.0.0"));
    ObjectNode beta = widget("2.0.0-beta.1").tag("beta").publishDocument();
    manifest(beta, "2.0.0-beta.1").put("readme", "# Beta");
    shelf.put(shelf.ada, WIDGET, beta);
    assertThat(shelf.document(WIDGET).path("readme").asText()).isEqualTo("# @acme/widget");
    assertThat(shelf.version(WIDGET, "1.0.0").has("readme")).isFalse();
    ObjectNode latest = sent("2.0.0");
    manifest(latest, "2.0.0").put("readme", "# Größer \uD83D\uDE00");
    shelf.put(shelf.ada, WIDGET, latest);
    assertThat(shelf.document(WIDGET).path("readme").asText()).isEqualTo("# Größer \uD83D\uDE00");
  }

  @Test
  void takesTheReadmeFromTheTarballIfNoneIsSent() {
    var document = widget("1.0.0").file("readme.md", "# From the tarball").publishDocument();
    manifest(document, "1.0.0").remove("readme");
    shelf.put(shelf.ada, WIDGET, document);
    assertThat(shelf.document(WIDGET).path("readme").asText()).isEqualTo("# From the tarball");
  }

  @Test
  void tellsOfScriptsThatRunOnInstallWhoeverMentionsThem() {
    var packed =
        widget("1.0.0").manifest(json -> json.putObject("scripts").put("postinstall", "x"));
    ObjectNode document = packed.publishDocument();
    manifest(document, "1.0.0").remove("scripts");
    shelf.put(shelf.ada, WIDGET, document);
    assertThat(shelf.version(WIDGET, "1.0.0").path("hasInstallScript").asBoolean()).isTrue();

    shelf.publish(shelf.ada, widget("1.1.0").file("binding.gyp", "{}"));
    assertThat(shelf.version(WIDGET, "1.1.0").path("hasInstallScript").asBoolean()).isTrue();

    shelf.publish(
        shelf.ada, widget("1.2.0").manifest(json -> json.putObject("scripts").put("test", "x")));
    assertThat(shelf.version(WIDGET, "1.2.0").has("hasInstallScript")).isFalse();
  }

  @Test
  void tellsOfAShrinkwrap() {
    shelf.publish(shelf.ada, widget("1.0.0").file("npm-shrinkwrap.json", "{}"));
    assertThat(shelf.version(WIDGET, "1.0.0").path("_hasShrinkwrap").asBoolean()).isTrue();
  }

  @Test
  void survivesHalfACharacterAndNoCharacterAtAll() {
    ObjectNode document = sent("1.0.0");
    manifest(document, "1.0.0").put("description", "half \uD83D and \0");
    String json = document.toString().replace("\uD83D", "\\ud83d");
    assertThat(shelf.put(shelf.ada, WIDGET, json).status()).isEqualTo(201);
    assertThat(shelf.get(WIDGET).status()).isEqualTo(200);
    assertThat(shelf.version(WIDGET, "1.0.0").path("description").asText())
        .isEqualTo("half \uD83D and \0");
  }

  @Test
  void storesProvenanceAndServesItWhereTheManifestSays() {
    ObjectNode document = sent("1.0.0");
    PackageBuilder.attachProvenance(document, widget("1.0.0").tarball());
    assertThat(shelf.put(shelf.ada, WIDGET, document).status()).isEqualTo(201);
    JsonNode attestations = shelf.version(WIDGET, "1.0.0").at("/dist/attestations");
    assertThat(attestations.at("/provenance/predicateType").asText())
        .isEqualTo("https://slsa.dev/provenance/v1");
    String url = attestations.path("url").asText();
    assertThat(url)
        .isEqualTo(shelf.server.url() + "/r/default/-/npm/v1/attestations/@acme/widget@1.0.0");
    shelf.server.restart();
    for (String spec : new String[] {"@acme/widget", "@acme%2fwidget", "@acme%2Fwidget"}) {
      JsonNode answer = shelf.get("-/npm/v1/attestations/" + spec + "@1.0.0").json();
      assertThat(answer.at("/attestations/0/predicateType").asText())
          .isEqualTo("https://slsa.dev/provenance/v1");
      assertThat(answer.at("/attestations/0/bundle/mediaType").asText())
          .isEqualTo("application/vnd.dev.sigstore.bundle.v0.3+json");
    }
    assertThat(shelf.get("-/npm/v1/attestations/@acme/widget@2.0.0").status()).isEqualTo(404);
  }

  @Test
  void refusesProvenanceOfAnotherTarball() {
    ObjectNode document = sent("1.0.0");
    PackageBuilder.attachProvenance(document, widget("1.0.1").tarball());
    TestingReply reply = shelf.put(shelf.ada, WIDGET, document);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).contains("another tarball");
    assertThat(shelf.server.blobs()).isEmpty();
  }
}
