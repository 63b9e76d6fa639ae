package dev.gatehouse.registries.signing;

import dev.gatehouse.npm.signature.RegistrySignature;
import dev.gatehouse.npm.signature.RegistrySignature.Signed;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/// A key of ours, open.
public final class SigningKey {
  private final String keyid;
  private final PrivateKey secret;

  SigningKey(String keyid, PrivateKey secret) {
    this.keyid = keyid;
    this.secret = secret;
  }

  /// Its name in signatures.
  public String keyid() {
    return keyid;
  }

  /// A signature over a version; another one each time.
  public RegistrySignature sign(Signed signed) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(secret);
      signature.update(signed.bytes());
      return new RegistrySignature(keyid, Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
