package dev.gatehouse.http.wire;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A host with an optional port, as in the `Host` header. Documents are rendered for it, so it is
/// read by a short list of what may stand in it, never passed on as it came.
public final class Authority {
  private static final int LONGEST = 261;

  private Authority() {}

  /// `host[:port]` in lower case; anything else is malformed.
  public static String of(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST) {
      throw malformed();
    }
    int hostEnd = text.charAt(0) == '[' ? bracketed(text) : named(text);
    if (hostEnd < text.length()) {
      port(text, hostEnd);
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static int named(String text) {
    int i = 0;
    while (i < text.length() && isNameCharacter(text.charAt(i))) {
      i++;
    }
    if (i == 0) {
      throw malformed();
    }
    return i;
  }

  private static boolean isNameCharacter(char c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '.'
        || c == '_';
  }

  private static int bracketed(String text) {
    int i = 1;
    while (i < text.length() && (HexFormat.isHexDigit(text.charAt(i)) || isSeparator(text, i))) {
      i++;
    }
    if (i < 3 || i >= text.length() || text.charAt(i) != ']') {
      throw malformed();
    }
    return i + 1;
  }

  private static boolean isSeparator(String text, int i) {
    return text.charAt(i) == ':' || text.charAt(i) == '.';
  }

  private static void port(String text, int colon) {
    int digits = text.length() - colon - 1;
    if (text.charAt(colon) != ':' || digits < 1 || digits > 5) {
      throw malformed();
    }
    int port = 0;
    for (int i = colon + 1; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        throw malformed();
      }
      port = port * 10 + text.charAt(i) - '0';
    }
    if (port > 65_535) {
      throw malformed();
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static ProblemException malformed() {
    return new ProblemException(
        new Problem.Malformed("The request must name one host, as host or host:port."));
  }
}
