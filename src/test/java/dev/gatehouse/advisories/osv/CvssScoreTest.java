package dev.gatehouse.advisories.osv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// By examples of the specifications, and by what others compute.
class CvssScoreTest {
  @ParameterizedTest
  @CsvSource({
    "AV:N/AC:L/Au:N/C:N/I:N/A:C, 7.8",
    "AV:N/AC:L/Au:N/C:C/I:C/A:C, 10.0",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:L/A:N, 7.2",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:N, 8.2",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8",
    "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:N, 0.0",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 6.1",
    // The ends of the scale: everything is lost, and nothing.
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H, 10.0",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N, 0.0"
  })
  void scoresAsTheSpecificationDoes(String vector, double score) {
    assertThat(CvssScore.of(vector)).isEqualTo(score);
  }

  /// What FIRST publishes as examples for version 4.0, as far as two copies of its page agree that
  /// others made for the tests of their own programs: the page itself was not at hand.
  @ParameterizedTest
  @CsvSource({
    "CVE-2022-41741, CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 7.3",
    "CVE-2020-3549, CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 7.7",
    "CVE-2020-3549, CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U, 5.2",
    "CVE-2023-3089, CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N, 8.3",
    "CVE-2021-44714, CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N, 4.6",
    "a scripted page, CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N, 5.1",
    "CVE-2022-22186, CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N, 6.9",
    "CVE-2023-21989, CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N, 5.9",
    "CVE-2020-3947, CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H, 9.4",
    "CVE-2023-48228, CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:N/SC:H/SI:H/SA:H, 9.3",
    "CVE-2014-0160, CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:A, 8.7",
    "CVE-2021-44228, CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A, 9.3",
    "CVE-2013-6014, CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:H/SI:N/SA:H, 6.4"
  })
  void scoresTheExamplesThatFirstPublishes(String of, String vector, double score) {
    assertThat(CvssScore.of(vector)).as(of).isEqualTo(score);
  }

  /// Made by an implementation of somebody else's, over vectors drawn at random.
  @Test
  void scoresVersionFourAsOthersDo() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("src/test/resources/advisories/cvss-4.0-scores.txt"));
    assertThat(rows).hasSizeGreaterThan(300);
    assertThat(rows)
        .allSatisfy(row -> {
          int space = row.indexOf(' ');
          assertThat(CvssScore.of(row.substring(0, space)))
              .isEqualTo(Double.valueOf(row.substring(space + 1)));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H",
        "CVSS:4.0/AV:N/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H",
        "CVSS:4.0/AV:X/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:S/SA:H",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/ZZ:N",
        "CVSS:4.0/AV/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H",
        "CVSS:4.1/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H",
        "CVSS:4.0/",
        "CVSS:4.0"
      })
  void aVectorOfVersionFourThatIsNoneHasNoScore(String vector) {
    assertThat(CvssScore.of(vector)).isNull();
  }

  @Test
  void whatIsNoVectorHasNoScore() {
    assertThat(CvssScore.of("")).isNull();
    assertThat(CvssScore.of("9.8")).isNull();
    assertThat(CvssScore.of("CVSS:3.1/AV:N")).isNull();
    assertThat(CvssScore.of("CVSS:3.1/" + "AV:N/".repeat(100_000))).isNull();
  }
}
