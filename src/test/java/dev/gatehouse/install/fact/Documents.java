package dev.gatehouse.install.fact;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import dev.gatehouse.npm.packument.merge.FallbackTimes;
import dev.gatehouse.npm.packument.merge.MergedPackument;
import dev.gatehouse.npm.packument.merge.PackumentMerge;
import dev.gatehouse.npm.packument.merge.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Makes packuments of the package `pad`, version by version.
final class Documents {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ObjectNode document = MAPPER.createObjectNode();

  Documents() {
    document.put("name", "pad");
    document.putObject("versions");
    document.putObject("time");
  }

  /// One version more, published then, with what `change` adds to its object.
  Documents version(String version, String time, Consumer<ObjectNode> change) {
    ObjectNode one = document.withObjectProperty("versions").putObject(version);
    one.put("name", "pad").put("version", version);
    one.putObject("dist").put("shasum", "0".repeat(40));
    change.accept(one);
    document.withObjectProperty("time").put(version, time);
    return this;
  }

  /// One version more with those members, as JSON.
  Documents version(String version, String members) {
    return version(
        version,
        "2020-01-01T00:00:00.000Z",
        one -> {
          try {
            one.setAll((ObjectNode) MAPPER.readTree(members));
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
  }

  MergedPackument merged() {
    try {
      return switch (PackumentIndex.parse(MAPPER.writeValueAsBytes(document), "pad")) {
        case PackumentParse.Parsed(PackumentIndex index) ->
            PackumentMerge.merge(Map.of(), List.of(new Source(index, FallbackTimes.NONE, false)));
        case PackumentParse.Unusable(String sentence) ->
            throw new IllegalArgumentException(sentence);
      };
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
