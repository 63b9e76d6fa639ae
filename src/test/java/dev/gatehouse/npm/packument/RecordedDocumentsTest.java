package dev.gatehouse.npm.packument;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded document, compared with what a tree makes of it.
class RecordedDocumentsTest {

  static List<Path> recorded() throws IOException {
    return Documents.recorded();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void rendersBothFormsAsATreeWould(Path file) throws IOException {
    byte[] json = Documents.read(file);
    JsonNode source = Documents.tree(json);
    PackumentIndex index = Documents.index(json, source.get("name").textValue());
    PackumentView view = Documents.view(index);
    Oracle oracle = new Oracle(source);

    assertThat(index.dropped())
        .extracting(Dropped::version)
        .containsExactlyElementsOf(oracle.dropped());
    assertThat(Documents.tree(Documents.full(view)).equals(oracle.full())).isTrue();
    assertThat(Documents.tree(Documents.abbreviated(view)).equals(oracle.abbreviated())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void changesNoByteOfAVersionButItsUrl(Path file) throws IOException {
    byte[] json = Documents.read(file);
    String name = Documents.tree(json).get("name").textValue();
    PackumentIndex index = Documents.index(json, name);
    for (Selected version : Documents.view(index).versions()) {
      VersionRow row = version.row();
      byte[] rendered = PackumentRenderer.version(version, Documents.RENDITION);
      int head = row.from(Part.TARBALL) - row.from();
      int tail = row.to() - row.to(Part.TARBALL);
      assertThat(Arrays.copyOf(rendered, head))
          .isEqualTo(Arrays.copyOfRange(json, row.from(), row.from(Part.TARBALL)));
      assertThat(Arrays.copyOfRange(rendered, rendered.length - tail, rendered.length))
          .isEqualTo(Arrays.copyOfRange(json, row.to(Part.TARBALL), row.to()));
      String url =
          new String(rendered, head, rendered.length - tail - head, StandardCharsets.UTF_8);
      String tarball = name.replaceFirst("^@.*/", "") + "-" + version.version() + ".tgz\"";
      assertThat(url).isEqualTo("\"" + Documents.REGISTRY + "/" + name + "/-/" + tarball);
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void decodesWhatOthersNeedOfAVersion(Path file) throws IOException {
    byte[] json = Documents.read(file);
    JsonNode source = Documents.tree(json);
    PackumentIndex index = Documents.index(json, source.get("name").textValue());
    for (VersionRow row : index.versions()) {
      JsonNode dist = source.get("versions").get(row.version()).get("dist");
      assertThat(index.text(row, Part.TARBALL)).isEqualTo(dist.path("tarball").textValue());
      assertThat(index.text(row, Part.INTEGRITY)).isEqualTo(dist.path("integrity").textValue());
      assertThat(index.text(row, Part.SHASUM)).isEqualTo(dist.path("shasum").textValue());
      assertThat(Documents.tree(index.json(row)))
          .isEqualTo(source.get("versions").get(row.version()));
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void knowsItAgainByItsTable(Path file) throws IOException {
    byte[] json = Documents.read(file);
    PackumentIndex index = Documents.index(json, Documents.tree(json).get("name").textValue());

    PackumentIndex again = index.table().with(json);

    Documents.requireSame(again, index);
  }
}
