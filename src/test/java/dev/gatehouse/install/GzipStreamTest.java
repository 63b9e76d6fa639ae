package dev.gatehouse.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipStreamTest {

  @Test
  void whatIsWrittenIsReadAgainHoweverOftenACompressorWasUsed() throws IOException {
    for (int i = 0; i < 20; i++) {
      byte[] text = text(i, i * 5_000);

      assertThat(read(compressed(text, i % 3 == 0))).isEqualTo(text);
    }
  }

  @Test
  void manyAtATimeDoNotMixTheirCompressors() {
    assertThat(
            IntStream.range(0, 64)
                .parallel()
                .allMatch(i -> {
                  byte[] text = text(i, 20_000);
                  try {
                    return java.util.Arrays.equals(read(compressed(text, true)), text);
                  } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                  }
                }))
        .isTrue();
  }

  @Test
  void aStreamThatFailedHalfWayLeavesNothingForTheNextOne() throws IOException {
    assertThatThrownBy(
            () -> {
              try (OutputStream out = GzipStream.fast(full())) {
                out.write(noise(100_000));
              }
            })
        .isInstanceOf(IOException.class);

    byte[] text = text(1, 3_000);
    assertThat(read(compressed(text, true))).isEqualTo(text);
  }

  @Test
  void closingTwiceGivesNoCompressorToTwo() throws IOException {
    var closed = new ByteArrayOutputStream();
    OutputStream out = GzipStream.fast(closed);
    out.close();
    out.close();

    var one = new ByteArrayOutputStream();
    var other = new ByteArrayOutputStream();
    try (OutputStream first = GzipStream.fast(one);
        OutputStream second = GzipStream.fast(other)) {
      first.write(text(1, 5_000));
      second.write(text(2, 5_000));
    }
    assertThat(read(one.toByteArray())).isEqualTo(text(1, 5_000));
    assertThat(read(other.toByteArray())).isEqualTo(text(2, 5_000));
  }

  private static byte[] compressed(byte[] text, boolean fast) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = fast ? GzipStream.fast(bytes) : GzipStream.small(bytes)) {
      out.write(text, 0, text.length / 2);
      out.write(text, text.length / 2, text.length - text.length / 2);
    }
    return bytes.toByteArray();
  }

  private static byte[] read(byte[] compressed) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] text(int seed, int length) {
    byte[] text = new byte[length];
    var random = new Random(seed);
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(4));
    }
    return text;
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(7).nextBytes(noise);
    return noise;
  }

  /// Takes the first bytes and then nothing more.
  private static OutputStream full() {
    return new OutputStream() {
      private int count;

      @Override
      public void write(int b) throws IOException {
        if (++count > 1_000) {
          throw new IOException("full");
        }
      }
    };
  }
}
