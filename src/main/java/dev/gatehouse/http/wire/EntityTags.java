package dev.gatehouse.http.wire;

/// `If-None-Match` (RFC 9110, 13.1.2): a list of entity tags or `*`, compared weakly.
public final class EntityTags {
  private EntityTags() {}

  /// Whether `etag` (with its quotes, perhaps with `W/`) stands in `list`.
  public static boolean matches(String list, String etag) {
    String wanted = opaque(etag);
    int i = 0;
    while (i < list.length()) {
      char c = list.charAt(i);
      if (c == ',' || c == ' ' || c == '\t') {
        i++;
        continue;
      }
      int end = tagEnd(list, i);
      String tag = list.substring(i, end).strip();
      if (tag.equals("*") || opaque(tag).equals(wanted)) {
        return true;
      }
      i = end;
    }
    return false;
  }

  /// A quoted tag may hold commas; one without quotes ends at the next comma.
  private static int tagEnd(String list, int start) {
    int quote = list.startsWith("W/", start) ? start + 2 : start;
    if (quote < list.length() && list.charAt(quote) == '"') {
      int close = list.indexOf('"', quote + 1);
      return close < 0 ? list.length() : close + 1;
    }
    int comma = list.indexOf(',', start);
    return comma < 0 ? list.length() : comma;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
