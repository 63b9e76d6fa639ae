package dev.gatehouse.npm.semver;

/// A position in a text, and the smallest things that versions and ranges are made of. Nothing is
/// ever read twice, but for one digit (see [#patch]).
final class Cursor {
  /// What [#number], [#patch] and [#component] return when there is none.
  static final long NONE = -1;

  /// What [#component] returns for `x`, `X` and `*`.
  static final long ANY = -2;

  private final String text;
  private final int end;
  private final boolean loose;
  private int at;

  Cursor(String text, int start, int end, boolean loose) {
    this.text = text;
    this.at = start;
    this.end = end;
    this.loose = loose;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at >= end;
  }

  /// The next character, or NUL at the end.
  char peek() {
    return at < end ? text.charAt(at) : '\0';
  }

  boolean skip(char wanted) {
    if (at < end && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  void skipSpace() {
    while (at < end && isSpace(text.charAt(at))) {
      at++;
    }
  }

  /// Skips what may precede a number in a range and in a loose version: any of `v` and `=`.
  void skipPrefix() {
    while (at < end && (text.charAt(at) == 'v' || text.charAt(at) == '=')) {
      at++;
    }
  }

  /// Skips the rest of a word, and the next word too where an operator at the end of this one
  /// belongs to it, as in `1.2.3,< 2`.
  void skipWord() {
    boolean continues;
    do {
      while (at < end && !isSpace(text.charAt(at))) {
        at++;
      }
      continues = at > 0 && "<>=~^".indexOf(text.charAt(at - 1)) >= 0;
      skipSpace();
    } while (continues && at < end);
  }

  /// A number, in strict mode without leading zeros. What exceeds [Version#MAX_NUMBER] comes out as
  /// one more than that: such a number is read and no version may hold it.
  long number() {
    int start = at;
    while (at < end && isDigit(text.charAt(at))) {
      at++;
    }
    boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
    return at == start || (leadingZero && !loose) ? NONE : valueFrom(start);
  }

  /// The third number. Loose versions need no hyphen before the prerelease, so in `1.2.34.5` the
  /// last digit of 34 starts one: it is 1.2.3-4.5.
  long patch() {
    int start = at;
    long value = number();
    if (loose && value != NONE && at - start > 1 && peek() == '.') {
      at--;
      return valueFrom(start);
    }
    return value;
  }

  private long valueFrom(int start) {
    long value = 0;
    for (int i = start; i < at && value <= Version.MAX_NUMBER; i++) {
      value = value * 10 + text.charAt(i) - '0';
    }
    return Math.min(value, Version.MAX_NUMBER + 1);
  }

  /// One component of a range's partial version: a number, or [#ANY].
  long component(boolean last) {
    return switch (peek()) {
      case 'x', 'X', '*' -> {
        at++;
        yield ANY;
      }
      default -> last ? patch() : number();
    };
  }

  /// Steps over a prerelease's first hyphen, which loose versions may lack. True if a prerelease
  /// follows.
  boolean startsPrerelease() {
    if (!loose) {
      return skip('-');
    }
    if (peek() == '-' && at + 1 < end && isIdentifierPart(text.charAt(at + 1))) {
      at++;
    }
    return at < end && isIdentifierPart(text.charAt(at));
  }

  /// Reads identifiers separated by dots. False if one is empty or, where `numbersAreStrict`, one
  /// is a number with leading zeros.
  boolean identifiers(boolean numbersAreStrict) {
    do {
      int start = at;
      boolean number = true;
      while (at < end && isIdentifierPart(text.charAt(at))) {
        number &= isDigit(text.charAt(at));
        at++;
      }
      boolean leadingZero = number && at - start > 1 && text.charAt(start) == '0';
      if (at == start || (numbersAreStrict && leadingZero)) {
        return false;
      }
    } while (skip('.'));
    return true;
  }

  /// Reads a prerelease's identifiers as this cursor's mode wants them.
  boolean prerelease() {
    return identifiers(!loose);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isIdentifierPart(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  }

  /// What JavaScript calls white space.
  static boolean isSpace(char c) {
    return switch (c) {
      case ' ', '\t', '\n', '\u000B', '\f', '\r', '\u00A0', '\u1680', '\u2028', '\u2029' -> true;
      case '\u202F', '\u205F', '\u3000', '\uFEFF' -> true;
      default -> c >= '\u2000' && c <= '\u200A';
    };
  }
}
