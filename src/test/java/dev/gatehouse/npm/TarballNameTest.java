package dev.gatehouse.npm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarballNameTest {
  @ParameterizedTest
  @CsvSource({
    "left-pad, left-pad-1.3.0.tgz, 1.3.0",
    "left-pad, left-pad-1.3.0-rc.1+b.tgz, 1.3.0-rc.1+b",
    "left-pad, left-pad-1.3.0beta.tgz, 1.3.0beta",
    "@acme/x, x-1.0.0.tgz, 1.0.0",
    "@acme/x, @acme/x-1.0.0.tgz, 1.0.0",
    "x-1.0.0, x-1.0.0-2.0.0.tgz, 2.0.0",
    "a.tgz, a.tgz-1.0.0-tgz.tgz, 1.0.0-tgz"
  })
  void findsTheVersion(String name, String file, String version) {
    assertThat(TarballName.versionIn(PackageName.parse(name), file)).isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource({
    "left-pad, left-pad.tgz",
    "left-pad, left-pad-.tgz",
    "left-pad, left-pad-1.3.0.tar.gz",
    "left-pad, left-pad-1.3.0",
    "left-pad, left-pad-1.3.0.tgz/",
    "left-pad, left-pad-1.3.0.tgz.tgz",
    "left-pad, left-pad-latest.tgz",
    "left-pad, left-pad-1.x.tgz",
    "left-pad, right-pad-1.3.0.tgz",
    "left, left-pad-1.3.0.tgz",
    "left-pad, Left-Pad-1.3.0.tgz",
    "left-pad, @acme/left-pad-1.3.0.tgz",
    "left-pad, ../left-pad-1.3.0.tgz",
    "left-pad, left-pad-../../1.3.0.tgz",
    "left-pad, 'left-pad- 1.3.0.tgz'",
    "left-pad, 'left-pad-1.3.0 .tgz'",
    "@acme/x, @evil/x-1.0.0.tgz",
    "@acme/x, @acme/@acme/x-1.0.0.tgz",
    "@acme/x, acme/x-1.0.0.tgz",
    "@acme/x, ''",
    "@acme/x, .tgz",
    "@acme/x, @acme/"
  })
  void findsNoVersion(String name, String file) {
    assertThat(TarballName.versionIn(PackageName.parse(name), file)).isNull();
  }
}
