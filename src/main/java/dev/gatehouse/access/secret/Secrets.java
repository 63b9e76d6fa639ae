package dev.gatehouse.access.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Secrets that are drawn by chance, and what is kept of them.
public final class Secrets {
  /// The 62 characters that secrets are made of, in the order of their values.
  public static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 256;

  private Secrets() {}

  /// `length` characters of [#ALPHABET], each equally likely: 5.95 bits a character.
  public static String draw(int length) {
    return draw(ALPHABET, length);
  }

  /// `length` digits, each equally likely: 3.32 bits a digit.
  public static String drawDigits(int length) {
    return draw("0123456789", length);
  }

  private static String draw(String alphabet, int length) {
    var text = new StringBuilder(length);
    byte[] drawn = new byte[length];
    int fair = BYTES - BYTES % alphabet.length();
    while (text.length() < length) {
      RANDOM.nextBytes(drawn);
      for (int i = 0; i < length && text.length() < length; i++) {
        int value = Byte.toUnsignedInt(drawn[i]);
        if (value < fair) {
          text.append(alphabet.charAt(value % alphabet.length()));
        }
      }
    }
    return text.toString();
  }

  /// `bytes` bytes by chance.
  static byte[] bytes(int bytes) {
    byte[] drawn = new byte[bytes];
    RANDOM.nextBytes(drawn);
    return drawn;
  }

  /// The SHA-256 of a drawn secret as 64 hex digits. It is all that is stored: nobody can guess
  /// their way back to more than 160 bits, so that a slow hash would add nothing.
  public static String sha256(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
