package dev.gatehouse.access.token;

import dev.gatehouse.access.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// How a token looks: `gh_`, 30 characters by chance (178 bits), 6 that check them. By the prefix
/// and the checksum (CRC-32 of the 30, in base 62) a scanner tells a leaked token from other text
/// without asking anybody, and the server refuses a damaged one without looking it up.
public final class TokenText {
  /// What every token starts with.
  public static final String PREFIX = "gh_";

  private static final int CHANCE = 30;
  private static final int CHECK = 6;
  private static final int LENGTH = PREFIX.length() + CHANCE + CHECK;
  private static final int SHOWN = PREFIX.length() + 4;

  private TokenText() {}

  /// A new token.
  static String draw() {
    String chance = Secrets.draw(CHANCE);
    return PREFIX + chance + check(chance);
  }

  /// Whether `text` has the form of a token and its checksum is right.
  public static boolean isWellFormed(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return false;
    }
    String chance = text.substring(PREFIX.length(), PREFIX.length() + CHANCE);
    return text.endsWith(check(chance)) && chance.chars().allMatch(TokenText::isOfAlphabet);
  }

  /// What lists show of a token, enough for its owner to tell it from others.
  static String shown(String text) {
    return text.substring(0, SHOWN) + "…";
  }

  private static String check(String chance) {
    var crc = new CRC32();
    crc.update(chance.getBytes(StandardCharsets.UTF_8));
    int radix = Secrets.ALPHABET.length();
    char[] digits = new char[CHECK];
    long rest = crc.getValue();
    for (int i = CHECK - 1; i >= 0; i--) {
      digits[i] = Secrets.ALPHABET.charAt((int) (rest % radix));
      rest /= radix;
    }
    return new String(digits);
  }

  private static boolean isOfAlphabet(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
