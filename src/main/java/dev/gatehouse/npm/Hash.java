package dev.gatehouse.npm;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A digest and the algorithm that made it; `hex` is in lower case.
public record Hash(Algorithm algorithm, String hex) {
  /// Checks that the digest has its algorithm's length.
  public Hash {
    if (hex.length() != 2 * algorithm.length() || !hex.chars().allMatch(Hash::isLowerHex)) {
      throw new IllegalArgumentException("No " + algorithm + " digest: " + hex);
    }
  }

  /// The algorithms that npm has used for tarballs, the weakest first.
  public enum Algorithm {
    SHA1("sha1", "SHA-1", 20),
    SHA256("sha256", "SHA-256", 32),
    SHA384("sha384", "SHA-384", 48),
    SHA512("sha512", "SHA-512", 64);

    private final String sriName;
    private final String javaName;
    private final int length;

    Algorithm(String sriName, String javaName, int length) {
      this.sriName = sriName;
      this.javaName = javaName;
      this.length = length;
    }

    /// The name in an integrity string, `sha512`.
    public String sriName() {
      return sriName;
    }

    /// The name by which Java knows it, `SHA-512`.
    public String javaName() {
      return javaName;
    }

    /// Of a digest, in bytes.
    public int length() {
      return length;
    }

    static @Nullable Algorithm named(String sriName) {
      for (Algorithm algorithm : values()) {
        if (algorithm.sriName.equals(sriName)) {
          return algorithm;
        }
      }
      return null;
    }
  }

  /// The hash of these bytes of a digest.
  public static Hash of(Algorithm algorithm, byte[] digest) {
    return new Hash(algorithm, HexFormat.of().formatHex(digest));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /// As it stands in an integrity string: `sha512-` and base64.
  @Override
  public String toString() {
    return algorithm.sriName + "-" + Base64.getEncoder().encodeToString(bytes());
  }
}
