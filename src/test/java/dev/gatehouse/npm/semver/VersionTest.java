package dev.gatehouse.npm.semver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  @Test
  void keepsBuildMetadataAndIgnoresItInTheOrder() {
    Version version = version("1.2.3-rc.1+build.5");
    assertThat(version).hasToString("1.2.3-rc.1+build.5");
    assertThat(version.prerelease()).isEqualTo("rc.1");
    assertThat(version.build()).isEqualTo("build.5");
    assertThat(version.withoutBuild()).isEqualTo(version("1.2.3-rc.1"));
    assertThat(version.compareTo(version("1.2.3-rc.1"))).isZero();
    assertThat(version).isNotEqualTo(version("1.2.3-rc.1"));
  }

  @Test
  void ordersAsTheSpecificationDoes() {
    assertInOrder(
        "1.0.0-0",
        "1.0.0-2",
        "1.0.0-10",
        "1.0.0-9007199254740993",
        "1.0.0-9007199254740994",
        "1.0.0--",
        "1.0.0-A",
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.1.0",
        "1.0.0-alpha.a",
        "1.0.0-alpha0",
        "1.0.0-beta",
        "1.0.0",
        "1.0.1-0",
        "1.1.0",
        "1.10.0",
        "2.0.0");
  }

  @Test
  void ordersBuildsByNumberAndThenByText() {
    assertInOrder(
        "1.0.0",
        "1.0.0+0",
        "1.0.0+01.9",
        "1.0.0+1.66",
        "1.0.0+1.555",
        "1.0.0+1.z",
        "1.0.0+2",
        "1.0.0+10",
        "1.0.0+a");
    assertThat(Version.BY_BUILD.compare(version("1.0.0+01"), version("1.0.0+1"))).isNegative();
  }

  @Test
  void writesWhatWasLooseInItsCanonicalForm() {
    assertThat(Version.parseLoose(" = v 01.02.03beta.007.0a ")).hasToString("1.2.3-beta.7.0a");
    assertThat(Version.parseLoose("1.2.34.5")).hasToString("1.2.3-4.5");
    assertThat(Version.parseLoose("1.2.3-.a")).hasToString("1.2.3--.a");
    assertThat(Version.parseLoose("1.2.3-000.0")).hasToString("1.2.3-0.0");
  }

  @Test
  void readsNoMoreThanTheLimit() {
    assertThat(Version.parse("1.2.3-" + "a".repeat(250))).isNotNull();
    assertThat(Version.parse("1.2.3-" + "a".repeat(251))).isNull();
    assertThat(Version.parse("1".repeat(10_000_000))).isNull();
    assertThat(Version.parseLoose("1.2.3" + "a".repeat(251))).isNull();
    assertThat(Version.parse("0.0.9007199254740991")).isNotNull();
    assertThat(Version.parse("0.0.9007199254740992")).isNull();
    assertThat(Version.parseLoose("0.99999999999999999999999999999.0")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "vv1.2.3",
        "1",
        "1.2",
        "1.2.3.4",
        "1..3",
        "1.2.3-",
        "1.2.3+",
        "1.2.3-a..b",
        "1.2.3-a.",
        "1.2.3-01",
        "01.2.3",
        "1.2.3+a+b",
        "1.2.3 4",
        "-1.2.3",
        "+1.2.3",
        "1.2.3-\u00e9",
        "\u0661.2.3",
        "1.2.3\u0000",
        "1.2.3/../x",
        "1.2.x"
      })
  void refuses(String text) {
    assertThat(Version.parse(text)).isNull();
  }

  private static void assertInOrder(String... texts) {
    List<Version> versions = Arrays.stream(texts).map(VersionTest::version).toList();
    assertThat(versions.reversed().stream().sorted(Version.BY_BUILD).toList()).isEqualTo(versions);
  }

  private static Version version(String text) {
    return Objects.requireNonNull(Version.parse(text));
  }
}
