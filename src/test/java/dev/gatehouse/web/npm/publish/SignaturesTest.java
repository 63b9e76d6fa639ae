package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.REGISTRY;
import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingRegistryKey;
import dev.gatehouse.testing.TestingReply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What is published here is signed here.
@OnBothDatabases
final class SignaturesTest {
  private static final String ABBREVIATED = "application/vnd.npm.install-v1+json";

  @AutoClose private final Shelf shelf;

  SignaturesTest(Dialect dialect) {
    shelf = new Shelf(dialect);
  }

  private JsonNode keys() {
    TestingReply reply = shelf.get("-/npm/v1/keys");
    assertThat(reply.status()).isEqualTo(200);
    return reply.json();
  }

  private TestingReply packument(String accept) {
    return shelf.server.send(
        HttpRequest.newBuilder(URI.create(shelf.server.url() + REGISTRY + WIDGET))
            .timeout(Duration.ofSeconds(60))
            .header("authorization", "Bearer " + shelf.ada)
            .header("accept", accept)
            .header("accept-encoding", "gzip")
            .build());
  }

  private JsonNode version(String accept, String version) {
    return packument(accept).json().path("versions").path(version);
  }

  @Test
  void everyFormHasASignatureThatVerifies() {
    shelf.published("1.0.0");

    JsonNode keys = keys();
    JsonNode key = keys.at("/keys/0");
    assertThat(keys.path("keys")).hasSize(1);
    assertThat(key.path("keyid").asText()).startsWith("SHA256:").hasSize(50);
    assertThat(key.path("keytype").asText()).isEqualTo("ecdsa-sha2-nistp256");
    assertThat(key.path("scheme").asText()).isEqualTo("ecdsa-sha2-nistp256");
    assertThat(key.path("expires").isNull()).isTrue();
    for (String accept : List.of("application/json", ABBREVIATED)) {
      assertThat(TestingRegistryKey.verifies(version(accept, "1.0.0"), keys)).as(accept).isTrue();
    }
    JsonNode alone = shelf.get(WIDGET + "/1.0.0").json();
    assertThat(TestingRegistryKey.verifies(alone, keys)).isTrue();
    var forged = (ObjectNode) alone.deepCopy();
    forged.withObjectProperty("dist").put("integrity", "sha512-AAAA");
    assertThat(TestingRegistryKey.verifies(forged, keys)).isFalse();
  }

  @Test
  void aSignatureStaysTheSameThroughRestartsAndRotations() {
    shelf.published("1.0.0");
    TestingReply before = packument("application/json");
    String oldKey = keys().at("/keys/0/keyid").asText();

    shelf.server.restart();
    shelf.server.operate("", "key", "rotate");
    TestingReply after = packument("application/json");

    assertThat(after.body()).isEqualTo(before.body());
    assertThat(after.header("etag")).isEqualTo(before.header("etag"));
    JsonNode keys = keys();
    assertThat(keys.path("keys")).hasSize(2);
    assertThat(keys.at("/keys/0/expires").isNull()).isTrue();
    assertThat(keys.at("/keys/1/keyid").asText()).isEqualTo(oldKey);
    String published = after.json().at("/time/1.0.0").asText();
    assertThat(keys.at("/keys/1/expires").asText()).as("npm compares").isGreaterThan(published);
    assertThat(TestingRegistryKey.verifies(version(ABBREVIATED, "1.0.0"), keys)).isTrue();
  }

  @Test
  void aRotatedKeySignsNothingMore() {
    shelf.published("1.0.0");
    shelf.server.operate("", "key", "rotate");

    shelf.published("1.1.0");

    JsonNode keys = keys();
    JsonNode newer = version(ABBREVIATED, "1.1.0");
    assertThat(newer.at("/dist/signatures/0/keyid")).isEqualTo(keys.at("/keys/0/keyid"));
    assertThat(TestingRegistryKey.verifies(newer, keys)).isTrue();
    String secrets =
        shelf
            .server
            .services()
            .database()
            .read(handle ->
                handle
                    .createQuery("SELECT COUNT(secret) FROM signing_key")
                    .mapTo(String.class)
                    .one());
    assertThat(secrets).as("the old one is destroyed").isEqualTo("1");
  }

  @Test
  void whatAPublisherSaysOfSignaturesIsNotBelieved() {
    ObjectNode document = widget("1.0.0").publishDocument();
    var dist = (ObjectNode) document.at("/versions/1.0.0/dist");
    dist.putArray("signatures").addObject().put("keyid", "SHA256:mine").put("sig", "AAAA");

    assertThat(shelf.put(shelf.ada, WIDGET, document).status()).isEqualTo(201);

    JsonNode served = version("application/json", "1.0.0");
    assertThat(served.at("/dist/signatures").toString()).doesNotContain("mine");
    assertThat(TestingRegistryKey.verifies(served, keys())).isTrue();
  }

  @Test
  void aDeprecatedVersionKeepsItsSignature() {
    shelf.published("1.0.0");
    JsonNode before = version("application/json", "1.0.0").at("/dist/signatures");
    ObjectNode document = shelf.document(WIDGET);
    ((ObjectNode) document.at("/versions/1.0.0")).put("deprecated", "old");

    assertThat(shelf.put(shelf.ada, WIDGET, document).status()).isEqualTo(200);

    assertThat(version("application/json", "1.0.0").at("/dist/signatures")).isEqualTo(before);
  }

  @Test
  void whatWasPublishedBeforeThereWereKeysIsSignedAtTheNextStart() {
    shelf.published("1.0.0", "1.1.0");
    unsign();
    shelf.server.restart();

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (version(ABBREVIATED, "1.1.0").at("/dist/signatures").isMissingNode()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }

    assertThat(shelf.server.audited("job:signing")).contains("package.sign default/@acme/widget");
    for (String one : List.of("1.0.0", "1.1.0")) {
      assertThat(TestingRegistryKey.verifies(version(ABBREVIATED, one), keys())).as(one).isTrue();
    }
  }

  /// As a program left it that knew nothing of signatures.
  private void unsign() {
    shelf
        .server
        .services()
        .database()
        .write(handle -> {
          for (String manifest :
              handle.createQuery("SELECT manifest FROM version").mapTo(String.class).list()) {
            handle.execute(
                "UPDATE version SET signed_by = NULL, manifest = ? WHERE manifest = ?",
                manifest.replaceAll(",\"signatures\":\\[[^]]*]", ""),
                manifest);
          }
          return null;
        });
  }

  @Test
  void theKeysAreForThoseWhoMayRead() {
    assertThat(shelf.server.get(null, REGISTRY + "-/npm/v1/keys").status()).isEqualTo(401);
  }
}
