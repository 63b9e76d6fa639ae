package dev.gatehouse.web.npm.publish;

import static dev.gatehouse.web.npm.publish.Shelf.REGISTRY;
import static dev.gatehouse.web.npm.publish.Shelf.WIDGET;
import static dev.gatehouse.web.npm.publish.Shelf.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `PUT {registry}/{name}` with a tarball.
@OnBothDatabases
final class PublishTest {
  @AutoClose private final Shelf shelf;

  PublishTest(Dialect dialect) {
    shelf = new Shelf(dialect);
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
  }

  @Test
  void isThereForTheNextRequestWithItsBytes() {
    assertThat(shelf.get(WIDGET).status()).isEqualTo(404);
    TestingReply reply = shelf.publish(shelf.ada, widget("1.0.0"));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    JsonNode said = reply.json();
    assertThat(said.path("ok").asBoolean()).isTrue();
    assertThat(said.path("success").asBoolean()).isTrue();
    assertThat(said.path("id").asText()).isEqualTo("@acme/widget");

    JsonNode packument = shelf.document(WIDGET);
    assertThat(packument.path("_rev").asText()).isEqualTo(said.path("rev").asText());
    assertThat(packument.at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
    JsonNode dist = packument.path("versions").path("1.0.0").path("dist");
    byte[] tarball = widget("1.0.0").tarball();
    assertThat(dist.path("tarball").asText())
        .isEqualTo(shelf.server.url() + "/r/default/@acme/widget/-/widget-1.0.0.tgz");
    assertThat(dist.path("integrity").asText()).isEqualTo(TestingPackage.integrity(tarball));
    assertThat(dist.path("shasum").asText()).isEqualTo(TestingPackage.shasum(tarball));
    assertThat(dist.path("fileCount").asInt()).isEqualTo(2);
    assertThat(shelf.get("@acme/widget/-/widget-1.0.0.tgz").body()).isEqualTo(tarball);
    assertThat(shelf.get("@acme/widget/1.0.0").json().at("/dist/integrity"))
        .isEqualTo(dist.path("integrity"));
  }

  @Test
  void leavesOneBlobAndOneRowInTheTrail() throws Exception {
    shelf.published("1.0.0");
    assertThat(shelf.server.blobs()).containsExactly(digest(widget("1.0.0").tarball()));
    assertThat(shelf.server.audited("user:ada"))
        .containsExactly("version.publish default/@acme/widget@1.0.0");
    assertThat(shelf.server.services().blobs().scratch()).isEmptyDirectory();
  }

  @Test
  void survivesARestart() {
    shelf.published("1.0.0", "1.1.0");
    JsonNode before = shelf.document(WIDGET);
    shelf.server.restart();
    assertThat(shelf.document(WIDGET).path("_rev")).isEqualTo(before.path("_rev"));
    assertThat(shelf.document(WIDGET).path("time")).isEqualTo(before.path("time"));
    assertThat(shelf.versions(WIDGET)).containsExactly("1.0.0", "1.1.0");
    assertThat(shelf.get("@acme/widget/-/widget-1.1.0.tgz").body())
        .isEqualTo(widget("1.1.0").tarball());
  }

  @Test
  void acceptsTheNameInAllEncodings() {
    byte[] third = widget("1.0.2").publishBody();
    assertThat(put("@acme/widget", "1.0.0")).isEqualTo(201);
    assertThat(put("@acme%2fwidget", "1.0.1")).isEqualTo(201);
    assertThat(shelf.server.put(shelf.ada, "/w/default" + REGISTRY + "@acme%2Fwidget/", third))
        .extracting(TestingReply::status)
        .isEqualTo(201);
    assertThat(shelf.versions(WIDGET)).containsExactly("1.0.0", "1.0.1", "1.0.2");
  }

  private int put(String path, String version) {
    return shelf.server.put(shelf.ada, REGISTRY + path, widget(version).publishBody()).status();
  }

  @Test
  void letsExactlyOneOfEightPublishersWin() throws Exception {
    List<Callable<Integer>> publishers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] body = widget("1.0.0").file("who.txt", "publisher " + i).publishBody();
      publishers.add(() -> shelf.server.put(shelf.ada, REGISTRY + WIDGET, body).status());
    }
    assertThat(together(publishers)).containsOnly(201, 409).containsOnlyOnce(201);
    assertThat(shelf.server.audited("user:ada"))
        .containsExactly("version.publish default/@acme/widget@1.0.0");
    JsonNode dist = shelf.version(WIDGET, "1.0.0").path("dist");
    assertThat(TestingPackage.integrity(shelf.get("@acme/widget/-/widget-1.0.0.tgz").body()))
        .isEqualTo(dist.path("integrity").asText());
  }

  @Test
  void keepsAllOfEightVersionsThatArePublishedAtOnce() throws Exception {
    List<Callable<Integer>> publishers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] body = widget("1.0." + i).publishBody();
      publishers.add(() -> shelf.server.put(shelf.ada, REGISTRY + WIDGET, body).status());
    }
    assertThat(together(publishers)).containsOnly(201);
    assertThat(shelf.versions(WIDGET)).hasSize(8);
    assertThat(shelf.document(WIDGET).path("_rev").asText()).startsWith("8-");
  }

  private static List<Integer> together(List<Callable<Integer>> requests) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> one : threads.invokeAll(requests)) {
        statuses.add(one.get());
      }
    }
    return statuses;
  }

  @Test
  void isQuietWhenTheSamePublisherRepeatsTheSameBytes() {
    shelf.published("1.0.0");
    JsonNode before = shelf.document(WIDGET);
    TestingReply again = shelf.publish(shelf.ada, widget("1.0.0").tag("beta"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("rev")).isEqualTo(before.path("_rev"));
    assertThat(shelf.document(WIDGET)).isEqualTo(before);
    assertThat(shelf.server.audited("user:ada")).hasSize(1);
  }

  @Test
  void refusesTheSameBytesBySomebodyElse() {
    shelf.published("1.0.0");
    TestingReply reply = shelf.publish(shelf.bob, widget("1.0.0"));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.error()).contains("1.0.0").contains("@acme/widget").contains("new number");
  }

  @Test
  void refusesOtherBytesAndStoresNothingOfThem() {
    shelf.published("1.0.0");
    List<String> blobs = shelf.server.blobs();
    TestingReply reply = shelf.publish(shelf.ada, widget("1.0.0").file("more.js", "2"));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(shelf.server.blobs()).isEqualTo(blobs);
    assertThat(shelf.server.services().blobs().scratch()).isEmptyDirectory();
    assertThat(shelf.get("@acme/widget/-/widget-1.0.0.tgz").body())
        .isEqualTo(widget("1.0.0").tarball());
  }

  @Test
  void replacesAVersionWhereTheRegistryAllowsOverwriting() {
    shelf.published("1.0.0");
    assertThat(shelf.get("@acme/widget/-/widget-1.0.0.tgz").status()).isEqualTo(200);
    shelf.settings(true, false, false);
    var other = widget("1.0.0").file("more.js", "2");
    assertThat(shelf.publish(shelf.ada, other).status()).isEqualTo(201);
    assertThat(shelf.get("@acme/widget/-/widget-1.0.0.tgz").body()).isEqualTo(other.tarball());
    assertThat(shelf.server.audited("user:ada"))
        .endsWith("version.overwrite default/@acme/widget@1.0.0");
  }

  @Test
  void setsAllTagsOfOnePublish() {
    shelf.published("1.0.0");
    shelf.publish(shelf.ada, widget("2.0.0-rc.1").tag("next").tag("rc"));
    JsonNode tags = shelf.document(WIDGET).path("dist-tags");
    assertThat(tags.path("next").asText()).isEqualTo("2.0.0-rc.1");
    assertThat(tags.path("rc").asText()).isEqualTo("2.0.0-rc.1");
    assertThat(tags.path("latest").asText()).isEqualTo("1.0.0");
  }

  @Test
  void makesThePublisherTheFirstOwner() {
    shelf.published("1.0.0");
    shelf.publish(shelf.bob, widget("1.1.0"));
    assertThat(shelf.document(WIDGET).path("maintainers")).hasSize(1);
    assertThat(shelf.document(WIDGET).at("/maintainers/0/name").asText()).isEqualTo("ada");
    assertThat(shelf.version(WIDGET, "1.1.0").at("/_npmUser/name").asText()).isEqualTo("bob");
    assertThat(shelf.version(WIDGET, "1.1.0").at("/_npmUser/email").asText())
        .isEqualTo("bob@example.test");
  }

  @Test
  void neverAsksAPublicUpstreamForANameThatIsOwnedHere() {
    shelf.published("1.0.0");
    TestingPackage.of("@acme/widget", "9.9.9").putAt(shelf.server.upstream());
    int before = shelf.server.upstream().requests().size();
    assertThat(shelf.versions(WIDGET)).containsExactly("1.0.0");
    assertThat(shelf.get("@acme/widget/-/widget-9.9.9.tgz").status()).isEqualTo(404);
    shelf.server.restart();
    assertThat(shelf.versions(WIDGET)).containsExactly("1.0.0");
    assertThat(shelf.server.upstream().requests()).hasSize(before);
  }

  @Test
  void keepsANameMixedThatTheUpstreamServedBefore() {
    TestingPackage.of("@acme/widget", "0.9.0").putAt(shelf.server.upstream());
    assertThat(shelf.get(WIDGET).status()).isEqualTo(200);
    shelf.published("1.0.0");
    assertThat(shelf.versions(WIDGET)).containsExactlyInAnyOrder("1.0.0", "0.9.0");
    assertThat(shelf.document(WIDGET).at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
  }

  @Test
  void refusesOtherBytesForAVersionThatComesFromAnUpstream() {
    TestingPackage.of("@acme/widget", "0.9.0").putAt(shelf.server.upstream());
    assertThat(shelf.get(WIDGET).status()).isEqualTo(200);
    TestingReply reply = shelf.publish(shelf.ada, widget("0.9.0"));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.error()).contains("upstream");
  }
}
