package dev.gatehouse.access.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes that change with time, as RFC 6238 has them and every authenticator app knows them: six
/// digits, thirty seconds, HMAC with SHA-1 (whose collisions do not matter there).
final class Totp {
  /// What no step is.
  static final long NONE = -1;

  private static final String HMAC = "HmacSHA1";
  private static final int SECRET_BYTES = 20;
  private static final int MODULUS = 1_000_000;
  private static final long STEP_MILLIS = 30_000;

  /// Clocks differ, and people type slowly.
  private static final int TOLERANCE = 1;

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Totp() {}

  /// A new secret.
  static byte[] draw() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /// The newest step around `millis` whose code is `code`, or [#NONE].
  static long step(byte[] secret, String code, long millis) {
    long now = millis / STEP_MILLIS;
    byte[] given = code.getBytes(StandardCharsets.UTF_8);
    long found = NONE;
    for (long step = now - TOLERANCE; step <= now + TOLERANCE; step++) {
      if (MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), given)) {
        found = step;
      }
    }
    return found;
  }

  /// The code of a time step.
  static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return "%06d".formatted(number % MODULUS);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /// The secret as apps take it: base32 (RFC 4648), without padding.
  static String base32(byte[] secret) {
    var text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte one : secret) {
      held = held << Byte.SIZE | Byte.toUnsignedInt(one);
      bits += Byte.SIZE;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((held >> bits) & 31));
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(BASE32.charAt((held << (5 - bits)) & 31));
    }
    return text.toString();
  }
}
