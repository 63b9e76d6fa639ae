package dev.gatehouse.access.factor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingAuthenticator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void makesTheCodesOfTheStandard(long seconds, String eightDigits) {
    String code = eightDigits.substring(2);
    assertThat(Totp.code(SECRET, seconds / 30)).isEqualTo(code);
    assertThat(new TestingAuthenticator(Totp.base32(SECRET)).code(Instant.ofEpochSecond(seconds)))
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void writesBase32AsTheStandardHasIt(String text, String base32) {
    assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(base32);
  }

  @Test
  void acceptsTheStepBeforeAndAfterAndNoOther() {
    long now = 1_000_000 * 30_000L;
    for (long step = -3; step <= 3; step++) {
      String code = Totp.code(SECRET, 1_000_000 + step);
      long expected = Math.abs(step) <= 1 ? 1_000_000 + step : Totp.NONE;
      assertThat(Totp.step(SECRET, code, now)).as("step " + step).isEqualTo(expected);
      assertThat(Totp.step(SECRET, code, now + 29_999)).isEqualTo(expected);
    }
    assertThat(Totp.step(SECRET, "", now)).isEqualTo(Totp.NONE);
  }

  @Test
  void drawsSecretsOfTwentyBytes() {
    assertThat(Totp.draw()).hasSize(20).isNotEqualTo(Totp.draw());
  }
}
