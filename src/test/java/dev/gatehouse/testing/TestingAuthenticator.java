package dev.gatehouse.testing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An authenticator app that was given a secret: the codes that it shows. Written apart from the
/// server's, so that one finds the other's mistakes.
public record TestingAuthenticator(String secret) {
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /// What it shows at `now`.
  public String code(Instant now) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(bytes(), "HmacSHA1"));
      byte[] step = ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array();
      byte[] hash = mac.doFinal(step);
      int offset = hash[19] & 15;
      byte[] four = Arrays.copyOfRange(hash, offset, offset + 4);
      four[0] &= 0x7f;
      String digits = "00000" + new BigInteger(four);
      return digits.substring(digits.length() - 6);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /// A secret of twenty bytes is 32 digits, without a rest.
  private byte[] bytes() {
    BigInteger number = BigInteger.ONE;
    for (int at = 0; at < secret.length(); at++) {
      number = number.shiftLeft(5).add(BigInteger.valueOf(DIGITS.indexOf(secret.charAt(at))));
    }
    byte[] bytes = number.toByteArray();
    return Arrays.copyOfRange(bytes, 1, bytes.length);
  }
}
