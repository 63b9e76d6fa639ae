package dev.gatehouse.npm.tarball;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the fuzz target over its corpus and broken copies of it.
final class TarballInspectorMutationTest {
  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz/tarballinspector"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void acceptsATarballOfItsCorpus() throws IOException {
    var tarball = Path.of("src/test/resources/fuzz/tarballinspector/two-members");
    assertThat(TarballInspector.inspect(tarball, InspectionLimits.DEFAULTS).files()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holdsForBrokenCopies(Path file) throws IOException {
    Mutations.of(Files.readAllBytes(file), 60).forEach(TarballInspectorFuzz::requireSound);
  }
}
