package dev.gatehouse.install.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.install.attestation.BundleCheck.Proven;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// With bundles that really are in use, by the trust root that ships with the program.
final class BundleCheckTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String ENTRY = "/verificationMaterial/tlogEntries/0";
  private static final BundleCheck CHECK = by(root());

  /// Where every character counts.
  private static final List<String> SIGNED =
      List.of(
          "/dsseEnvelope/payload",
          "/dsseEnvelope/payloadType",
          "/dsseEnvelope/signatures/0/sig",
          ENTRY + "/canonicalizedBody",
          ENTRY + "/integratedTime",
          ENTRY + "/logId/keyId",
          ENTRY + "/logIndex",
          ENTRY + "/inclusionPromise/signedEntryTimestamp");

  private static BundleCheck by(JsonNode root) {
    return new BundleCheck(
        new TrustRoot(root.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private static ObjectNode root() {
    try {
      return (ObjectNode) MAPPER.readTree(SigstoreSettings.defaults().read());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void refuses(JsonNode bundle, RealBundle of, String why) {
    assertThatExceptionOfType(Unproven.class)
        .as("%s %s", of, why)
        .isThrownBy(() -> CHECK.check(bundle.toString(), of.claim()));
  }

  private static void flip(ObjectNode bundle, String pointer, int at) {
    int slash = pointer.lastIndexOf('/');
    var parent = (ObjectNode) bundle.at(pointer.substring(0, slash));
    String field = pointer.substring(slash + 1);
    String text = parent.path(field).asText();
    char now = text.charAt(at);
    char other = now == '1' ? '2' : Character.isDigit(now) ? '1' : now == 'A' ? 'B' : 'A';
    parent.put(field, text.substring(0, at) + other + text.substring(at + 1));
  }

  @ParameterizedTest
  @EnumSource
  void aRealBundleIsProvenWithoutAskingAnybody(RealBundle real) throws Unproven {
    Proven proven = CHECK.check(real.bundle().toString(), real.claim());

    assertThat(proven.statement().isProvenance()).isTrue();
    assertThat(proven.signer().identity())
        .startsWith("https://github.com/sigstore/sigstore-js/.github/workflows/");
    assertThat(proven.signer().issuer()).isEqualTo("https://token.actions.githubusercontent.com");
  }

  @ParameterizedTest
  @EnumSource
  void oneFlippedByteIsRed(RealBundle real) {
    for (String pointer : SIGNED) {
      int length = real.bundle().at(pointer).asText().length();
      assertThat(length).as(pointer).isPositive();
      // The last characters of base64 may hold bits that nobody reads.
      int end = length > 20 ? length - 6 : length;
      for (int at = 0; at < end; at += Math.max(1, end / 12)) {
        ObjectNode bundle = real.bundle();
        flip(bundle, pointer, at);
        refuses(bundle, real, pointer + " at " + at);
      }
    }
  }

  @Test
  void oneFlippedByteOfTheCertificateIsRed() {
    for (int at = 0; at < 2_200; at += 71) {
      ObjectNode bundle = RealBundle.THIRD.bundle();
      flip(bundle, "/verificationMaterial/certificate/rawBytes", at);
      refuses(bundle, RealBundle.THIRD, "certificate at " + at);
    }
  }

  @Test
  void oneFlippedByteOfTheProofIsRed() {
    for (String field : List.of("/rootHash", "/treeSize", "/logIndex")) {
      ObjectNode bundle = RealBundle.THIRD.bundle();
      flip(bundle, ENTRY + "/inclusionProof" + field, 2);
      refuses(bundle, RealBundle.THIRD, field);
    }
    for (int at : new int[] {30, 50, 60, 170, 230}) {
      ObjectNode bundle = RealBundle.THIRD.bundle();
      flip(bundle, ENTRY + "/inclusionProof/checkpoint/envelope", at);
      refuses(bundle, RealBundle.THIRD, "checkpoint at " + at);
    }
    for (int hash = 0; hash < 16; hash++) {
      ObjectNode bundle = RealBundle.THIRD.bundle();
      var hashes = (ArrayNode) bundle.at(ENTRY + "/inclusionProof/hashes");
      String before = hashes.path(hash).asText();
      hashes.set(hash, (before.startsWith("A") ? "B" : "A") + before.substring(1));
      refuses(bundle, RealBundle.THIRD, "hash " + hash);
    }
  }

  @Test
  void itSaysNothingOfAnotherVersionOrOtherBytes() {
    String bundle = RealBundle.THIRD.bundle().toString();
    for (Claim other :
        List.of(
            RealBundle.claim("sigstore", "2.2.1", RealBundle.THIRD.integrity()),
            RealBundle.claim("sigstore2", "2.2.0", RealBundle.THIRD.integrity()),
            RealBundle.claim("@acme/sigstore", "2.2.0", RealBundle.THIRD.integrity()),
            RealBundle.claim("sigstore", "2.2.0", RealBundle.FIRST.integrity()))) {
      assertThatExceptionOfType(Unproven.class)
          .as(other.purl())
          .isThrownBy(() -> CHECK.check(bundle, other))
          .withMessageContaining("another version");
    }
  }

  @Test
  void aTimeThatNoLogHasPromisedIsNotBelieved() {
    ObjectNode bundle = RealBundle.THIRD.bundle();
    ((ObjectNode) bundle.at(ENTRY)).putObject("inclusionPromise");
    refuses(bundle, RealBundle.THIRD, "empty promise");
    ((ObjectNode) bundle.at(ENTRY)).remove("inclusionPromise");
    refuses(bundle, RealBundle.THIRD, "no promise");
  }

  @Test
  void onlyTheFirstFormDoesWithoutAProof() {
    ObjectNode bundle = RealBundle.FIRST.bundle();
    bundle.put("mediaType", "application/vnd.dev.sigstore.bundle+json;version=0.2");
    refuses(bundle, RealBundle.FIRST, "no proof");
    bundle = RealBundle.THIRD.bundle();
    ((ObjectNode) bundle.at(ENTRY)).putNull("inclusionProof");
    refuses(bundle, RealBundle.THIRD, "no proof");
  }

  @Test
  void theEntryMustBeOfThisVeryBundle() {
    ObjectNode bundle = RealBundle.FIRST.bundle();
    ((ArrayNode) bundle.at("/verificationMaterial/tlogEntries"))
        .set(0, RealBundle.THIRD.bundle().at(ENTRY));
    refuses(bundle, RealBundle.FIRST, "entry of another");
    ((ArrayNode) bundle.at("/verificationMaterial/tlogEntries")).removeAll();
    refuses(bundle, RealBundle.FIRST, "no entry");
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificateAuthorities", "ctlogs", "tlogs"})
  void withoutItsPartOfTheRootNothingIsProven(String part) {
    ObjectNode root = root();
    root.putArray(part);
    BundleCheck check = by(root);
    assertThatExceptionOfType(Unproven.class)
        .isThrownBy(
            () -> check.check(RealBundle.THIRD.bundle().toString(), RealBundle.THIRD.claim()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ctlogs/1", "/tlogs/0"})
  void anotherKeyOfALogProvesNothing(String log) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] other = generator.generateKeyPair().getPublic().getEncoded();
    ObjectNode root = root();
    ((ObjectNode) root.at(log + "/publicKey"))
        .put("rawBytes", Base64.getEncoder().encodeToString(other));
    BundleCheck check = by(root);
    for (RealBundle real : RealBundle.values()) {
      assertThatExceptionOfType(Unproven.class)
          .as(real.name())
          .isThrownBy(() -> check.check(real.bundle().toString(), real.claim()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "1", "\"x\"", "{\"mediaType\":1}"})
  void whatIsNoBundleProvesNothing(String json) {
    assertThatExceptionOfType(Unproven.class)
        .isThrownBy(() -> CHECK.check(json, RealBundle.THIRD.claim()));
  }

  @Test
  void partsThatAreMissingOrOddProveNothing() {
    List<Consumer<ObjectNode>> changes =
        List.of(
            bundle -> bundle.remove("mediaType"),
            bundle -> bundle.remove("dsseEnvelope"),
            bundle -> bundle.remove("verificationMaterial"),
            bundle -> ((ObjectNode) bundle.at("/dsseEnvelope")).putArray("signatures"),
            bundle ->
                ((ArrayNode) bundle.at("/dsseEnvelope/signatures"))
                    .add(bundle.at("/dsseEnvelope/signatures/0").deepCopy()),
            bundle -> ((ObjectNode) bundle.at("/verificationMaterial")).remove("certificate"),
            bundle ->
                ((ObjectNode) bundle.at("/verificationMaterial"))
                    .putObject("certificate")
                    .put("rawBytes", "AAAA"),
            bundle -> ((ObjectNode) bundle.at(ENTRY)).put("canonicalizedBody", "AAAA"),
            bundle -> ((ObjectNode) bundle.at(ENTRY)).remove("logId"));
    for (int at = 0; at < changes.size(); at++) {
      ObjectNode bundle = RealBundle.THIRD.bundle();
      changes.get(at).accept(bundle);
      refuses(bundle, RealBundle.THIRD, "change " + at);
    }
  }
}
