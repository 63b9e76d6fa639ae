package dev.gatehouse.install.fact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gatehouse.npm.packument.Part;
import dev.gatehouse.npm.packument.Selected;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Reads parts of a version object. Their syntax was checked when the document was indexed; of
/// repeated members the last counts, as it does for clients.
final class Slices {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Slices() {}

  /// The value of a part; a missing node if the version has none.
  static JsonNode read(Selected version, Part part) {
    byte[] json = version.source().json(version.row(), part);
    return json == null ? MissingNode.getInstance() : read(json);
  }

  /// The value that `json` is; a missing node if it is empty.
  static JsonNode read(byte[] json) {
    if (json.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(json);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
