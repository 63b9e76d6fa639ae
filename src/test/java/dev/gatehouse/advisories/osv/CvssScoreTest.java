package dev.gatehouse.advisories.osv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// By examples of the specifications.
class CvssScoreTest {
  @ParameterizedTest
  @CsvSource({
    "AV:N/AC:L/Au:N/C:N/I:N/A:C, 7.8",
    "AV:N/AC:L/Au:N/C:C/I:C/A:C, 10.0",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:L/A:N, 7.2",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:N, 8.2",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8",
    "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:N, 0.0",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 6.1"
  })
  void scoresAsTheSpecificationDoes(String vector, double score) {
    assertThat(CvssScore.of(vector)).isEqualTo(score);
  }

  @Test
  void whatIsNoVectorHasNoScore() {
    assertThat(CvssScore.of("")).isNull();
    assertThat(CvssScore.of("9.8")).isNull();
    assertThat(CvssScore.of("CVSS:3.1/AV:N")).isNull();
    assertThat(CvssScore.of("CVSS:3.1/" + "AV:N/".repeat(100_000))).isNull();
  }
}
