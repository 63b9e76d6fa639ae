package dev.gatehouse.npm.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A public key of a registry.
///
/// @param keyid its name in signatures: by convention `SHA256:` and the digest of the key
/// @param keytype what kind of key it is
/// @param scheme how it signs
/// @param key its SubjectPublicKeyInfo, base64
/// @param expires versions that were published then or later are not signed with it; null if it is
///   in use
public record RegistryKey(
    String keyid, String keytype, String scheme, String key, @Nullable Instant expires) {
  /// The only kind of key that registries have, and the only scheme.
  public static final String ECDSA_P256 = "ecdsa-sha2-nistp256";

  /// A key on the curve P-256 under the name that npm would give it.
  public static RegistryKey of(PublicKey key, @Nullable Instant expires) {
    byte[] info = key.getEncoded();
    return new RegistryKey(
        "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256(info)),
        ECDSA_P256,
        ECDSA_P256,
        Base64.getEncoder().encodeToString(info),
        expires);
  }

  /// Whether it may have signed a version that was published then.
  public boolean isValidAt(Instant published) {
    return expires == null || published.isBefore(expires);
  }

  /// The key itself; null if it is none that signatures can be checked with.
  @Nullable PublicKey open() {
    if (!keytype.equals(ECDSA_P256)) {
      return null;
    }
    try {
      return KeyFactory.getInstance("EC")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return null;
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
