package dev.gatehouse.npm.semver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.npm.semver.VersionRange.Options;
import dev.gatehouse.testing.Randomly;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VersionPropertiesTest {
  private static final String[] NUMBERS = {"0", "1", "2", "10", "9007199254740991"};
  private static final String[] ENDS = {
    "", "-0", "-1", "-a", "-a.1", "-a.b", "-10", "-1a", "+1", "+01", "-a+1.z"
  };
  private static final String[] LOOSE = "0123.9-+ab=v ".split("");
  private static final String[] RANGE_PARTS = {
    "1", "2", "0", "x", ".", ".", " ", "-", " - ", "||", "<", ">=", "^", "~", "a"
  };

  @Test
  void readingWhatWasWrittenGivesTheSameVersion() {
    Randomly.check(random -> {
      Version version = Version.parseLoose("1.2.3" + Randomly.joined(random, 12, LOOSE));
      if (version != null) {
        assertThat(Version.parse(version.toString())).isEqualTo(version);
      }
    });
  }

  @Test
  void theOrderIsTotal() {
    Randomly.check(random -> {
      Version a = version(random);
      Version b = version(random);
      Version c = version(random);
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
    });
  }

  @Test
  void aVersionIsInTheRangeThatNamesIt() {
    Randomly.check(random -> {
      Version version = version(random);
      assertThat(VersionRange.parse(version.toString()))
          .matches(range -> range != null && range.includes(version));
    });
  }

  @Test
  void theTextOfARangeMeansTheSame() {
    Randomly.check(random -> {
      Version version = version(random);
      VersionRange range = VersionRange.parse(Randomly.joined(random, 12, RANGE_PARTS));
      if (range != null) {
        VersionRange again = VersionRange.parse(range.toString());
        assertThat(again)
            .matches(it -> it != null && it.includes(version) == range.includes(version));
        assertThat(again).hasToString(range.toString());
      }
    });
  }

  @Test
  void noTextAtAllThrows() {
    Randomly.check(random -> {
      String text = Randomly.text(random);
      Version.parseLoose(text);
      VersionRange.parse(text);
      VersionRange.parse(text, new Options(true, true));
    });
  }

  private static Version version(RandomGenerator random) {
    String text =
        "%s.%s.1%s"
            .formatted(
                Randomly.oneOf(random, NUMBERS),
                Randomly.oneOf(random, NUMBERS),
                Randomly.oneOf(random, ENDS));
    return Objects.requireNonNull(Version.parse(text));
  }
}
