package dev.gatehouse.http.wire;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Strict percent-decoding, once (RFC 3986). Refused: malformed escapes, bytes that are not UTF-8
/// (overlong forms and surrogates included), raw bytes outside of ASCII, and control characters.
final class PercentDecoder {
  private PercentDecoder() {}

  /// Decodes `text` from `start` to `end`; `plusIsSpace` for queries.
  static String decode(String text, int start, int end, boolean plusIsSpace) {
    boolean encoded = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      encoded |= c == '%' || (plusIsSpace && c == '+');
      if (c < ' ' || c >= 0x7f) {
        throw malformed("a character that must be percent-encoded");
      }
    }
    return encoded ? checked(bytes(text, start, end, plusIsSpace)) : text.substring(start, end);
  }

  private static ByteBuffer bytes(String text, int start, int end, boolean plusIsSpace) {
    byte[] bytes = new byte[end - start];
    int count = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= end) {
          throw malformed("an incomplete percent escape");
        }
        bytes[count++] = (byte) (digit(text.charAt(i + 1)) << 4 | digit(text.charAt(i + 2)));
        i += 2;
      } else {
        bytes[count++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
      }
    }
    return ByteBuffer.wrap(bytes, 0, count);
  }

  private static int digit(char c) {
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw malformed("a percent escape without two hexadecimal digits");
    }
    return digit;
  }

  private static String checked(ByteBuffer bytes) {
    String decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw malformed("percent escapes that are not UTF-8");
    }
    for (int i = 0; i < decoded.length(); i++) {
      if (Character.isISOControl(decoded.charAt(i))) {
        throw malformed("a control character");
      }
    }
    return decoded;
  }

  static ProblemException malformed(String what) {
    return new ProblemException(
        new Problem.Malformed(
            "The URL contains " + what + ". Check the address and encode it once."));
  }
}
