package dev.gatehouse.npm.packument;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.npm.packument.PackumentParse.Parsed;
import dev.gatehouse.npm.packument.PackumentParse.Unusable;
import dev.gatehouse.npm.packument.merge.FallbackTimes;
import dev.gatehouse.npm.packument.merge.PackumentMerge;
import dev.gatehouse.npm.packument.merge.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Recorded documents and short cuts to read and render them. More documents than the project keeps
/// are tested with `-Dpackuments=DIRECTORY` (files `*.json.gz`).
public final class Documents {
  public static final ObjectMapper JSON = new ObjectMapper();
  public static final String REGISTRY = "https://gate.test/r/team";
  static final Rendition RENDITION = new Rendition(REGISTRY, Signatures.NONE);

  private Documents() {}

  public static List<Path> recorded() throws IOException {
    Path directory = Path.of(System.getProperty("packuments", "src/test/resources/packuments"));
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json.gz")).sorted().toList();
    }
  }

  public static byte[] read(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  public static PackumentIndex index(byte[] json, String name) {
    return switch (PackumentIndex.parse(json, name)) {
      case Parsed(PackumentIndex index) -> index;
      case Unusable(String sentence) -> throw new AssertionError(sentence);
    };
  }

  public static PackumentIndex index(String json, String name) {
    return index(bytes(json), name);
  }

  static String refusal(byte[] json, String name) {
    PackumentParse parse = PackumentIndex.parse(json, name);
    assertThat(parse).isInstanceOf(Unusable.class);
    return ((Unusable) parse).sentence();
  }

  public static PackumentView view(PackumentIndex index) {
    return PackumentMerge.merge(Map.of(), List.of(new Source(index, FallbackTimes.NONE, false)))
        .serving(_ -> true, "1-a");
  }

  public static byte[] full(PackumentView view) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PackumentRenderer.full(view, RENDITION, out);
    return out.toByteArray();
  }

  public static byte[] abbreviated(PackumentView view) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PackumentRenderer.abbreviated(view, RENDITION, out);
    return out.toByteArray();
  }

  /// Fails unless the two say the same of the same bytes, to the last offset.
  static void requireSame(PackumentIndex one, PackumentIndex other) {
    assertThat(one.bytes()).isEqualTo(other.bytes());
    assertThat(one.name()).isEqualTo(other.name());
    assertThat(one.versions().stream().map(Documents::offsets))
        .containsExactlyElementsOf(other.versions().stream().map(Documents::offsets).toList());
    assertThat(one.dropped()).isEqualTo(other.dropped());
    assertThat(one.tags()).isEqualTo(other.tags());
    assertThat(one.details()).isEqualTo(other.details());
    assertThat(one.created()).isEqualTo(other.created());
    assertThat(one.modified()).isEqualTo(other.modified());
  }

  private static String offsets(VersionRow row) {
    String parts =
        Stream.of(Part.values())
            .map(part -> row.from(part) + "-" + row.to(part))
            .collect(Collectors.joining(" "));
    return "%s %s %s %s %s %s"
        .formatted(
            row,
            row.published(),
            row.hasInstallScript(),
            row.deprecated(),
            parts,
            Arrays.toString(row.kept()));
  }

  public static JsonNode tree(byte[] json) throws IOException {
    return JSON.readTree(json);
  }
}
