package dev.gatehouse.npm.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A signature of a registry over one version: an entry of `dist.signatures`.
///
/// @param keyid which of the registry's keys it verifies with
/// @param sig ECDSA over SHA-256 in DER, base64
public record RegistrySignature(String keyid, String sig) {

  /// What is signed.
  ///
  /// @param integrity the text of `dist.integrity`
  public record Signed(String name, String version, String integrity) {
    /// The bytes under the signature.
    public byte[] bytes() {
      return (name + "@" + version + ":" + integrity).getBytes(StandardCharsets.UTF_8);
    }
  }

  /// The signatures in `dist.signatures`; null if it is not a list of such.
  public static @Nullable List<RegistrySignature> read(JsonNode signatures) {
    if (!signatures.isArray()) {
      return null;
    }
    List<RegistrySignature> read = new ArrayList<>();
    for (JsonNode one : signatures) {
      if (!one.path("keyid").isTextual() || !one.path("sig").isTextual()) {
        return null;
      }
      read.add(new RegistrySignature(one.path("keyid").asText(), one.path("sig").asText()));
    }
    return List.copyOf(read);
  }

  /// As `dist.signatures` has it.
  public ArrayNode listed() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    list.addObject().put("keyid", keyid).put("sig", sig);
    return list;
  }
}
