package dev.gatehouse.advisories.osv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/// A fuzz target: whatever the text, it is no vector, or has a score from 0 to 10 with one decimal.
public final class CvssFuzz {
  private CvssFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(byte[] bytes) {
    String vector = new String(bytes, StandardCharsets.UTF_8);
    Double score = CvssScore.of(vector);
    if (score != null) {
      assertThat(score).as(vector).isBetween(0.0, 10.0).isEqualTo(Math.rint(score * 10) / 10);
    }
  }
}
