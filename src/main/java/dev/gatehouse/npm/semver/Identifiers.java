package dev.gatehouse.npm.semver;

/// The order of dotted identifiers, on the text itself: comparing allocates nothing.
final class Identifiers {
  private Identifiers() {}

  /// Numbers come before words and are compared as numbers however long they are, words by their
  /// characters; of two lists that begin alike, the shorter comes first.
  static int compare(String a, String b) {
    int aAt = 0;
    int bAt = 0;
    while (aAt < a.length() && bAt < b.length()) {
      int order = compareOne(a, aAt, b, bAt);
      if (order != 0) {
        return order;
      }
      aAt = end(a, aAt) + 1;
      bAt = end(b, bAt) + 1;
    }
    return Boolean.compare(aAt < a.length(), bAt < b.length());
  }

  private static int compareOne(String a, int aAt, String b, int bAt) {
    int aEnd = end(a, aAt);
    int bEnd = end(b, bAt);
    boolean aNumber = isNumber(a, aAt, aEnd);
    boolean bNumber = isNumber(b, bAt, bEnd);
    if (aNumber != bNumber) {
      return aNumber ? -1 : 1;
    }
    if (!aNumber) {
      return compareWords(a, aAt, b, bAt);
    }
    int aDigits = skipZeros(a, aAt, aEnd);
    int bDigits = skipZeros(b, bAt, bEnd);
    int order = Integer.compare(aEnd - aDigits, bEnd - bDigits);
    return order != 0 ? order : compareWords(a, aDigits, b, bDigits);
  }

  private static int compareWords(String a, int aAt, String b, int bAt) {
    int aEnd = end(a, aAt);
    int bEnd = end(b, bAt);
    while (aAt < aEnd && bAt < bEnd) {
      int order = Character.compare(a.charAt(aAt++), b.charAt(bAt++));
      if (order != 0) {
        return Integer.signum(order);
      }
    }
    return Boolean.compare(aAt < aEnd, bAt < bEnd);
  }

  private static int end(String text, int start) {
    int dot = text.indexOf('.', start);
    return dot < 0 ? text.length() : dot;
  }

  private static int skipZeros(String text, int start, int end) {
    int at = start;
    while (at < end && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  static boolean isNumber(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Cursor.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return end > start;
  }

  /// The same identifiers, numbers without leading zeros.
  static String withoutLeadingZeros(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int start = 0; start <= text.length(); start = end(text, start) + 1) {
      int end = end(text, start);
      boolean number = isNumber(text, start, end);
      int from = number ? Math.min(skipZeros(text, start, end), end - 1) : start;
      out.append(out.isEmpty() ? "" : ".").append(text, from, end);
    }
    return out.toString();
  }
}
