package dev.gatehouse.install;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeightsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        " gzip ",
        "gzip;q=1",
        "gzip; q=0.001",
        "br, gzip",
        "zstd;q=0,gzip",
        "gzip;q=0, gzip",
        "gzip;x=q=0",
        "gzip;q="
      })
  void takesWhatIsNamed(String header) {
    assertThat(Weights.accepts(header, "gzip")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        ";",
        ",;,",
        "*",
        "x-gzip",
        "gzipped",
        "g zip",
        "gzip;q=0",
        "gzip; Q=0.000",
        "gzip ;\tq=0;x=1",
        "gzip;x=1;q=0, br",
        "br;gzip"
      })
  void refusesWhatIsNotOrNotWanted(String header) {
    assertThat(Weights.accepts(header, "gzip")).isFalse();
  }
}
