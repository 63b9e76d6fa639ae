package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
        "Thu, 29 Feb 2024 23:59:59 GMT | 2024-02-29T23:59:59Z",
        "Thu, 1 Jan 1970 00:00:00 GMT | 1970-01-01T00:00:00Z",
        "Sat, 31 Dec 2016 10:00:00 +0200 | 2016-12-31T08:00:00Z"
      })
  void readsWhenADocumentWasChanged(String text, Instant changed) {
    assertThat(new Validators(null, text).modifiedAt()).isEqualTo(changed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2024-02-03T04:05:06Z",
        "Sun, 06 Nvo 1994 08:49:37 GMT",
        "Sun, 06 anF 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, xx Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT"
      })
  void takesWhatIsNoDateAsNotGiven(String text) {
    assertThat(new Validators(null, text).modifiedAt()).isNull();
  }

  @Test
  void takesAnOverlongDateAsNotGiven() {
    assertThat(new Validators(null, " ".repeat(2_000)).lastModified()).isNull();
  }
}
