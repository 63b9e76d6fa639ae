package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients see of versions that policies withhold, by whatever path they ask. The clock stands
/// at 2026-11-22T12:00:00Z.
final class FirewallTest {
  private static final String OLD = "2020-01-01T00:00:00.000Z";
  private static final String YESTERDAY = "2026-11-21T12:00:00.000Z";

  @AutoClose private final Reader reader = new Reader();

  @Test
  void aWithheldVersionLeavesTheDocumentWithItsTimeAndItsTags() {
    blocked().putAt(reader.upstream());
    set("default", PolicyName.BLOCK_LIST, "{\"list\":[\"pad@1.1.0\"]}");

    for (String accept : List.of("application/json", Reader.ABBREVIATED)) {
      TestingReply document = reader.get("/r/default/pad", "accept", accept);
      assertThat(Reader.versions(document)).as(accept).containsExactly("1.0.0");
      assertThat(document.json().path("time").has("1.1.0")).isFalse();
      assertThat(document.json().at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
      assertThat(document.json().at("/policyRestrictions/versions").has("1.1.0")).isTrue();
      assertThat(document.json().at("/policyRestrictions/message").asText())
          .contains("pad@1.1.0", "block-list", "/r/default/-/why/pad@1.1.0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/r/default/pad/-/pad-1.1.0.tgz",
        "/w/default/r/default/pad/-/pad-1.1.0.tgz",
        "/r/default/%70ad/-/pad-1.1.0.tgz",
        "/r/default/pad/-/pad-1.1%2E0.tgz",
        "/r/default/pad/1.1.0"
      })
  void aDirectRequestIsRefusedInASentence(String path) {
    blocked().putAt(reader.upstream());
    set("default", PolicyName.BLOCK_LIST, "{\"list\":[\"pad@1.1.0\"]}");

    TestingReply refusal = reader.get(path);

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.json().path("error").asText())
        .startsWith("pad@1.1.0 is withheld here.")
        .contains("(policy block-list)", "/-/why/pad@1.1.0");
    assertThat(reader.upstream().requests().stream().filter(one -> one.path().endsWith(".tgz")))
        .as("nothing was fetched")
        .isEmpty();
  }

  @Test
  void neitherHeadNorARangeNorATagIsAWayAround() {
    blocked().putAt(reader.upstream());
    String path = "/r/default/pad/-/pad-1.1.0.tgz";
    TestingReply before = reader.get(path);
    assertThat(before.status()).isEqualTo(200);
    String etag = Objects.requireNonNull(before.header("etag"));
    assertThat(reader.get(path).status()).as("from the store, warm").isEqualTo(200);

    set("default", PolicyName.BLOCK_LIST, "{\"list\":[\"pad@1.1.0\"]}");

    assertThat(reader.get(path).status()).isEqualTo(403);
    assertThat(reader.send("HEAD", reader.server.url() + path).status()).isEqualTo(403);
    assertThat(reader.get(path, "range", "bytes=0-9").status()).isEqualTo(403);
    assertThat(reader.get(path, "if-none-match", etag).status()).isEqualTo(403);
    assertThat(reader.get("/r/default/pad/latest").json().path("version").asText())
        .isEqualTo("1.0.0");
    assertThat(reader.get("/r/default/-/package/pad/dist-tags").text()).doesNotContain("1.1.0");
    assertThat(reader.get("/r/default/-/v1/search?text=pad").text()).doesNotContain("1.1.0");
    reader.server.restart();
    assertThat(reader.get(path).status()).as("after a restart").isEqualTo(403);
  }

  @Test
  void aPackageOfWhichNothingIsServedSaysWhy() {
    blocked().putAt(reader.upstream());
    set("default", PolicyName.BLOCK_LIST, "{\"list\":[\"pad\"]}");

    TestingReply refusal = reader.get("/r/default/pad");

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.json().path("error").asText())
        .startsWith("Every version of pad is withheld here");
  }

  @Test
  void observingWithholdsNothingAndShowsOnThePage() {
    blocked().putAt(reader.upstream());
    set("default", PolicyName.BLOCK_LIST, Mode.OBSERVE, "{\"list\":[\"pad@1.1.0\"]}");

    assertThat(Reader.versions(reader.get("/r/default/pad"))).contains("1.1.0");
    assertThat(reader.get("/r/default/-/why/pad@1.1.0").text())
        .contains("\"verdict\":\"allow\"", "\"outcome\":\"would-withhold\"");
  }

  @Test
  void aHoldEndsByItselfAtItsInstant() {
    TestingPackument.of("pad")
        .version("1.0.0", OLD, _ -> {})
        .version("1.1.0", YESTERDAY, _ -> {})
        .putAt(reader.upstream());
    set("default", PolicyName.DELAY, "{\"age\":\"3d\"}");
    TestingReply held = reader.get("/r/default/pad");
    assertThat(Reader.versions(held)).containsExactly("1.0.0");
    assertThat(reader.get("/r/default/pad/-/pad-1.1.0.tgz").text())
        .contains("held until 2026-11-24 12:00 UTC");

    reader.clock.advance(Duration.ofDays(2).minusMillis(1));
    assertThat(Reader.versions(reader.get("/r/default/pad"))).containsExactly("1.0.0");
    reader.clock.advance(Duration.ofMillis(1));

    TestingReply free = reader.get("/r/default/pad");
    assertThat(Reader.versions(free)).containsExactly("1.0.0", "1.1.0");
    assertThat(free.json().at("/dist-tags/latest").asText()).isEqualTo("1.1.0");
    assertThat(free.header("etag")).isNotEqualTo(held.header("etag"));
    assertThat(reader.get("/r/default/pad/-/pad-1.1.0.tgz").status()).isEqualTo(200);
  }

  @Test
  void aTimeThatTheUpstreamForgesBuysNothing() {
    TestingPackument.of("pad").version("1.0.0", OLD, _ -> {}).putAt(reader.upstream());
    set("default", PolicyName.DELAY, "{\"age\":\"3d\"}");
    assertThat(Reader.versions(reader.get("/r/default/pad"))).containsExactly("1.0.0");
    reader.clock.advance(Duration.ofHours(1));

    for (String forged :
        List.of(OLD, "2026-11-22T12:00:00.000Z", "9999-01-01T00:00:00.000Z", "x")) {
      TestingPackument.of("pad")
          .version("1.0.0", OLD, _ -> {})
          .version("1.1.0", forged, _ -> {})
          .putAt(reader.upstream());
      assertThat(Reader.versions(reader.get("/r/default/pad?write=true")))
          .as(forged)
          .containsExactly("1.0.0");
    }
    reader.clock.advance(Duration.ofDays(3));
    assertThat(Reader.versions(reader.get("/r/default/pad?write=true")))
        .as("three days after it was first seen")
        .containsExactly("1.0.0", "1.1.0");
  }

  @Test
  void eachRegistryOnTheWayJudgesAndTheStricterWins() {
    TestingPackument.of("pad")
        .version("1.0.0")
        .version("1.1.0")
        .version("1.2.0")
        .putAt(reader.upstream());
    Registry base = reader.registry("base", new Upstreams.Public());
    reader.registry("top", new Upstreams.Here(base));
    set("base", PolicyName.BLOCK_LIST, "{\"list\":[\"pad@1.1.0\"]}");
    set("top", PolicyName.BLOCK_LIST, "{\"list\":[\"pad@1.2.0\"]}");

    assertThat(Reader.versions(reader.get("/r/base/pad"))).containsExactly("1.0.0", "1.2.0");
    assertThat(Reader.versions(reader.get("/r/top/pad"))).containsExactly("1.0.0");
    assertThat(Reader.versions(reader.get("/r/default/pad")))
        .as("a registry beside them")
        .containsExactly("1.0.0", "1.1.0", "1.2.0");
    assertThat(reader.get("/r/top/pad/-/pad-1.1.0.tgz").status()).isEqualTo(403);
    assertThat(reader.get("/r/top/-/why/pad@1.1.0").json().path("registries"))
        .extracting(one -> one.path("registry").asText())
        .containsExactly("top", "base");
  }

  @Test
  void whatIsCachedBelowIsJudgedAtEveryRequest() {
    blocked().putAt(reader.upstream());
    Registry base = reader.registry("base", new Upstreams.Public());
    reader.registry("top", new Upstreams.Here(base));
    assertThat(reader.get("/r/top/pad/-/pad-1.1.0.tgz").status()).isEqualTo(200);

    set("base", PolicyName.BLOCK_LIST, "{\"list\":[\"pad@1.1.0\"]}");

    assertThat(reader.get("/r/top/pad/-/pad-1.1.0.tgz").status()).isEqualTo(403);
    set("base", PolicyName.BLOCK_LIST, Mode.OFF, "{}");
    assertThat(reader.get("/r/top/pad/-/pad-1.1.0.tgz").status()).isEqualTo(200);
  }

  @Test
  void aPolicyThatNeedsTheTarballSeesItBeforeItsFirstByteIsServed() {
    var packed =
        PackageBuilder.named("pad")
            .version("1.1.0")
            .manifest(one -> one.putObject("scripts").put("postinstall", "node steal.js"));
    TestingPackument.of("pad")
        .version("1.0.0")
        .version("1.1.0", OLD, _ -> {}, packed)
        .putAt(reader.upstream());
    set("default", PolicyName.CONSISTENCY, "{}");
    assertThat(Reader.versions(reader.get("/r/default/pad")))
        .as("listed while it is pending")
        .containsExactly("1.0.0", "1.1.0");

    TestingReply refusal = reader.get("/r/default/pad/-/pad-1.1.0.tgz");

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.json().path("error").asText()).contains("scripts", "policy consistency");
    assertThat(Reader.versions(reader.get("/r/default/pad"))).containsExactly("1.0.0");
    assertThat(reader.get("/r/default/pad/-/pad-1.0.0.tgz").status()).isEqualTo(200);
    reader.server.restart();
    assertThat(Reader.versions(reader.get("/r/default/pad"))).containsExactly("1.0.0");
  }

  @Test
  void whatATagNamesIsFetchedAheadWhereAPolicyHasToSeeIt() throws InterruptedException {
    try (var eager = new Reader(Map.of("ahead.at-once", "1"))) {
      var packed =
          PackageBuilder.named("pad")
              .version("1.1.0")
              .manifest(one -> one.putObject("scripts").put("postinstall", "node steal.js"));
      TestingPackument.of("pad")
          .version("1.0.0")
          .version("1.1.0", OLD, _ -> {}, packed)
          .putAt(eager.upstream());
      eager
          .server
          .services()
          .policies()
          .set(
              new Actor.Operator(),
              eager.server.registry(),
              PolicyName.CONSISTENCY,
              Mode.ENFORCE,
              JsonNodeFactory.instance.objectNode());
      assertThat(Reader.versions(eager.get("/r/default/pad"))).contains("1.1.0");

      eager.upstream().awaitRequests("/pad/-/pad-1.1.0.tgz", 1);
      // Whoever asks waits for the one that is under way, and is told what came of it.
      assertThat(eager.get("/r/default/pad/-/pad-1.1.0.tgz").status()).isEqualTo(403);
      assertThat(eager.get("/r/default/pad").json().at("/dist-tags/latest").asText())
          .isEqualTo("1.0.0");
      assertThat(eager.upstream().requests("/pad/-/pad-1.1.0.tgz")).hasSize(1);
    }
  }

  @Test
  void aRuleOfTheRegistrysOwnWithholdsAndMaySeeTheTarball() {
    TestingPackument.of("pad")
        .version("1.0.0")
        .version("1.1.0", OLD, one -> one.putObject("scripts").put("preinstall", "node x.js"))
        .version(
            "1.2.0",
            OLD,
            _ -> {},
            PackageBuilder.named("pad").version("1.2.0").file("binding.gyp", "{}"))
        .putAt(reader.upstream());
    set(
        "default",
        PolicyName.CUSTOM,
        """
        {"rules":[{"when":"'preinstall' in scripts","action":"block","reason":"No scripts."},
                  {"when":"builds","action":"block","reason":"No compilers."}]}
        """);

    assertThat(Reader.versions(reader.get("/r/default/pad")))
        .as("1.2.0 is listed while it is pending")
        .containsExactly("1.0.0", "1.2.0");
    assertThat(reader.get("/r/default/pad/-/pad-1.1.0.tgz").text())
        .contains("pad@1.1.0 fits a rule of this registry: No scripts (policy custom)");
    assertThat(reader.get("/r/default/pad/-/pad-1.2.0.tgz").text()).contains("No compilers");
    assertThat(Reader.versions(reader.get("/r/default/pad"))).containsExactly("1.0.0");
    assertThat(reader.get("/r/default/pad/-/pad-1.0.0.tgz").status()).isEqualTo(200);
  }

  @Test
  void aLicenceFileOfAnotherLicenceThanTheClaimIsSeenInTheTarball() {
    Consumer<ObjectNode> mit = one -> one.put("license", "MIT");
    String isc =
        """
        ISC License

        Copyright (c) 2026, Ada

        Permission to use, copy, modify, and/or distribute this software for any
        purpose with or without fee is hereby granted, provided that the above
        copyright notice and this permission notice appear in all copies.

        THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
        WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
        MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR
        ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
        WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
        ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF
        OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
        """;
    TestingPackument.of("pad")
        .version("1.0.0", OLD, mit)
        .version(
            "1.1.0",
            OLD,
            mit,
            PackageBuilder.named("pad").version("1.1.0").manifest(mit).file("LICENSE.md", isc))
        .putAt(reader.upstream());
    set(
        "default",
        PolicyName.LICENCES,
        "{\"observed\":true,\"otherwise\":{\"differs\":\"block\"}}");

    assertThat(reader.get("/r/default/pad/-/pad-1.1.0.tgz").text())
        .contains("pad@1.1.0 claims the licence MIT, and a file in it has the text of ISC");
    assertThat(reader.get("/r/default/pad/-/pad-1.0.0.tgz").status()).isEqualTo(200);
    assertThat(Reader.versions(reader.get("/r/default/pad"))).containsExactly("1.0.0");
    reader.server.restart();
    assertThat(Reader.versions(reader.get("/r/default/pad"))).containsExactly("1.0.0");
  }

  @Test
  void theSameVersionWithOtherBytesElsewhereIsBlockedForBoth() {
    try (TestingUpstream second = TestingUpstream.start()) {
      reader.registry("both", Reader.external(second), new Upstreams.Public());
      TestingPackument.of("pad").version("1.0.0").version("1.1.0").putAt(reader.upstream());
      TestingPackument.of("pad")
          .version("1.0.0")
          .version("1.1.0", OLD, _ -> {}, PackageBuilder.named("pad").file("x", "other"))
          .putAt(second);
      set("both", PolicyName.CONSISTENCY, "{}");

      assertThat(Reader.versions(reader.get("/r/both/pad"))).containsExactly("1.0.0");
    }
  }

  @Test
  void aTarballThatNobodyCanLookThroughIsWithheldByWhoeverAsksForItsContents() {
    var trap =
        PackageBuilder.named("pad")
            .version("1.1.0")
            .entry("package/../../etc/passwd", (byte) '0', "x".getBytes(StandardCharsets.UTF_8));
    TestingPackument.of("pad").version("1.1.0", OLD, _ -> {}, trap).putAt(reader.upstream());
    set("default", PolicyName.SCANNED, "{}");

    assertThat(reader.get("/r/default/pad/-/pad-1.1.0.tgz").status()).isEqualTo(403);
  }

  @Test
  void publishingIsNotFooledByWhatIsWithheld() {
    blocked().putAt(reader.upstream());
    assertThat(reader.get("/r/default/pad").status()).isEqualTo(200);
    set("default", PolicyName.BLOCK_LIST, "{\"list\":[\"pad@1.1.0\"]}");

    TestingReply published =
        reader.server.put(
            reader.token,
            "/r/default/pad",
            PackageBuilder.named("pad").version("1.1.0").file("x", "other").publishBody());

    assertThat(published.status()).isEqualTo(409);
  }

  @Test
  void unpublishingTakesNothingBackThatIsOnlyWithheld() {
    publish("1.0.0");
    publish("1.1.0");
    publish("1.2.0");
    set("default", PolicyName.BLOCK_LIST, "{\"list\":[\"own@1.1.0\"]}");
    ObjectNode document = (ObjectNode) reader.get("/r/default/own?write=true").json();
    document.withObjectProperty("versions").remove("1.2.0");
    String rev = document.path("_rev").asText();

    TestingReply changed =
        reader.server.put(reader.token, "/r/default/own/-rev/" + rev, document.toString());

    assertThat(changed.status()).isEqualTo(200);
    set("default", PolicyName.BLOCK_LIST, Mode.OFF, "{}");
    assertThat(Reader.versions(reader.get("/r/default/own"))).containsExactly("1.0.0", "1.1.0");
  }

  @Test
  void thePageIsForBrowsersAndAsksThemForAPassword() {
    blocked().putAt(reader.upstream());
    set("default", PolicyName.BLOCK_LIST, "{\"list\":[\"pad@1.1.0\"]}");

    TestingReply page = reader.get("/r/default/-/why/pad@1.1.0", "accept", "text/html");

    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("content-security-policy")).contains("default-src 'none'");
    assertThat(page.text()).contains("pad@1.1.0", "It is blocked.", "block-list");
    assertThat(reader.get("/r/default/-/why/pad@9.9.9").status()).isEqualTo(404);
    assertThat(reader.get("/r/default/-/why/pad").status()).isEqualTo(400);
    assertThat(reader.server.get(null, "/r/default/-/why/pad@1.1.0").status()).isEqualTo(401);
  }

  private static TestingPackument blocked() {
    return TestingPackument.of("pad").version("1.0.0").version("1.1.0");
  }

  private void publish(String version) {
    assertThat(
            reader
                .server
                .put(
                    reader.token,
                    "/r/default/own",
                    PackageBuilder.named("own").version(version).publishBody())
                .status())
        .isEqualTo(201);
  }

  private void set(String registry, PolicyName policy, String settings) {
    set(registry, policy, Mode.ENFORCE, settings);
  }

  private void set(String registry, PolicyName policy, Mode mode, String settings) {
    try {
      reader
          .server
          .services()
          .policies()
          .set(
              new Actor.Operator(),
              reader.server.registry(registry),
              policy,
              mode,
              (ObjectNode) new JsonMapper().readTree(settings));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
