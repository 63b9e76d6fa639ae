package dev.gatehouse.install;

/// The lists of content negotiation (RFC 9110, 12.4.2 and 12.5), as far as they take or refuse one
/// thing. Read without copying: this runs for every request.
final class Weights {
  private Weights() {}

  /// Whether the list in `header` names `wanted` with a weight above zero. Names are compared
  /// without case; a wildcard names nothing.
  static boolean accepts(String header, String wanted) {
    for (int start = 0; start < header.length(); ) {
      int comma = header.indexOf(',', start);
      int end = comma < 0 ? header.length() : comma;
      int semicolon = header.indexOf(';', start);
      int nameEnd = semicolon < 0 || semicolon > end ? end : semicolon;
      if (names(header, start, nameEnd, wanted) && !isRefused(header, nameEnd, end)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean names(String header, int from, int to, String wanted) {
    int start = skipSpace(header, from, to);
    int end = start + wanted.length();
    return end <= to
        && skipSpace(header, end, to) == to
        && header.regionMatches(true, start, wanted, 0, wanted.length());
  }

  /// Whether the parameters in `[from, to)` say `q=0`.
  private static boolean isRefused(String header, int from, int to) {
    for (int at = from; at >= 0 && at < to; at = header.indexOf(';', at + 1)) {
      int name = skipSpace(header, at + 1, to);
      if (header.regionMatches(true, name, "q=", 0, 2) && isZero(header, name + 2, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZero(String header, int from, int to) {
    boolean zero = false;
    for (int i = from; i < to && header.charAt(i) != ';'; i++) {
      char c = header.charAt(i);
      if (c >= '1' && c <= '9') {
        return false;
      }
      zero |= c == '0';
    }
    return zero;
  }

  private static int skipSpace(String header, int from, int to) {
    int at = from;
    while (at < to && (header.charAt(at) == ' ' || header.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
