package dev.gatehouse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A key that a testing upstream signs with, and the check that npm makes: both by hand, so that
/// they share nothing with what they test.
public final class TestingRegistryKey {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String STATEMENT = "application/vnd.in-toto+json";

  private final KeyPair pair;

  private TestingRegistryKey(KeyPair pair) {
    this.pair = pair;
  }

  /// A new key.
  public static TestingRegistryKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new TestingRegistryKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Its name in signatures.
  public String keyid() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As `-/npm/v1/keys` lists it alone; null if it does not expire.
  public String listed(@Nullable String expires) {
    ObjectNode answer = MAPPER.createObjectNode();
    answer
        .putArray("keys")
        .addObject()
        .put("expires", expires)
        .put("keyid", keyid())
        .put("keytype", "ecdsa-sha2-nistp256")
        .put("scheme", "ecdsa-sha2-nistp256")
        .put("key", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    return answer.toString();
  }

  /// `dist.signatures` of a version.
  public ArrayNode signatures(String name, String version, String integrity) {
    byte[] signed = (name + "@" + version + ":" + integrity).getBytes(StandardCharsets.UTF_8);
    ArrayNode all = MAPPER.createArrayNode();
    all.addObject().put("keyid", keyid()).put("sig", sign(signed));
    return all;
  }

  /// A bundle by which the registry itself says that a version with these bytes was published, as
  /// npm's does.
  public ObjectNode publishStatement(String name, String version, byte[] tarball) {
    String statement =
        """
        {"_type":"https://in-toto.io/Statement/v0.1","subject":[{"name":"pkg:npm/%s@%s",\
        "digest":{"sha512":"%s"}}],"predicateType":\
        "https://github.com/npm/attestation/tree/main/specs/publish/v0.1",\
        "predicate":{"name":"%s","version":"%s","registry":"https://registry.example"}}\
        """
            .formatted(name.replace("@", "%40"), version, sha512(tarball), name, version);
    byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
    String head = "DSSEv1 %d %s %d ".formatted(STATEMENT.length(), STATEMENT, payload.length);
    ObjectNode bundle = MAPPER.createObjectNode();
    bundle.put("mediaType", "application/vnd.dev.sigstore.bundle+json;version=0.1");
    bundle.putObject("verificationMaterial").putObject("publicKey").put("hint", keyid());
    ObjectNode envelope = bundle.putObject("dsseEnvelope");
    envelope.put("payload", Base64.getEncoder().encodeToString(payload));
    envelope.put("payloadType", STATEMENT);
    envelope
        .putArray("signatures")
        .addObject()
        .put("keyid", keyid())
        .put("sig", sign((head + statement).getBytes(StandardCharsets.UTF_8)));
    return bundle;
  }

  private static String sha512(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(bytes);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether the version object that a registry serves, which should have exactly one signature,
  /// verifies with the keys that it lists.
  public static boolean verifies(JsonNode version, JsonNode keys) {
    JsonNode signatures = version.at("/dist/signatures");
    String signed =
        "%s@%s:%s"
            .formatted(
                version.path("name").asText(),
                version.path("version").asText(),
                version.at("/dist/integrity").asText());
    try {
      for (JsonNode key : keys.path("keys")) {
        if (signatures.size() == 1 && key.path("keyid").equals(signatures.at("/0/keyid"))) {
          Signature check = Signature.getInstance("SHA256withECDSA");
          check.initVerify(
              KeyFactory.getInstance("EC")
                  .generatePublic(
                      new X509EncodedKeySpec(
                          Base64.getDecoder().decode(key.path("key").asText()))));
          check.update(signed.getBytes(StandardCharsets.UTF_8));
          return check.verify(Base64.getDecoder().decode(signatures.at("/0/sig").asText()));
        }
      }
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
