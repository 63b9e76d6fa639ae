package dev.gatehouse.npm.packument.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T18:37:33.123Z, 2026-11-22T18:37:33.123Z",
    "2026-11-22T18:37:33Z, 2026-11-22T18:37:33Z",
    "2026-09-02T13:04:48.956000+00:00, 2026-09-02T13:04:48.956Z",
    "2026-11-22T00:30:00.5+02:30, 2026-11-21T22:00:00.500Z",
    "2026-11-22T18:37:33.123456789-01:00, 2026-11-22T19:37:33.123456789Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
  })
  void readsTheFormsThatRegistriesWrite(String text, Instant instant) {
    assertThat(Timestamps.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11-22",
        "2026-11-22T18:37:33",
        "2026-11-22T18:37Z",
        "2026-13-22T18:37:33Z",
        "2025-02-29T18:37:33Z",
        "2026-11-22T24:37:33Z",
        "2026-11-22T18:37:33.Z",
        "2026-11-22T18:37:33.1234567890Z",
        "2026-11-22T18:37:33+0000",
        "2026-11-22T18:37:33+99:00",
        "2026-11-22T18:37:33Zx",
        "2026-11-22 18:37:33Z",
        "1606000000000",
        "2026-11-22T18:37:33z",
        "٢٠٢٦-11-22T18:37:33Z",
        "2026-11-22T18:37:33UTC+00"
      })
  void takesAnythingElseAsMissing(String text) {
    assertThat(Timestamps.parse(text)).isNull();
  }

  @Test
  void writesAsJavaScriptDoes() {
    assertThat(Timestamps.format(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(Timestamps.format(Instant.parse("2026-11-22T18:37:33.123987Z")))
        .isEqualTo("2026-11-22T18:37:33.123Z");
  }

  /// Past the years that are written by hand, too: the formatter of the JDK is the judge.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0001-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z",
        "0099-02-03T04:05:06.007Z",
        "1969-12-31T23:59:59.999999999Z",
        "2000-02-29T00:00:00.010Z",
        "9999-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z"
      })
  void writesEveryYear(String text) {
    var formatter = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    Instant instant = Instant.parse(text);
    assertThat(Timestamps.format(instant)).isEqualTo(formatter.format(instant));
  }
}
