package dev.gatehouse.http.wire;

import org.jspecify.annotations.Nullable;

/// What a `Range` header means for a file of a known size (RFC 9110, 14.2).
public sealed interface ByteRange {

  /// The whole file: no range, one that is not understood, or several (which nobody here needs).
  record Whole() implements ByteRange {}

  /// `length` bytes from `first`.
  record Part(long first, long length) implements ByteRange {}

  /// Outside of the file.
  record Outside() implements ByteRange {}

  /// Reads a `Range` header.
  static ByteRange of(@Nullable String header, long size) {
    if (header == null || !header.startsWith("bytes=") || header.indexOf(',') >= 0) {
      return new Whole();
    }
    int dash = header.indexOf('-', 6);
    if (dash < 0) {
      return new Whole();
    }
    String first = header.substring(6, dash).strip();
    String last = header.substring(dash + 1).strip();
    return first.isEmpty() ? suffix(number(last), size) : from(number(first), last, size);
  }

  private static ByteRange suffix(long count, long size) {
    if (count < 0) {
      return new Whole();
    }
    long length = Math.min(count, size);
    return length == 0 ? new Outside() : new Part(size - length, length);
  }

  private static ByteRange from(long first, String last, long size) {
    long end = last.isEmpty() ? Long.MAX_VALUE : number(last);
    if (first < 0 || end < first) {
      return new Whole();
    }
    return first >= size ? new Outside() : new Part(first, Math.min(end, size - 1) - first + 1);
  }

  /// -1 if `text` is not a number; numbers too large for a file count as the largest one.
  private static long number(String text) {
    if (text.isEmpty()) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number > Long.MAX_VALUE / 10 - 1 ? Long.MAX_VALUE - 9 : number * 10 + digit;
    }
    return number;
  }
}
