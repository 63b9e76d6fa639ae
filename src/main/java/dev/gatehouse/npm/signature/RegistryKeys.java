package dev.gatehouse.npm.signature;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.BoundedJson;
import dev.gatehouse.npm.signature.RegistrySignature.Signed;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The keys of one registry, as it lists them at `-/npm/v1/keys`. Of several with one name the
/// first counts, as it does for npm.
public final class RegistryKeys {
  /// A registry that signs nothing.
  public static final RegistryKeys NONE = new RegistryKeys(List.of());

  /// Anything else is no key, and half of a surrogate pair could not even be written.
  private static final Pattern PLAIN = Pattern.compile("[ -~]*");

  private static final int LARGEST = 1 << 20;
  private static final int MOST = 1_000;

  private final Map<String, RegistryKey> keys = new LinkedHashMap<>();
  private final Map<String, PublicKey> opened = new HashMap<>();

  /// Those `keys`.
  public RegistryKeys(Collection<RegistryKey> keys) {
    keys.forEach(key -> this.keys.putIfAbsent(key.keyid(), key));
    this.keys.forEach((keyid, key) -> {
      PublicKey open = key.open();
      if (open != null) {
        opened.put(keyid, open);
      }
    });
  }

  /// Reads what a registry lists; null if that is no list of keys. An entry that is no key is left
  /// out.
  public static @Nullable RegistryKeys read(byte[] json) {
    try (JsonParser parser = BoundedJson.factory(LARGEST, LARGEST).createParser(json)) {
      if (parser.nextToken() == null) {
        return null;
      }
      JsonNode listed =
          new BoundedJson(parser, new BoundedJson.Limit("The list of keys", LARGEST, null))
              .tree()
              .path("keys");
      return !listed.isArray() || listed.size() > MOST ? null : read(listed);
    } catch (JacksonException | ProblemException _) {
      return null;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static RegistryKeys read(JsonNode listed) {
    List<RegistryKey> keys = new ArrayList<>();
    for (JsonNode one : listed) {
      var key =
          new RegistryKey(
              one.path("keyid").asText(),
              one.path("keytype").asText(),
              one.path("scheme").asText(),
              one.path("key").asText(),
              expiry(one.path("expires")));
      if (!key.keyid().isEmpty()
          && !key.key().isEmpty()
          && PLAIN.matcher(key.keyid() + key.keytype() + key.scheme() + key.key()).matches()) {
        keys.add(key);
      }
    }
    return new RegistryKeys(keys);
  }

  /// What nobody can read as a time has passed long ago.
  private static @Nullable Instant expiry(JsonNode expires) {
    if (expires.isMissingNode() || expires.isNull()) {
      return null;
    }
    try {
      return Instant.parse(expires.asText());
    } catch (DateTimeParseException _) {
      return Instant.EPOCH;
    }
  }

  /// All of them, in order.
  public List<RegistryKey> all() {
    return List.copyOf(keys.values());
  }

  /// The key of that name, if it is one that signatures can be checked with; else null.
  public @Nullable PublicKey key(String keyid) {
    return opened.get(keyid);
  }

  /// Whether there is a key of that name that had not expired then.
  public boolean isValidAt(String keyid, Instant then) {
    RegistryKey key = keys.get(keyid);
    return key != null && key.isValidAt(then);
  }

  /// Whether there is none, so that the registry signs nothing.
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /// As a registry lists them.
  public ObjectNode listed() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("keys");
    for (RegistryKey key : keys.values()) {
      Instant expires = key.expires();
      list.addObject()
          .put("expires", expires == null ? null : expires.toString())
          .put("keyid", key.keyid())
          .put("keytype", key.keytype())
          .put("scheme", key.scheme())
          .put("key", key.key());
    }
    return answer;
  }

  /// Whether all of `signatures`, of which there is at least one, are good for what was published
  /// then: each by one of these keys that had not expired, as npm demands.
  public boolean verify(Signed signed, Instant published, List<RegistrySignature> signatures) {
    return !signatures.isEmpty()
        && signatures.stream().allMatch(one -> verify(signed, published, one));
  }

  private boolean verify(Signed signed, Instant published, RegistrySignature signature) {
    RegistryKey key = keys.get(signature.keyid());
    PublicKey open = opened.get(signature.keyid());
    if (key == null || open == null || !key.isValidAt(published)) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("SHA256withECDSA");
      check.initVerify(open);
      check.update(signed.bytes());
      return check.verify(Base64.getDecoder().decode(signature.sig()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
