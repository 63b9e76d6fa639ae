package dev.gatehouse.install.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.signature.RegistryKeys;
import dev.gatehouse.npm.signature.RegistrySignature;
import dev.gatehouse.npm.signature.RegistrySignature.Signed;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.History.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Checks the signatures of upstreams. A check costs a millisecond and packages have thousands of
/// versions: each is checked once for as long as its document is in memory, and what came of it is
/// found again when the document is replaced by one with another version more.
public final class SignatureChecks {
  private static final int CHECKS_HELD = 50_000;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Cache<PackumentIndex, Checked> documents =
      Caffeine.newBuilder().weakKeys().maximumSize(1_000).build();
  private final Cache<String, Boolean> checks =
      Caffeine.newBuilder().maximumSize(CHECKS_HELD).build();

  /// What came of the versions of one document, by the keys of one digest.
  private record Checked(String digest, Map<String, Signature> found) {}

  /// What is known of the signature of `version`, whose source has these keys.
  public Fact<Signature> of(Selected version, KeyState keys) {
    return switch (keys) {
      case KeyState.Unknown _ -> Fact.pending();
      case KeyState.None _ ->
          Fact.known(isUnsigned(version) ? Signature.RECEIVED : Signature.UNCHECKED);
      case KeyState.Known known -> Fact.known(check(version, known));
    };
  }

  /// Whether the document gives no signature for the version.
  public static boolean isUnsigned(Selected version) {
    byte[] json = version.source().json(version.row(), Part.SIGNATURES);
    return json == null || isEmpty(new String(json, StandardCharsets.UTF_8));
  }

  private static boolean isEmpty(String json) {
    String dense = json.strip();
    return dense.equals("null")
        || (dense.startsWith("[") && dense.substring(1, dense.length() - 1).isBlank());
  }

  private Signature check(Selected version, KeyState.Known keys) {
    Checked checked = documents.get(version.source(), _ -> checkedBy(keys));
    if (!checked.digest().equals(keys.digest())) {
      checked = checkedBy(keys);
      documents.put(version.source(), checked);
    }
    Signature found = checked.found().get(version.version());
    return found == null
        ? checked.found().computeIfAbsent(version.version(), _ -> look(version, keys))
        : found;
  }

  private static Checked checkedBy(KeyState.Known keys) {
    return new Checked(keys.digest(), new ConcurrentHashMap<>());
  }

  private Signature look(Selected version, KeyState.Known keys) {
    if (isUnsigned(version)) {
      return Signature.ABSENT;
    }
    Signed signed = signed(version);
    byte[] signatures = version.source().json(version.row(), Part.SIGNATURES);
    if (signed == null || signatures == null) {
      return Signature.WRONG;
    }
    Instant published = version.published();
    boolean good =
        checks.get(
            digest(keys.digest(), published.toString(), signed.bytes(), signatures),
            _ -> verify(keys.keys(), signed, published, signatures));
    return good ? Signature.VERIFIED : Signature.WRONG;
  }

  private static boolean verify(
      RegistryKeys keys, Signed signed, Instant published, byte[] signatures) {
    List<RegistrySignature> read = read(signatures);
    return read != null && keys.verify(signed, published, read);
  }

  /// What the registry signed: over `integrity` as it is written, for old versions over what npm
  /// makes of their `shasum`.
  private static @Nullable Signed signed(Selected version) {
    String integrity = version.source().text(version.row(), Part.INTEGRITY);
    Integrity declared = integrity == null ? version.integrity() : null;
    String text = integrity != null ? integrity : declared == null ? null : declared.toString();
    return text == null ? null : new Signed(version.source().name(), version.version(), text);
  }

  private static @Nullable List<RegistrySignature> read(byte[] signatures) {
    try {
      return RegistrySignature.read(MAPPER.readTree(signatures));
    } catch (JsonProcessingException _) {
      return null;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String digest(String keys, String published, byte[] signed, byte[] signatures) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update((keys + "\n" + published + "\n").getBytes(StandardCharsets.UTF_8));
      sha256.update(signed);
      sha256.update((byte) '\n');
      sha256.update(signatures);
      return HexFormat.of().formatHex(Arrays.copyOf(sha256.digest(), 16));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
