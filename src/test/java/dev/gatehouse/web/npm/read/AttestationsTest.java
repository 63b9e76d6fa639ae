package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Registry.Settings;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.TestingAnswer;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The provenance of versions that come from upstreams.
final class AttestationsTest {
  private static final String PLACE = "/-/npm/v1/attestations/";
  private static final String PAD = PLACE + "left-pad@1.0.0";
  private static final String BUNDLES =
      "{\"attestations\":[{\"predicateType\":\"https://slsa.dev/provenance/v1\",\"bundle\":{}}]}";

  @AutoClose private final Reader reader = new Reader();

  /// A version of `name` whose document says that its attestations are at `url`.
  private static void put(TestingUpstream upstream, String name, String url) {
    var made = TestingPackage.of(name, "1.0.0");
    made.putAt(upstream);
    upstream.put(
        name,
        made.packument(upstream.url(), made.tarball())
            .replace("\"shasum\"", "\"attestations\":{\"url\":\"" + url + "\"},\"shasum\""));
  }

  private TestingAnswer pad() {
    put(reader.upstream(), "left-pad", "https://elsewhere.example" + PAD);
    return reader.upstream().at(PAD).body(BUNDLES);
  }

  private TestingReply get(String registry, String spec) {
    return reader.get("/r/" + registry + PLACE + spec);
  }

  private TestingReply get() {
    return get("default", "left-pad@1.0.0");
  }

  @Test
  void areFetchedFromWhereTheVersionComesFrom() {
    pad();
    TestingReply reply = get();
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(BUNDLES);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
  }

  @Test
  void ofScopedNamesAreFoundInEveryEncoding() {
    put(
        reader.upstream(),
        "@acme/widget",
        reader.upstream().url(PLACE + "@acme%2fwidget@1.0.0").toString());
    reader.upstream().at(PLACE + "@acme/widget@1.0.0").body(BUNDLES);
    for (String spec : new String[] {"@acme/widget@1.0.0", "@acme%2fwidget@1.0.0"}) {
      assertThat(get("default", spec).text()).as(spec).isEqualTo(BUNDLES);
    }
  }

  @Test
  void areFoundAtTheAddressThatTheDocumentsHereName() {
    pad();
    String named =
        reader
            .get("/r/default/left-pad")
            .json()
            .at("/versions/1.0.0/dist/attestations/url")
            .asText();
    assertThat(named).isEqualTo(reader.server.url() + "/r/default" + PAD);
    assertThat(
            reader
                .get("/r/default/left-pad", "accept", Reader.ABBREVIATED)
                .json()
                .at("/versions/1.0.0/dist/attestations/url")
                .asText())
        .isEqualTo(named);
    assertThat(reader.get("/r/default/left-pad/1.0.0").json().at("/dist/attestations/url").asText())
        .isEqualTo(named);
    assertThat(reader.send("GET", named).text()).isEqualTo(BUNDLES);
  }

  @Test
  void areKeptAndServedWhileTheUpstreamIsDown() {
    pad();
    get();
    reader.clock.advance(Duration.ofDays(2));
    reader.upstream().at("/left-pad").html();
    reader.upstream().at(PAD).html();
    assertThat(get().text()).isEqualTo(BUNDLES);
    reader.server.restart();
    assertThat(get().text()).isEqualTo(BUNDLES);
  }

  @Test
  void areAskedForOnceHoweverManyWait() throws Exception {
    var held = new CountDownLatch(1);
    pad().holdUntil(held);
    reader.get("/r/default/left-pad");
    Callable<String> work = () -> get().text();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = IntStream.range(0, 100).mapToObj(_ -> clients.submit(work)).toList();
      reader.upstream().awaitRequests(PAD, 1);
      held.countDown();
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(BUNDLES);
      }
    }
    assertThat(get().text()).isEqualTo(BUNDLES);
    assertThat(reader.upstream().requests(PAD)).hasSize(1);
  }

  @Test
  void thatTheUpstreamSaysDoNotExistAreNotFound() {
    put(reader.upstream(), "left-pad", "https://elsewhere.example" + PAD);
    TestingReply reply = get();
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error()).contains("provenance");
  }

  @Test
  void areNotAskedForWhereTheDocumentNamesNone() {
    TestingPackage.of("left-pad", "1.0.0").putAt(reader.upstream());
    reader.upstream().at(PAD).body(BUNDLES);
    assertThat(get().status()).isEqualTo(404);
    assertThat(reader.upstream().requests(PAD)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!doctype html>",
        "[]",
        "{}",
        "{\"attestations\":{}}",
        "{\"attestations\":[}",
        "{}{}"
      })
  void thatAreSomethingElseAreTheUpstreamsFault(String body) {
    pad().body(body);
    TestingReply reply = get();
    assertThat(reply.status()).as(reply.toString()).isEqualTo(502);
    assertThat(reply.error()).contains("upstream");
    assertThat(reader.server.services().blobs().scratch()).isEmptyDirectory();
  }

  @Test
  void ofAnUpstreamInTroubleAreNeverNotFound() {
    pad().status(500);
    assertThat(get().status()).isEqualTo(502);
    reader.upstream().at("/left-pad").html();
    assertThat(get("default", "left-pad@9.9.9").status()).isEqualTo(502);
    assertThat(get("default", "other@1.0.0").status()).isEqualTo(404);
    reader.upstream().at("/another").status(500);
    assertThat(get("default", "another@1.0.0").status()).isEqualTo(502);
  }

  @Test
  void thatAreTooLargeAreRefused() {
    pad().body("{\"attestations\":[\"" + "x".repeat(8 << 20) + "\"]}");
    TestingReply reply = get();
    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.error()).contains("8,388,608");
  }

  @Test
  void areReachedThroughARegistryHereWhichIsNotAskedOverHttp() {
    pad();
    Registry below = reader.server.registry();
    reader.registry("team", new Upstreams.Here(below));
    assertThat(get("team", "left-pad@1.0.0").text()).isEqualTo(BUNDLES);
    assertThat(get().text()).isEqualTo(BUNDLES);
    assertThat(reader.upstream().requests(PAD)).hasSize(1);
  }

  @Test
  void ofAFrozenRegistryAreThoseThatAreStored() {
    pad();
    put(reader.upstream(), "right-pad", "https://elsewhere.example" + PLACE + "right-pad@1.0.0");
    reader.upstream().at(PLACE + "right-pad@1.0.0").body(BUNDLES);
    get();
    for (String name : new String[] {"left-pad", "right-pad"}) {
      assertThat(reader.get("/r/default/" + name + "/-/" + name + "-1.0.0.tgz").status())
          .isEqualTo(200);
    }
    // Closing waits until what was fetched is settled.
    reader.server.restart();
    Registry registry = reader.server.registry();
    reader.server.change(registry, registry.settings().withArchived(true));
    reader.clock.advance(Duration.ofDays(2));

    assertThat(get().text()).isEqualTo(BUNDLES);
    assertThat(get("default", "right-pad@1.0.0").status()).isEqualTo(404);
    assertThat(reader.upstream().requests(PLACE + "right-pad@1.0.0")).isEmpty();
    assertThat(reader.upstream().requests(PAD)).hasSize(1);
  }

  @Test
  void ofOwnedNamesAreNotAskedOfThePublicRegistry() {
    put(
        reader.upstream(),
        "@acme/widget",
        "https://elsewhere.example" + PLACE + "@acme%2fwidget@1.0.0");
    Registry registry = reader.server.registry();
    Settings now = registry.settings();
    reader.server.change(
        registry, new Settings(now.kind(), false, false, false, false, List.of("@acme")));
    assertThat(get("default", "@acme/widget@1.0.0").status()).isEqualTo(404);
    assertThat(reader.upstream().requests()).isEmpty();
  }

  @Test
  void needTheSameRightAsThePackument() {
    pad();
    TestingReply reply = reader.server.get(null, "/r/default" + PAD);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reader.upstream().requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/-/npm/v1/tokens",
        "/-/npm/v1/attestations/../tokens",
        "/-/npm/v1/attestations/%2e%2e/tokens",
        "/-/npm/v1/attestations/left-pad@1.0.0?a=b",
        "/-/npm/v1/attestations/ left-pad@1.0.0",
        ""
      })
  void areFetchedFromNowhereButWhereAttestationsLie(String path) {
    pad();
    put(reader.upstream(), "left-pad", URI.create("https://elsewhere.example") + path);
    reader.upstream().at("/-/npm/v1/tokens").body(BUNDLES.replace("slsa", "secret"));
    assertThat(get().text()).isEqualTo(BUNDLES);
    assertThat(reader.upstream().requests(PAD)).hasSize(1);
    assertThat(reader.upstream().requests("/-/npm/v1/tokens")).isEmpty();
  }

  @Test
  void areFetchedAnewWhenTheirBytesAreGone() throws Exception {
    pad();
    get();
    for (String digest : reader.server.blobs()) {
      reader.server.services().blobs().delete(digest);
    }
    assertThat(get().text()).isEqualTo(BUNDLES);
  }
}
