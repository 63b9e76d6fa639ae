package dev.gatehouse.install;

/// The weights of content negotiation (RFC 9110, 12.4.2), as far as they refuse something.
final class Weights {
  private Weights() {}

  /// Whether one element of an `Accept…` header says `q=0`, that is, refuses itself.
  static boolean isZero(String element) {
    int at = element.indexOf("q=");
    if (at < 0) {
      return false;
    }
    for (int i = at + 2; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c >= '1' && c <= '9') {
        return false;
      }
      if (c != '0' && c != '.') {
        break;
      }
    }
    return true;
  }
}
