package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.install.attestation.RealBundle;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of provenance that is checked: told to people, and asked for by the policies.
final class ProvenanceTest {
  private static final String PLACE = "/-/npm/v1/attestations/";
  private static final String PAD = "/r/default/acme-attested-pad";
  private static final String PAD_TARBALL = PAD + "/-/acme-attested-pad-1.0.0.tgz";
  private static final String PAD_PLACE = PLACE + "acme-attested-pad@1.0.0";

  @AutoClose private final Reader reader = new Reader();

  private static String claiming(String packument, String place) {
    return packument.replace(
        "\"shasum\"",
        "\"attestations\":{\"url\":\"https://elsewhere.example%s\",\"provenance\":{\"predicateType\":\"https://slsa.dev/provenance/v1\"}},\"shasum\""
            .formatted(place));
  }

  /// The version that `real` is of, as its registry lists it.
  private void put(RealBundle real) {
    var made = TestingPackage.of("sigstore", real.version());
    String packument = made.packument(reader.upstream().url(), made.tarball());
    String declared = TestingPackage.integrity(made.tarball());
    reader
        .upstream()
        .put(
            "sigstore",
            claiming(packument, PLACE + "sigstore@" + real.version())
                .replace(declared, real.integrity()));
    reader.upstream().at(PLACE + "sigstore@" + real.version()).body(real.document());
  }

  /// A version that says that it has provenance; the tests say what it is.
  private void putPad() {
    var made = TestingPackage.of("acme-attested-pad", "1.0.0");
    made.putAt(reader.upstream());
    reader
        .upstream()
        .put(
            "acme-attested-pad",
            claiming(made.packument(reader.upstream().url(), made.tarball()), PAD_PLACE));
  }

  private void enforceTrust(String unchecked) {
    ObjectNode settings =
        JsonNodeFactory.instance
            .objectNode()
            .put("new-publisher", "allow")
            .put("missing", "allow")
            .put("unchecked", unchecked);
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

  private JsonNode why(String spec) {
    TestingReply reply = reader.get("/r/default/-/why/" + spec);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  private String state(String spec) {
    return why(spec).at("/provenance/state").asText();
  }

  @ParameterizedTest
  @EnumSource
  void aRealBundleIsVerifiedAndItsSignerNamed(RealBundle real) {
    put(real);
    String spec = "sigstore@" + real.version();

    JsonNode provenance = why(spec).path("provenance");

    assertThat(provenance.path("state").asText()).isEqualTo("verified");
    assertThat(provenance.at("/signer/identity").asText())
        .startsWith("https://github.com/sigstore/sigstore-js/");
    assertThat(reader.get("/r/default/-/why/" + spec, "accept", "text/html").text())
        .contains("Provenance: verified.", "https://token.actions.githubusercontent.com");
  }

  @Test
  void theRealTarballOfARealBundleIsHandedOut() {
    put(RealBundle.THIRD);
    reader.upstream().putTarball("sigstore", "2.2.0", RealBundle.tarball());
    enforceTrust("allow");

    TestingReply tarball = reader.get("/r/default/sigstore/-/sigstore-2.2.0.tgz");

    assertThat(tarball.status()).as(tarball.toString()).isEqualTo(200);
    assertThat(tarball.body()).isEqualTo(RealBundle.tarball());
    assertThat(state("sigstore@2.2.0")).isEqualTo("verified");
    assertThat(reader.upstream().requests(PLACE + "sigstore@2.2.0")).hasSize(1);
  }

  @Test
  void oneFlippedByteOfARealBundleIsRed() {
    put(RealBundle.THIRD);
    String flipped = RealBundle.THIRD.document().replace("MEYCIQDGTDTz", "MEYCIQDGTDTy");
    assertThat(flipped).isNotEqualTo(RealBundle.THIRD.document());
    reader.upstream().at(PLACE + "sigstore@2.2.0").body(flipped);
    enforceTrust("allow");
    assertThat(Reader.versions(reader.get("/r/default/sigstore"))).containsExactly("2.2.0");

    JsonNode why = why("sigstore@2.2.0");

    assertThat(why.at("/provenance/state").asText()).isEqualTo("wrong");
    assertThat(why.path("verdict").asText()).isEqualTo("block");
    assertThat(why.toString()).contains("provenance-wrong");
    assertThat(reader.get("/r/default/sigstore").status()).isEqualTo(403);
    assertThat(reader.get("/r/default/sigstore/-/sigstore-2.2.0.tgz").status()).isEqualTo(403);
  }

  @Test
  void provenanceOfSomethingElseIsFoundOutBeforeTheFirstByte() {
    putPad();
    reader.upstream().at(PAD_PLACE).body(RealBundle.THIRD.document());
    enforceTrust("allow");
    assertThat(Reader.versions(reader.get(PAD))).as("nobody has looked").containsExactly("1.0.0");

    TestingReply refusal = reader.get(PAD_TARBALL);

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.error()).contains("provenance", "does not verify");
    assertThat(reader.get(PAD).status()).isEqualTo(403);
    assertThat(why("acme-attested-pad@1.0.0").at("/provenance/sentence").asText())
        .contains("another version");
  }

  @Test
  void whatCannotBeCheckedIsReceivedAndNeverVerified() {
    putPad();
    enforceTrust("flag");
    assertThat(reader.get(PAD_TARBALL).status()).isEqualTo(200);
    assertThat(state("acme-attested-pad@1.0.0")).isEqualTo("received");
    assertThat(reader.get("/r/default/-/why/acme-attested-pad@1.0.0", "accept", "text/html").text())
        .contains("Provenance: received", "hands none out")
        .doesNotContain("Provenance: verified");
    enforceTrust("block");
    assertThat(reader.get(PAD_TARBALL).status()).isEqualTo(403);
  }

  @Test
  void theRegistrysOwnWordIsNoProvenance() {
    putPad();
    reader
        .upstream()
        .at(PAD_PLACE)
        .body(
            "{\"attestations\":[{\"bundle\":{\"verificationMaterial\":{\"publicKey\":{\"hint\":\"x\"}}}}]}");
    assertThat(state("acme-attested-pad@1.0.0")).isEqualTo("received");
  }

  @Test
  void anUpstreamInTroubleIsNeitherWrongNorVerified() {
    putPad();
    reader.upstream().at(PAD_PLACE).status(500);
    enforceTrust("allow");

    assertThat(reader.get(PAD_TARBALL).status()).isEqualTo(502);
    assertThat(Reader.versions(reader.get(PAD))).containsExactly("1.0.0");
    assertThat(state("acme-attested-pad@1.0.0")).isEqualTo("pending");

    reader.upstream().at(PAD_PLACE).status(404);
    reader.clock.advance(Duration.ofMinutes(5));
    assertThat(reader.get(PAD_TARBALL).status()).isEqualTo(200);
  }

  @Test
  void nobodyIsAskedForProvenanceUntilSomebodyNeedsIt() {
    putPad();

    assertThat(reader.get(PAD).status()).isEqualTo(200);
    assertThat(reader.get(PAD_TARBALL).status()).isEqualTo(200);
    assertThat(reader.upstream().requests(PAD_PLACE)).isEmpty();
    TestingPackage.of("acme-plain-pad", "1.0.0").putAt(reader.upstream());
    assertThat(state("acme-plain-pad@1.0.0")).isEqualTo("none");
  }

  @Test
  void whatWasFoundIsKeptAndChangesWithTheBundle() {
    putPad();
    reader.upstream().at(PAD_PLACE).body(RealBundle.THIRD.document());
    enforceTrust("allow");
    assertThat(reader.get(PAD_TARBALL).status()).isEqualTo(403);
    reader.server.restart();
    assertThat(reader.get(PAD).status()).as("kept").isEqualTo(403);

    reader.upstream().at(PAD_PLACE).body("{\"attestations\":[]}");
    reader.clock.advance(Duration.ofHours(2));
    assertThat(state("acme-attested-pad@1.0.0")).isEqualTo("received");
    assertThat(reader.get(PAD_TARBALL).status()).isEqualTo(200);
  }

  @Test
  void aRuleOfYourOwnCanAskForIt() {
    putPad();
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings
        .putArray("rules")
        .addObject()
        .put("when", "provenance != \"verified\"")
        .put("action", "block")
        .put("reason", "We install what is known to be built from its source.");
    reader
        .server
        .services()
        .policies()
        .set(
            new Actor.Operator(),
            reader.server.registry(),
            PolicyName.CUSTOM,
            Mode.ENFORCE,
            settings);

    assertThat(reader.get(PAD_TARBALL).status()).isEqualTo(403);
    assertThat(reader.get(PAD_TARBALL).error()).contains("built from its source");
  }
}
