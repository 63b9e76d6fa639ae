package dev.gatehouse.npm.packument.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Decodes single values out of a range that was checked before.
public final class JsonText {
  private JsonText() {}

  /// The text of the JSON string at `[from, to)`; null if it is another kind of value or longer
  /// than a text that anybody here reads.
  public static @Nullable String decode(byte[] json, int from, int to) {
    if (json[from] != '"') {
      return null;
    }
    try (JsonCursor cursor = new JsonCursor(json, from, to)) {
      cursor.next();
      return cursor.text();
    } catch (IOException _) {
      return null;
    }
  }
}
