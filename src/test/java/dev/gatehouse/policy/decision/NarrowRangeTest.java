package dev.gatehouse.policy.decision;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NarrowRangeTest {
  @ParameterizedTest
  @CsvSource({
    "1.0.0, 1.0.0",
    "1.0.0+build, 1.0.0+build",
    "1.0.0-rc.1, 1.0.0-rc.1",
    "v1.0.0, 1.0.0",
    "^1.0.0, 1.9.0",
    "1.0.0 || 2.0.0, 2.0.0",
    "1.0.0 - 1.2.0, 1.1.0",
    ">=1.0.0-rc.1 <2, 1.0.0-rc.2",
    "*, 7.0.0",
  })
  void itHoldsWhatItSays(String range, String version) {
    assertThat(requireNonNull(NarrowRange.parse(range)).holds(version)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0, 1.0.0+build",
    "1.0.0, 1.0.1",
    "1.0.0, 1.0.0-rc.1",
    "1.0.0+build, 1.0.0",
    "1.0.0+build, 1.0.0+other",
    "=1.0.0, 1.0.0+build",
    ">=1.0.0 <=1.0.0, 1.0.0+build",
    "^1.0.0, 1.2.3+build",
    "^1.0.0, 2.0.0-0",
    "^1.0.0, 1.1.0-rc.1",
    "*, 1.0.0-rc.1",
    "*, 1.0.0+build",
    "1.0.0 || 2.0.0, 2.0.0+build",
    "1.0.0, nonsense",
    "*, nonsense",
  })
  void itHoldsNoMore(String range, String version) {
    assertThat(requireNonNull(NarrowRange.parse(range)).holds(version)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "latest", "1.0.0 ||", "|| 1.0.0", ">=1.0.0+build", "nonsense"})
  void whatCouldMeanMoreThanItSaysIsNoRange(String text) {
    assertThat(NarrowRange.parse(text)).isNull();
  }
}
