package dev.gatehouse.npm.semver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.npm.semver.VersionRange.Options;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {
  /// Rules beyond the recorded rows; the answers are node-semver's too.
  @ParameterizedTest
  @CsvSource({
    "< =3, <4.0.0-0",
    "> =1.2.3, >=1.2.3",
    "~ >1.2.3, >=1.2.3 <1.3.0-0",
    "~>=1.2.3, >=1.2.3 <1.3.0-0",
    "^=1.2, >=1.2.0 <2.0.0-0",
    "1.2+build, >=1.2.0 <1.3.0-0",
    "1.2.3+b - 2, >=1.2.3 <3.0.0-0",
    "=1.2.3 - 2, ",
    "1.2.3 - =2.0.0, ",
    "~1.x.3, >=1.0.0 <2.0.0-0",
    ">1.x.3, ",
    "~1.*.9007199254740992, >=1.0.0 <2.0.0-0",
    "^9007199254740991, ",
    ">9007199254740991.1, >=9007199254740991.2.0",
    "<9007199254740992, ",
    "<0.0.0-0 || 1.2.3, 1.2.3",
    "<0.0.0-0 || >x, <0.0.0-0",
    "1.2.3 <0.0.0-0, <0.0.0-0"
  })
  void readsAsNodeSemverDoes(String range, String expected) {
    assertThat(Objects.toString(VersionRange.parse(range), null)).isEqualTo(expected);
  }

  @Test
  void looseModeSkipsAnOperatorWithTheWordItIsGluedTo() {
    assertThat(VersionRange.parse(">=1.2.3,< 2.0.0", Options.LOOSE)).isNull();
    assertThat(VersionRange.parse(">=1.2.3,< 2.0.0 ^3", Options.LOOSE))
        .hasToString(">=3.0.0 <4.0.0-0");
  }

  @Test
  void aVersionBeyondTheLimitSpoilsALooseRangeToo() {
    assertThat(VersionRange.parse("1.2.3 >=9007199254740992.0.0", Options.LOOSE)).isNull();
  }

  @Test
  void takesAPrereleaseOnlyWhereOneOfTheSameNumbersIsNamed() {
    VersionRange range = range(">1.2.3-alpha <3");
    assertThat(range.includes(version("1.2.3-beta"))).isTrue();
    assertThat(range.includes(version("1.2.3"))).isTrue();
    assertThat(range.includes(version("1.2.4-beta"))).isFalse();
    assertThat(range.includes(version("2.0.0-rc.1"))).isFalse();
    VersionRange all =
        Objects.requireNonNull(VersionRange.parse(">1.2.3-alpha <3", Options.WITH_PRERELEASES));
    assertThat(all.includes(version("2.0.0-rc.1"))).isTrue();
    assertThat(all.includes(version("3.0.0-rc.1"))).isFalse();
  }

  @Test
  void choosesTheFirstOfEquals() {
    Version first = version("1.2.3+a");
    Version second = version("1.2.3+b");
    List<Version> versions = List.of(version("1.0.0"), first, second, version("2.0.0"));
    assertThat(range("^1.2").highest(versions)).isSameAs(first);
    assertThat(range(">1 <2 || 1.2.3").lowest(versions)).isSameAs(first);
    assertThat(range("^3").highest(versions)).isNull();
    assertThat(range("^3").lowest(versions)).isNull();
  }

  @Test
  void hostileTextTakesLinearTime() {
    Stream<String> hostile =
        Stream.of(
            " ", "1", "-", "|", "||", "1.", ">", "~ ", "1 ", "x ", "1.2.3-a", "v=", "\t \t|| ");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            hostile.forEach(piece -> {
              String text = piece.repeat(VersionRange.MAX_LENGTH / piece.length());
              for (String range : List.of(text, "1 - " + text, text + "!")) {
                assertThatCode(() -> VersionRange.parse(range, Options.LOOSE))
                    .doesNotThrowAnyException();
                VersionRange.parse(range);
              }
            }));
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(VersionRange.parse(" ".repeat(VersionRange.MAX_LENGTH))).hasToString("*");
    assertThat(VersionRange.parse(" ".repeat(VersionRange.MAX_LENGTH + 1))).isNull();
  }

  private static VersionRange range(String text) {
    return Objects.requireNonNull(VersionRange.parse(text));
  }

  private static Version version(String text) {
    return Objects.requireNonNull(Version.parse(text));
  }
}
