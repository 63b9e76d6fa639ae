package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.install.attestation.RealBundle;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingRegistryKey;
import dev.gatehouse.testing.TestingReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a registry itself says about a publish, beside provenance or alone, is checked by its keys.
final class PublishStatementTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String NAME = "@acme-stated/pad";
  private static final String PAD = "/r/default/@acme-stated/pad";
  private static final String TARBALL = PAD + "/-/pad-1.0.0.tgz";
  private static final String PLACE = "/-/npm/v1/attestations/";
  private static final String KEYS = "/-/npm/v1/keys";
  private static final byte[] BYTES = TestingPackage.of(NAME, "1.0.0").tarball();

  @AutoClose private final Reader reader = new Reader();
  private final TestingRegistryKey key = TestingRegistryKey.generate();

  @BeforeEach
  void list() {
    var made = TestingPackage.of(NAME, "1.0.0");
    made.putAt(reader.upstream());
    reader.upstream().put(NAME, claiming(made.packument(reader.upstream().url(), BYTES), NAME));
    reader.upstream().at(KEYS).body(key.listed(null));
  }

  private static String claiming(String packument, String name) {
    return packument.replace(
        "\"shasum\"",
        "\"attestations\":{\"url\":\"https://elsewhere.example%s%s@1.0.0\",\"provenance\":{\"predicateType\":\"x\"}},\"shasum\""
            .formatted(PLACE, name));
  }

  private ObjectNode statement() {
    return key.publishStatement(NAME, "1.0.0", BYTES);
  }

  private void state(JsonNode... bundles) {
    reader.upstream().at(PLACE + NAME + "@1.0.0").body(document(bundles));
  }

  private static String document(JsonNode... bundles) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    var all = document.putArray("attestations");
    for (JsonNode bundle : bundles) {
      all.addObject().set("bundle", bundle);
    }
    return document.toString();
  }

  private JsonNode provenance(String spec) {
    TestingReply reply = reader.get("/r/default/-/why/" + spec);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().path("provenance");
  }

  private JsonNode provenance() {
    return provenance(NAME + "@1.0.0");
  }

  private void isWrong(String why) {
    JsonNode found = provenance();
    assertThat(found.path("state").asText()).as(why).isEqualTo("wrong");
  }

  @Test
  void thatVerifiesIsToldAndIsNoProvenance() {
    state(statement());

    JsonNode found = provenance();

    assertThat(found.path("state").asText()).isEqualTo("received");
    assertThat(found.path("sentence").asText())
        .startsWith("The registry's own statement about the publish verifies");
  }

  @Test
  void isToldBesideRealProvenance() throws JsonProcessingException {
    var made = TestingPackage.of("sigstore", "2.2.0");
    String packument = made.packument(reader.upstream().url(), made.tarball());
    reader
        .upstream()
        .put(
            "sigstore",
            claiming(packument, "sigstore")
                .replace("sigstore@1.0.0", "sigstore@2.2.0")
                .replace(TestingPackage.integrity(made.tarball()), RealBundle.THIRD.integrity()));
    JsonNode real = MAPPER.readTree(RealBundle.THIRD.document()).at("/attestations/0/bundle");
    ObjectNode own = key.publishStatement("sigstore", "2.2.0", RealBundle.tarball());
    reader.upstream().at(PLACE + "sigstore@2.2.0").body(document(real, own));

    JsonNode found = provenance("sigstore@2.2.0");

    assertThat(found.path("state").asText()).isEqualTo("verified");
    assertThat(found.path("sentence").asText())
        .contains("built and signed by", "own statement about the publish verifies, too");
  }

  @Test
  void withOneFlippedByteIsRed() {
    for (String pointer :
        new String[] {"/dsseEnvelope/payload", "/dsseEnvelope/signatures/0/sig"}) {
      int length = statement().at(pointer).asText().length();
      for (int at = 8; at < length - 6; at += length / 7) {
        ObjectNode bundle = statement();
        flip(bundle, pointer, at);
        state(bundle);
        reader.clock.advance(Duration.ofHours(2));
        isWrong(pointer + " at " + at);
      }
    }
  }

  private static void flip(ObjectNode bundle, String pointer, int at) {
    int slash = pointer.lastIndexOf('/');
    var parent = (ObjectNode) bundle.at(pointer.substring(0, slash));
    String field = pointer.substring(slash + 1);
    String text = parent.path(field).asText();
    char other = text.charAt(at) == 'A' ? 'B' : 'A';
    parent.put(field, text.substring(0, at) + other + text.substring(at + 1));
  }

  @Test
  void ofOtherBytesOrAnotherVersionIsRed() {
    byte[] others = "other bytes".getBytes(StandardCharsets.UTF_8);
    state(key.publishStatement(NAME, "1.0.0", others));
    isWrong("other bytes");
    state(key.publishStatement(NAME, "1.0.1", BYTES));
    reader.clock.advance(Duration.ofHours(2));
    isWrong("another version");
    state(key.publishStatement("@acme-stated/other", "1.0.0", BYTES));
    reader.clock.advance(Duration.ofHours(2));
    isWrong("another package");
    assertThat(provenance().path("sentence").asText()).contains("another version");
  }

  @Test
  void byAKeyThatTheRegistryDoesNotListIsRed() {
    state(TestingRegistryKey.generate().publishStatement(NAME, "1.0.0", BYTES));
    isWrong("unknown key");
    assertThat(provenance().path("sentence").asText()).contains("does not list");
  }

  @Test
  void byAKeyThatHadExpiredIsRed() {
    reader.upstream().at(KEYS).body(key.listed("2019-01-01T00:00:00.000Z"));
    state(statement());
    isWrong("published in 2020");
    assertThat(provenance().path("sentence").asText()).contains("expired");
  }

  @Test
  void byAKeyThatExpiredLaterVerifies() {
    reader.upstream().at(KEYS).body(key.listed("2021-01-01T00:00:00.000Z"));
    state(statement());
    assertThat(provenance().path("sentence").asText()).contains("verifies");
  }

  @Test
  void thatNamesTwoKeysOrTheEntryOfAnotherIsRed() throws JsonProcessingException {
    ObjectNode bundle = statement();
    ((ObjectNode) bundle.at("/dsseEnvelope/signatures/0")).put("keyid", "another");
    state(bundle);
    isWrong("two keys");

    bundle = statement();
    ((ObjectNode) bundle.path("verificationMaterial"))
        .set(
            "tlogEntries",
            MAPPER
                .readTree(RealBundle.FIRST.document())
                .at("/attestations/0/bundle/verificationMaterial/tlogEntries"));
    state(bundle);
    reader.clock.advance(Duration.ofHours(2));
    isWrong("the entry of another");
    assertThat(provenance().path("sentence").asText()).contains("something else");
  }

  @Test
  void isNotCheckedWhereTheRegistryListsNoKeysUntilItDoes() {
    reader.upstream().at(KEYS).status(404);
    state(statement());
    assertThat(provenance().path("sentence").asText()).contains("can be checked here");

    reader.upstream().at(KEYS).body(key.listed(null));
    reader.clock.advance(Duration.ofDays(2));
    assertThat(provenance().path("sentence").asText()).contains("statement about the publish");
  }

  @Test
  void thatCannotBeCheckedYetIsPending() {
    reader.upstream().at(KEYS).status(500);
    state(statement());
    assertThat(provenance().path("state").asText()).isEqualTo("pending");
    enforceTrust();
    assertThat(reader.get(TARBALL).status()).isEqualTo(502);
  }

  @Test
  void thatIsWrongKeepsTheTarballBack() {
    ObjectNode bundle = statement();
    String payload =
        new String(
            Base64.getDecoder().decode(bundle.at("/dsseEnvelope/payload").asText()),
            StandardCharsets.UTF_8);
    byte[] changed =
        payload.replace("registry.example", "another.example").getBytes(StandardCharsets.UTF_8);
    ((ObjectNode) bundle.path("dsseEnvelope"))
        .put("payload", Base64.getEncoder().encodeToString(changed));
    state(bundle);
    enforceTrust();

    TestingReply refusal = reader.get(TARBALL);

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.error()).contains("provenance", "does not verify");
    assertThat(reader.get(PAD).status()).isEqualTo(403);

    state(statement());
    reader.clock.advance(Duration.ofHours(2));
    assertThat(provenance().path("state").asText()).isEqualTo("received");
    assertThat(reader.get(TARBALL).status()).isEqualTo(200);
  }

  private void enforceTrust() {
    ObjectNode settings =
        JsonNodeFactory.instance
            .objectNode()
            .put("new-publisher", "allow")
            .put("missing", "allow")
            .put("signature", "allow")
            .put("unchecked", "allow");
    reader
        .server
        .services()
        .policies()
        .set(
            new Actor.Operator(),
            reader.server.registry(),
            PolicyName.TRUST,
            Mode.ENFORCE,
            settings);
  }
}
