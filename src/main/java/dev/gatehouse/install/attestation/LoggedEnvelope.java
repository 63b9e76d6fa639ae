package dev.gatehouse.install.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// What a log has kept of an envelope: the hash of its payload, its signature, and the certificate
/// or key that goes with it. In three forms, by when it was logged; npm's oldest is still its usual
/// one.
///
/// @param payloadHash SHA-256
/// @param verifier the certificate or the public key, DER
@SuppressWarnings("ArrayRecordComponent") // compared by content where it matters
record LoggedEnvelope(byte[] payloadHash, byte[] signature, byte[] verifier) {
  private static final JsonMapper MAPPER = new JsonMapper();

  static LoggedEnvelope read(byte[] body) throws Unproven {
    try {
      JsonNode entry = MAPPER.readTree(body);
      JsonNode spec = entry.path("spec");
      return switch (entry.path("kind").asText() + " " + entry.path("apiVersion").asText()) {
        case "intoto 0.0.2" -> intoto(spec.path("content"));
        case "dsse 0.0.1" -> dsse(spec);
        case "dsse 0.0.2" -> second(spec.path("dsseV002"));
        default -> throw new Unproven("Its entry in the log is of a kind that is not known here.");
      };
    } catch (IOException | IllegalArgumentException damaged) {
      throw new Unproven("Its entry in the log cannot be read.", damaged);
    }
  }

  private static LoggedEnvelope intoto(JsonNode content) throws Unproven {
    JsonNode signed = only(content.at("/envelope/signatures"));
    return new LoggedEnvelope(
        hex(content.path("payloadHash")),
        // The log writes the text of the signature in base64 once more.
        base64(text(base64(signed.path("sig").asText()))),
        pem(signed.path("publicKey")));
  }

  private static LoggedEnvelope dsse(JsonNode spec) throws Unproven {
    JsonNode signed = only(spec.path("signatures"));
    return new LoggedEnvelope(
        hex(spec.path("payloadHash")),
        base64(signed.path("signature").asText()),
        pem(signed.path("verifier")));
  }

  private static LoggedEnvelope second(JsonNode spec) throws Unproven {
    JsonNode signed = only(spec.path("signatures"));
    if (!spec.at("/payloadHash/algorithm").asText().equals("SHA2_256")) {
      throw new Unproven("Its entry in the log has no SHA-256.");
    }
    return new LoggedEnvelope(
        base64(spec.at("/payloadHash/digest").asText()),
        base64(signed.path("content").asText()),
        base64(verifier(signed.path("verifier")).path("rawBytes").asText()));
  }

  private static JsonNode verifier(JsonNode either) {
    return either.path(either.has("publicKey") ? "publicKey" : "x509Certificate");
  }

  private static JsonNode only(JsonNode signatures) throws Unproven {
    if (signatures.size() != 1) {
      throw new Unproven("Its entry in the log has not one signature.");
    }
    return signatures.path(0);
  }

  private static byte[] hex(JsonNode hash) throws Unproven {
    if (!hash.path("algorithm").asText().equals("sha256")) {
      throw new Unproven("Its entry in the log has no SHA-256.");
    }
    return HexFormat.of().parseHex(hash.path("value").asText());
  }

  private static byte[] pem(JsonNode text) {
    return base64(
        text(base64(text.asText()))
            .replaceAll("-----(BEGIN|END) (CERTIFICATE|PUBLIC KEY)-----", "")
            .replaceAll("\\s", ""));
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  boolean isOf(byte[] hash, byte[] signed, byte[] signer) {
    return Arrays.equals(payloadHash, hash)
        && Arrays.equals(signature, signed)
        && Arrays.equals(verifier, signer);
  }
}
