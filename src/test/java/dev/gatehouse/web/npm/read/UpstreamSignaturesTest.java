package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingRegistryKey;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingUpstream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures of what comes from upstreams, their keys, and ours in their place.
final class UpstreamSignaturesTest {
  private static final String KEYS = "/-/npm/v1/keys";
  private static final String PAD = "/r/default/pad";

  @AutoClose private final Reader reader = new Reader();
  private final TestingRegistryKey key = TestingRegistryKey.generate();

  private static TestingPackument pad() {
    return TestingPackument.of("pad").version("1.0.0").version("1.1.0");
  }

  private JsonNode keys(String registry) {
    TestingReply reply = reader.get("/r/" + registry + KEYS);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private JsonNode version(String version) {
    return reader.get(PAD).json().path("versions").path(version);
  }

  private void enforceTrust() {
    reader
        .server
        .services()
        .policies()
        .set(
            new Actor.Operator(),
            reader.server.registry(),
            PolicyName.TRUST,
            Mode.ENFORCE,
            JsonNodeFactory.instance
                .objectNode()
                .put("new-publisher", "allow")
                .put("missing", "allow")
                .put("unchecked", "allow"));
  }

  // What is signed by its upstream.

  @Test
  void signaturesOfAnUpstreamPassThroughWithTheKeysThatTheyVerifyWith() {
    reader.upstream().at(KEYS).body(key.listed("2030-01-01T00:00:00.000Z"));
    pad().signedBy(key).putAt(reader.upstream());

    JsonNode keys = keys("default");

    assertThat(keys.path("keys")).hasSize(2);
    assertThat(keys.at("/keys/1/keyid").asText()).isEqualTo(key.keyid());
    assertThat(keys.at("/keys/1/expires").asText()).startsWith("2030-01-01T00:00:00");
    assertThat(TestingRegistryKey.verifies(version("1.0.0"), keys)).isTrue();
    assertThat(version("1.0.0").at("/dist/signatures/0/keyid").asText()).isEqualTo(key.keyid());
  }

  @Test
  void keysOfAnUpstreamAreKeptWhileItIsDown() {
    reader.upstream().at(KEYS).body(key.listed(null));
    assertThat(keys("default").path("keys")).hasSize(2);
    reader.server.restart();
    reader.upstream().at(KEYS).status(500);
    reader.clock.advance(Duration.ofDays(3));

    assertThat(keys("default").path("keys")).hasSize(2);
  }

  @Test
  void anUpstreamThatHadNoKeysStillHasNoneWhileItIsDown() {
    assertThat(keys("default").path("keys")).hasSize(1);
    reader.upstream().at(KEYS).status(500);
    reader.clock.advance(Duration.ofDays(3));

    assertThat(keys("default").path("keys")).hasSize(1);
  }

  @Test
  void anUpstreamThatNeverAnsweredIsNotTakenForOneWithoutKeys() {
    reader.upstream().at(KEYS).status(500);

    assertThat(reader.get("/r/default" + KEYS).status()).isEqualTo(502);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"keys\":{}}", "{\"keys\":[1,{\"keyid\":2}", "[]", "<html>"})
  void garbageInPlaceOfKeysIsAFault(String garbage) {
    reader.upstream().at(KEYS).body(garbage);

    assertThat(reader.get("/r/default" + KEYS).status()).isEqualTo(502);
  }

  @Test
  void noUpstreamsKeyStandsInForOurs() {
    String ours = keys("default").at("/keys/0/keyid").asText();
    reader.upstream().at(KEYS).body(key.listed(null).replace(key.keyid(), ours));
    reader.clock.advance(Duration.ofHours(2));

    JsonNode keys = keys("default");

    assertThat(keys.path("keys")).hasSize(1);
    assertThat(keys.toString()).doesNotContain(key.listed(null).substring(40, 80));
  }

  @Test
  void keysComeThroughRegistriesHereAndAFrozenOneAsksNobody() {
    reader.upstream().at(KEYS).body(key.listed(null));
    Registry gate = reader.registry("gate", new Upstreams.Here(reader.server.registry()));
    archive("gate", true);
    assertThat(keys("gate").path("keys")).hasSize(1);
    assertThat(reader.upstream().requests(KEYS)).isEmpty();

    archive("gate", false);
    assertThat(keys(gate.name()).path("keys")).hasSize(2);
    archive("gate", true);
    reader.clock.advance(Duration.ofDays(3));
    assertThat(keys("gate").path("keys")).as("what is kept").hasSize(2);
    assertThat(reader.upstream().requests(KEYS)).hasSize(1);
  }

  private void archive(String name, boolean archived) {
    Registry registry = reader.server.registry(name);
    Registry.Settings now = registry.settings();
    reader.server.change(
        registry,
        new Registry.Settings(
            now.kind(),
            now.anonymousRead(),
            now.overwriting(),
            now.ownersOnly(),
            archived,
            now.scopes()));
  }

  // What nobody has signed.

  @Test
  void whatComesUnsignedFromAnUpstreamWithoutKeysIsSignedOnReceipt() {
    pad().putAt(reader.upstream());
    JsonNode before = version("1.0.0");
    assertThat(before.at("/dist/signatures").isMissingNode()).as("nobody has asked").isTrue();

    JsonNode keys = keys("default");

    TestingReply signed = reader.get(PAD);
    for (String version : List.of("1.0.0", "1.1.0")) {
      assertThat(TestingRegistryKey.verifies(version(version), keys)).as(version).isTrue();
    }
    JsonNode brief = reader.get(PAD, "accept", Reader.ABBREVIATED).json().at("/versions/1.1.0");
    assertThat(brief.path("dist")).isEqualTo(version("1.1.0").path("dist"));
    assertThat(reader.get(PAD + "/1.1.0").json().path("dist")).isEqualTo(brief.path("dist"));
    reader.server.restart();
    reader.server.operate("", "key", "rotate");
    assertThat(reader.get(PAD).body()).isEqualTo(signed.body());
    assertThat(reader.get(PAD).header("etag")).isEqualTo(signed.header("etag"));
    assertThat(TestingRegistryKey.verifies(version("1.0.0"), keys("default"))).isTrue();
  }

  @Test
  void whatChangesAfterItWasReceivedIsNotSignedAgain() {
    pad().putAt(reader.upstream());
    var _ = keys("default");
    assertThat(version("1.0.0").at("/dist/signatures")).hasSize(1);
    pad()
        .dist("1.0.0", dist -> dist.put("integrity", "sha512-" + "A".repeat(86) + "=="))
        .putAt(reader.upstream());
    reader.clock.advance(Duration.ofHours(2));

    assertThat(version("1.0.0").at("/dist/signatures").isMissingNode()).isTrue();
    assertThat(TestingRegistryKey.verifies(version("1.1.0"), keys("default"))).isTrue();
  }

  @Test
  void withoutAnIntegrityThereIsNothingToSign() {
    pad().dist("1.0.0", dist -> dist.remove("integrity")).putAt(reader.upstream());
    var _ = keys("default");

    assertThat(version("1.0.0").at("/dist/signatures").isMissingNode()).isTrue();
    assertThat(version("1.1.0").at("/dist/signatures")).hasSize(1);
  }

  @Test
  void anEmptyListOfSignaturesIsNone() {
    pad()
        .dist("1.0.0", dist -> dist.putArray("signatures"))
        .dist("1.1.0", dist -> dist.putNull("signatures"))
        .putAt(reader.upstream());
    JsonNode keys = keys("default");

    for (String version : List.of("1.0.0", "1.1.0")) {
      assertThat(TestingRegistryKey.verifies(version(version), keys)).as(version).isTrue();
    }
  }

  @Test
  void whatAnUpstreamWithKeysLeavesUnsignedIsLeftSo() {
    reader.upstream().at(KEYS).body(key.listed(null));
    pad().putAt(reader.upstream());
    var _ = keys("default");

    assertThat(version("1.0.0").at("/dist/signatures").isMissingNode()).isTrue();
  }

  @Test
  void oneSourcesKeysSayNothingOfAnothersVersions() {
    try (var other = TestingUpstream.start()) {
      other.at(KEYS).body(key.listed(null));
      pad().signedBy(key).putAt(reader.upstream());
      reader.add(reader.server.registry(), "other", Reader.external(other), false);
      enforceTrust();

      assertThat(keys("default").path("keys")).hasSize(2);
      assertThat(reader.get("/r/default/-/why/pad@1.0.0").json().path("signature").asText())
          .isEqualTo("unchecked");
    }
  }

  // What the policies make of it.

  @Test
  void anUnsignedVersionIsReceivedAndNeverVerified() {
    pad().putAt(reader.upstream());

    TestingReply why = reader.get("/r/default/-/why/pad@1.0.0");
    assertThat(why.json().path("signature").asText()).isEqualTo("received");
    assertThat(reader.get("/r/default/-/why/pad@1.0.0", "accept", "text/html").text())
        .contains("Signature: received")
        .doesNotContain("verified");
  }

  @Test
  void aGoodSignatureIsVerified() {
    reader.upstream().at(KEYS).body(key.listed(null));
    pad().signedBy(key).putAt(reader.upstream());
    enforceTrust();

    assertThat(Reader.versions(reader.get(PAD))).containsExactly("1.0.0", "1.1.0");
    assertThat(reader.get("/r/default/-/why/pad@1.0.0").json().path("signature").asText())
        .isEqualTo("verified");
    assertThat(reader.get(PAD + "/-/pad-1.0.0.tgz").status()).isEqualTo(200);
  }

  @Test
  void oneFlippedByteIsWrong() {
    reader.upstream().at(KEYS).body(key.listed(null));
    pad()
        .signedBy(key)
        .dist(
            "1.1.0",
            dist -> {
              String sig = dist.at("/signatures/0/sig").asText();
              char flipped = sig.charAt(20) == 'A' ? 'B' : 'A';
              ((com.fasterxml.jackson.databind.node.ObjectNode) dist.at("/signatures/0"))
                  .put("sig", sig.substring(0, 20) + flipped + sig.substring(21));
            })
        .putAt(reader.upstream());
    enforceTrust();

    assertThat(Reader.versions(reader.get(PAD))).containsExactly("1.0.0");
    assertThat(reader.get(PAD + "/-/pad-1.1.0.tgz").status()).isEqualTo(403);
    assertThat(reader.get("/r/default/-/why/pad@1.1.0").text())
        .contains("\"signature\":\"wrong\"", "does not verify", "signature-wrong");
  }

  @Test
  void aSignatureThatIsMissingWhereTheRegistrySignsIsAbsent() {
    reader.upstream().at(KEYS).body(key.listed(null));
    pad().signedBy(key).dist("1.1.0", dist -> dist.remove("signatures")).putAt(reader.upstream());
    enforceTrust();

    assertThat(Reader.versions(reader.get(PAD))).containsExactly("1.0.0");
  }

  @Test
  void anExpiredKeyCountsForWhatWasPublishedBefore() {
    TestingPackument.of("pad")
        .version("1.0.0", "2020-01-01T00:00:00.000Z", _ -> {})
        .version("1.1.0", "2022-01-01T00:00:00.000Z", _ -> {})
        .signedBy(key)
        .putAt(reader.upstream());
    reader.upstream().at(KEYS).body(key.listed("2022-01-01T00:00:00.000Z"));
    enforceTrust();

    assertThat(Reader.versions(reader.get(PAD))).containsExactly("1.0.0");
  }

  @Test
  void newKeysOfAnUpstreamAreLearnedOf() {
    TestingRegistryKey other = TestingRegistryKey.generate();
    reader.upstream().at(KEYS).body(other.listed(null));
    pad().signedBy(key).putAt(reader.upstream());
    enforceTrust();
    assertThat(reader.get(PAD).status()).isEqualTo(403);

    reader.upstream().at(KEYS).body(key.listed(null));
    reader.clock.advance(Duration.ofHours(2));

    assertThat(Reader.versions(reader.get(PAD))).containsExactly("1.0.0", "1.1.0");
  }

  @Test
  void whileNobodyKnowsTheKeysAVersionIsListedAndNotHandedOut() {
    reader.upstream().at(KEYS).status(500);
    pad().signedBy(key).putAt(reader.upstream());
    enforceTrust();

    assertThat(Reader.versions(reader.get(PAD))).containsExactly("1.0.0", "1.1.0");
    TestingReply refusal = reader.get(PAD + "/-/pad-1.0.0.tgz");
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.error()).contains("cannot be judged here yet");
    reader.upstream().at(KEYS).body(key.listed(null));
    reader.clock.advance(Duration.ofMinutes(1));

    assertThat(reader.get(PAD + "/-/pad-1.0.0.tgz").status()).isEqualTo(200);
  }

  @Test
  void nobodyIsAskedForKeysUntilSomebodyNeedsThem() {
    pad().putAt(reader.upstream());

    assertThat(reader.get(PAD).status()).isEqualTo(200);
    assertThat(reader.get(PAD + "/-/pad-1.0.0.tgz").status()).isEqualTo(200);
    assertThat(reader.upstream().requests(KEYS)).isEmpty();
  }
}
