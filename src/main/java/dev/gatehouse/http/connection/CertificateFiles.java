package dev.gatehouse.http.connection;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// The server's certificate (a PEM chain) and its private key (PEM), read again when the files
/// change. Both are checked to belong together: while an operator replaces one and then the other,
/// the old pair stays in use.
public final class CertificateFiles {
  private final Path certificate;
  private final Path key;
  private byte[] seenCertificate = new byte[0];
  private byte[] seenKey = new byte[0];

  /// The two files, not yet read.
  public CertificateFiles(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
  }

  /// The pair if it differs from what was read last, else null. What is broken counts as read, so
  /// that it is reported once.
  ///
  /// @throws IOException with a sentence if a file cannot be used
  public synchronized @Nullable PemKeyCertOptions changed(Vertx vertx) throws IOException {
    byte[] newCertificate = Files.readAllBytes(certificate);
    byte[] newKey = Files.readAllBytes(key);
    if (Arrays.equals(newCertificate, seenCertificate) && Arrays.equals(newKey, seenKey)) {
      return null;
    }
    seenCertificate = newCertificate;
    seenKey = newKey;
    PemKeyCertOptions pair =
        new PemKeyCertOptions()
            .setCertValue(Buffer.buffer(newCertificate))
            .setKeyValue(Buffer.buffer(newKey));
    check(pair, vertx);
    return pair;
  }

  // The library's methods declare `Exception`; what they throw for a bad file varies by its format.
  private void check(PemKeyCertOptions pair, Vertx vertx) throws IOException {
    boolean matching;
    try {
      matching = belongTogether(pair.getKeyManagerFactory(vertx).getKeyManagers());
    } catch (Exception e) {
      throw new IOException(
          "The certificate " + certificate + " or its key " + key + " cannot be read as PEM", e);
    }
    if (!matching) {
      throw new IOException(
          "The key " + key + " does not belong to the certificate " + certificate);
    }
  }

  private static boolean belongTogether(KeyManager[] managers) throws GeneralSecurityException {
    for (KeyManager manager : managers) {
      if (manager instanceof X509KeyManager x509) {
        for (String type : new String[] {"RSA", "EC", "Ed25519", "EdDSA"}) {
          String @Nullable [] aliases = x509.getServerAliases(type, null);
          if (aliases != null && aliases.length > 0) {
            return signs(
                x509.getPrivateKey(aliases[0]),
                x509.getCertificateChain(aliases[0])[0].getPublicKey());
          }
        }
      }
    }
    return false;
  }

  private static boolean signs(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    Signature signature = Signature.getInstance(algorithm(key));
    byte[] nonce = {1, 2, 3};
    signature.initSign(key);
    signature.update(nonce);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(nonce);
    return signature.verify(signed);
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
