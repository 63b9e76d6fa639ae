package dev.gatehouse.npm.semver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.semver.VersionRange.Options;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionPropertiesTest {
  @Property
  void readingWhatWasWrittenGivesTheSameVersion(@ForAll("looseTexts") String text) {
    Version version = Version.parseLoose(text);
    if (version != null) {
      assertThat(Version.parse(version.toString())).isEqualTo(version);
    }
  }

  @Property
  void theOrderIsTotal(
      @ForAll("versions") Version a, @ForAll("versions") Version b, @ForAll("versions") Version c) {
    assertThat(Integer.signum(Version.BY_BUILD.compare(a, b)))
        .isEqualTo(-Integer.signum(Version.BY_BUILD.compare(b, a)));
    assertThat(Version.BY_BUILD.compare(a, b) == 0).isEqualTo(a.equals(b));
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
      assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
    }
    if (Version.BY_BUILD.compare(a, b) <= 0 && Version.BY_BUILD.compare(b, c) <= 0) {
      assertThat(Version.BY_BUILD.compare(a, c)).isLessThanOrEqualTo(0);
    }
  }

  @Property
  void aVersionIsInTheRangeThatNamesIt(@ForAll("versions") Version version) {
    assertThat(VersionRange.parse(version.toString()))
        .matches(range -> range != null && range.includes(version));
  }

  @Property
  void theTextOfARangeMeansTheSame(
      @ForAll("rangeTexts") String text, @ForAll("versions") Version version) {
    VersionRange range = VersionRange.parse(text);
    if (range != null) {
      VersionRange again = VersionRange.parse(range.toString());
      assertThat(again)
          .matches(it -> it != null && it.includes(version) == range.includes(version));
      assertThat(again).hasToString(range.toString());
    }
  }

  @Property
  void noTextAtAllThrows(@ForAll String text) {
    Version.parseLoose(text);
    VersionRange.parse(text);
    VersionRange.parse(text, new Options(true, true));
  }

  @Provide
  Arbitrary<Version> versions() {
    Arbitrary<String> number = Arbitraries.of("0", "1", "2", "10", "9007199254740991");
    Arbitrary<String> rest =
        Arbitraries.of("", "-0", "-1", "-a", "-a.1", "-a.b", "-10", "-1a", "+1", "+01", "-a+1.z");
    return Combinators.combine(number, number, rest)
        .as((first, second, end) -> first + "." + second + ".1" + end)
        .map(text -> Objects.requireNonNull(Version.parse(text)));
  }

  @Provide
  Arbitrary<String> looseTexts() {
    return Arbitraries.strings()
        .withChars("0123.9-+ab=v ")
        .ofMaxLength(12)
        .map(end -> "1.2.3" + end);
  }

  @Provide
  Arbitrary<String> rangeTexts() {
    return Arbitraries.of(
            "1", "2", "0", "x", ".", ".", " ", "-", " - ", "||", "<", ">=", "^", "~", "a")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
