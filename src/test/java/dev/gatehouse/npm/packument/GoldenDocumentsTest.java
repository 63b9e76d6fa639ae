package dev.gatehouse.npm.packument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rendered forms, byte for byte. `-Dgolden.update` writes them anew; then read the difference.
class GoldenDocumentsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/packument");

  @ParameterizedTest
  @CsvSource({"pnpm__JSON,JSON", "cnpm__abbreviated,foobar"})
  void rendersTheSameBytesAsBefore(String file, String name) throws IOException {
    byte[] json = Documents.read(Path.of("src/test/resources/packuments", file + ".json.gz"));
    PackumentView view = Documents.view(Documents.index(json, name));
    compare(file + ".full.json", Documents.full(view));
    compare(file + ".abbreviated.json", Documents.abbreviated(view));
  }

  private static void compare(String file, byte[] rendered) throws IOException {
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(GOLDEN);
      Files.write(GOLDEN.resolve(file), rendered);
    }
    assertThat(new String(rendered, StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(GOLDEN.resolve(file)));
  }
}
