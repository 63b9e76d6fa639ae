package dev.gatehouse.install.fact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// Reads one part of the versions of a package. Most versions say there what another one says, and
/// what was read once is not read again. Not for several threads at once.
final class Remembered<T> {
  private static final int MOST = 1_000;
  private static final byte[] NOTHING = {};

  private final Part part;
  private final Function<JsonNode, T> reading;
  private final Map<String, T> read = new HashMap<>();

  Remembered(Part part, Function<JsonNode, T> reading) {
    this.part = part;
    this.reading = reading;
  }

  /// What that version says; of a missing node if it does not have the part.
  T of(Selected version) {
    byte[] json = version.source().json(version.row(), part);
    byte[] bytes = json == null ? NOTHING : json;
    // One character for each byte, whatever it means: a key that is made and compared quickly.
    String key = new String(bytes, StandardCharsets.ISO_8859_1);
    T value = read.get(key);
    if (value == null) {
      value = reading.apply(Slices.read(bytes));
      if (read.size() < MOST) {
        read.put(key, value);
      }
    }
    return value;
  }
}
