package dev.gatehouse.npm.publish;

import dev.gatehouse.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the fuzz target over its corpus and broken copies of it.
final class PublishDocumentMutationTest {
  @TempDir Path scratch;

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz/publishdocument"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void acceptsItsCorpus(Path file) throws IOException {
    try (var body = Files.newInputStream(file)) {
      PublishDocument.read(body, scratch, PublishLimits.DEFAULTS).close();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holdsForBrokenCopies(Path file) throws IOException {
    Mutations.of(Files.readAllBytes(file), 300).forEach(PublishDocumentFuzz::requireSound);
  }
}
