package dev.gatehouse.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The metadata of a repository of The Update Framework with one key for all roles and no targets:
/// npm refreshes Sigstore's before it checks signatures, and asks the registry for its keys only if
/// that one has none for it.
final class TufRepository {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEY_ID = "key";
  private static final int RAW_KEY = 32;

  private final KeyPair pair;

  TufRepository() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The root of trust, which clients have from elsewhere.
  String root() {
    ObjectNode signed = of("root").put("consistent_snapshot", false);
    byte[] encoded = pair.getPublic().getEncoded();
    String raw =
        HexFormat.of()
            .formatHex(Arrays.copyOfRange(encoded, encoded.length - RAW_KEY, encoded.length));
    signed
        .putObject("keys")
        .putObject(KEY_ID)
        .put("keytype", "ed25519")
        .put("scheme", "ed25519")
        .putObject("keyval")
        .put("public", raw);
    ObjectNode roles = signed.putObject("roles");
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      roles.putObject(role).put("threshold", 1).putArray("keyids").add(KEY_ID);
    }
    return signed(signed);
  }

  /// What it answers, by path.
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("/timestamp.json", signed(with(of("timestamp"), "snapshot.json")));
    files.put("/snapshot.json", signed(with(of("snapshot"), "targets.json")));
    ObjectNode targets = of("targets");
    targets.putObject("targets");
    files.put("/targets.json", signed(targets));
    return files;
  }

  private static ObjectNode with(ObjectNode signed, String file) {
    signed.putObject("meta").putObject(file).put("version", 1);
    return signed;
  }

  private static ObjectNode of(String type) {
    return JSON.createObjectNode()
        .put("_type", type)
        .put("spec_version", "1.0.31")
        .put("version", 1)
        .put("expires", "2099-01-01T00:00:00Z");
  }

  private String signed(ObjectNode signed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(canonical(signed).toString().getBytes(StandardCharsets.UTF_8));
      ObjectNode document = JSON.createObjectNode();
      document.set("signed", signed);
      document
          .putArray("signatures")
          .addObject()
          .put("keyid", KEY_ID)
          .put("sig", HexFormat.of().formatHex(signature.sign()));
      return JSON.writeValueAsString(document);
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Members in order; nothing here needs escaping.
  private static JsonNode canonical(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    Map<String, JsonNode> sorted = new TreeMap<>();
    node.properties().forEach(one -> sorted.put(one.getKey(), canonical(one.getValue())));
    ObjectNode ordered = JSON.createObjectNode();
    sorted.forEach(ordered::set);
    return ordered;
  }
}
