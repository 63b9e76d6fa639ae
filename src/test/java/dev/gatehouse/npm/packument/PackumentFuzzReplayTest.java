package dev.gatehouse.npm.packument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the fuzz target over its corpus, and over broken copies of it that are the same every time.
class PackumentFuzzReplayTest {
  private static final int COPIES = 400;

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz/packument"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void hasACorpusThatReachesTheRenderer() throws IOException {
    assertThat(corpus())
        .anySatisfy(file ->
            assertThat(Documents.index(Files.readAllBytes(file), PackumentFuzz.NAME).versions())
                .hasSizeGreaterThan(1));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holdsForTheCorpus(Path file) throws IOException {
    PackumentFuzz.fuzzerTestOneInput(Files.readAllBytes(file));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holdsForBrokenCopies(Path file) throws IOException {
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(sound.length);
    for (int i = 0; i < COPIES; i++) {
      PackumentFuzz.fuzzerTestOneInput(broken(sound, random));
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void refusesADocumentThatIsCutAnywhere(Path file) throws IOException {
    byte[] whole = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      assertThat(PackumentIndex.parse(Arrays.copyOf(whole, length), PackumentFuzz.NAME))
          .isInstanceOf(PackumentParse.Unusable.class);
    }
  }

  /// Overwrites, doubles or cuts out a few bytes.
  private static byte[] broken(byte[] sound, Random random) {
    byte[] copy = sound.clone();
    String json = "{}[]\",:\\0e-. tnu\u00e4\ud83d\ude00";
    byte[] alphabet = Documents.bytes(json);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int from = random.nextInt(copy.length);
      int to = Math.min(copy.length, from + random.nextInt(40));
      byte[] next = new byte[copy.length + (to - from)];
      switch (random.nextInt(3)) {
        case 0 -> copy[from] = alphabet[random.nextInt(alphabet.length)];
        case 1 -> {
          System.arraycopy(copy, 0, next, 0, to);
          System.arraycopy(copy, from, next, to, copy.length - from);
          copy = next;
        }
        default -> {
          next = new byte[Math.max(1, copy.length - (to - from))];
          System.arraycopy(copy, 0, next, 0, Math.min(from, next.length));
          System.arraycopy(copy, to, next, Math.min(from, next.length), copy.length - to);
          copy = next;
        }
      }
    }
    return copy;
  }
}
