package dev.gatehouse.http.wire;

import org.jspecify.annotations.Nullable;

/// Parameters of a raw query, looked up one at a time: nothing is stored, however many a client
/// sends.
public final class QueryString {
  private QueryString() {}

  /// The decoded value of the first parameter `name`; empty if it has no `=`, null if it is absent.
  public static @Nullable String value(@Nullable String query, String name) {
    if (query == null) {
      return null;
    }
    int start = 0;
    while (start < query.length()) {
      int ampersand = query.indexOf('&', start);
      int end = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', start);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (PercentDecoder.decode(query, start, nameEnd, true).equals(name)) {
        return nameEnd == end ? "" : PercentDecoder.decode(query, nameEnd + 1, end, true);
      }
      start = end + 1;
    }
    return null;
  }
}
