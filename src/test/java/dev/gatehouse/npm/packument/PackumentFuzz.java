package dev.gatehouse.npm.packument;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.npm.packument.PackumentParse.Parsed;
import dev.gatehouse.npm.packument.PackumentParse.Unusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A fuzz target: whatever the bytes, a document is refused with a sentence, or it renders to valid
/// JSON that lists exactly the versions of its index, all of them with URLs under the registry.
public final class PackumentFuzz {
  /// The name that the documents of the corpus have.
  static final String NAME = "@scope/fuzzed";

  private static final ObjectMapper TREE =
      new ObjectMapper(
              JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private PackumentFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(byte[] json) {
    switch (PackumentIndex.parse(json, NAME)) {
      case Unusable(String sentence) ->
          assertThat(sentence).startsWith("The document ").endsWith(".");
      case Parsed(PackumentIndex index) -> requireSound(index);
    }
  }

  static void requireSound(PackumentIndex index) {
    Documents.requireSame(index.table().with(index.bytes()), index);
    PackumentView view = Documents.view(index);
    try {
      requireForm(view, Documents.full(view));
      requireForm(view, Documents.abbreviated(view));
      for (Selected version : view.versions()) {
        requireVersion(version, read(PackumentRenderer.version(version, Documents.RENDITION)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireForm(PackumentView view, byte[] rendered) throws IOException {
    JsonNode root = read(rendered);
    assertThat(root.get("name").textValue()).isEqualTo(view.name());
    List<String> listed = root.get("versions").propertyStream().map(Map.Entry::getKey).toList();
    assertThat(listed)
        .containsExactlyElementsOf(view.versions().stream().map(Selected::version).toList());
    assertThat(root.get("time").size()).isEqualTo(listed.size() + 2);
    assertThat(root.get("dist-tags").propertyStream().map(tag -> tag.getValue().textValue()))
        .isSubsetOf(listed);
    assertThat(root.get("dist-tags").has("latest")).isEqualTo(!listed.isEmpty());
    for (Selected version : view.versions()) {
      requireVersion(version, root.get("versions").get(version.version()));
    }
  }

  private static void requireVersion(Selected version, JsonNode object) {
    String name = version.source().name();
    assertThat(object.get("name").textValue()).isEqualTo(name);
    assertThat(object.get("version").textValue()).isEqualTo(version.version());
    assertThat(object.get("dist").get("tarball").textValue())
        .startsWith(Documents.REGISTRY + "/" + name + "/-/")
        .endsWith("-" + version.version() + ".tgz");
    JsonNode attestations = object.get("dist").path("attestations");
    if (attestations.has("url")) {
      assertThat(attestations.get("url").textValue())
          .isEqualTo(
              Documents.REGISTRY + "/-/npm/v1/attestations/" + name + "@" + version.version());
    }
  }

  private static JsonNode read(byte[] json) throws IOException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
    } catch (CharacterCodingException e) {
      throw new AssertionError("The rendered form is not UTF-8", e);
    }
    return TREE.readTree(json);
  }
}
