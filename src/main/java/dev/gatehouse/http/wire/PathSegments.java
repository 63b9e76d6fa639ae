package dev.gatehouse.http.wire;

import java.util.ArrayList;
import java.util.List;

/// The segments of a path, each decoded exactly once after the path was split, so that an encoded
/// slash stays inside its segment (`@s%2fn` is the one segment `@s/n`). Empty segments at the end
/// are dropped, others are kept. Refused, besides what [PercentDecoder] refuses: backslashes and
/// the parts `.` and `..`, also around an encoded slash.
public final class PathSegments {
  private PathSegments() {}

  /// The decoded segments of a raw path that starts with `/`.
  public static List<String> of(String path) {
    List<String> segments = new ArrayList<>(8);
    int kept = 0;
    int start = path.startsWith("/") ? 1 : 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String segment = PercentDecoder.decode(path, start, end, false);
      refuseClimbing(segment);
      segments.add(segment);
      if (!segment.isEmpty()) {
        kept = segments.size();
      }
      start = end + 1;
    }
    return List.copyOf(segments.subList(0, kept));
  }

  private static void refuseClimbing(String segment) {
    if (segment.indexOf('\\') >= 0) {
      throw PercentDecoder.malformed("a backslash");
    }
    int start = 0;
    while (start <= segment.length()) {
      int slash = segment.indexOf('/', start);
      int end = slash < 0 ? segment.length() : slash;
      int length = end - start;
      if (length > 0 && length <= 2 && segment.startsWith("..".substring(0, length), start)) {
        throw PercentDecoder.malformed("the segment \".\" or \"..\"");
      }
      start = end + 1;
    }
  }
}
