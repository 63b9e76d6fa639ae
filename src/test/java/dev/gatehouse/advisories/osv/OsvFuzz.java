package dev.gatehouse.advisories.osv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.AdvisoryText;
import dev.gatehouse.advisories.Affected;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import dev.gatehouse.problem.ProblemException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A fuzz target: whatever the bytes, a record is refused with a sentence, or what it says is of
/// packages that there can be, means the same after it was stored, and is told to audits as it is
/// judged.
public final class OsvFuzz {
  private static final String SENTENCE = "(?s).{10,4000}\\.";
  private static final int LONGEST_LINE = 301;

  private OsvFuzz() {}

  /// The entry point that Jazzer calls.
  public static void fuzzerTestOneInput(byte[] bytes) {
    OsvRecord record;
    try {
      record = OsvReader.read(bytes, "x.json", "osv");
    } catch (ProblemException refused) {
      assertThat(refused.problem().sentence()).matches(SENTENCE);
      return;
    }
    assertThat(record.misread()).isNotNegative();
    record.packages().forEach(OsvFuzz::requireSound);
  }

  private static void requireSound(String name, Advisory advisory) {
    assertThat(PackageName.isValid(name)).as(name).isTrue();
    assertThat(advisory.summary())
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(LONGEST_LINE)
        .doesNotContain("\n", "\r", "\u0000");
    Advisory.Cvss cvss = advisory.cvss();
    if (cvss != null) {
      assertThat(cvss.score()).isBetween(0.0, 10.0);
    }
    Advisory stored =
        AdvisoryText.read(advisory.id(), advisory.feed(), AdvisoryText.write(advisory));
    assertThat(stored.affected()).isEqualTo(advisory.affected());
    assertThat(stored.isMalware()).isEqualTo(advisory.isMalware());
    assertThat(stored.severity()).isEqualTo(advisory.severity());
    assertThat(advisory.affected().fixes()).noneMatch(advisory.affected()::touches);
    requireTold(advisory.affected());
  }

  /// What clients evaluate by themselves, in npm's words.
  private static void requireTold(Affected affected) {
    String told = affected.range();
    if (told.length() > VersionRange.MAX_LENGTH) {
      return;
    }
    VersionRange range = VersionRange.parse(told, VersionRange.Options.WITH_PRERELEASES);
    assertThat(range).as(told).isNotNull();
    for (Version one : mentioned(affected)) {
      assertThat(Objects.requireNonNull(range).includes(one))
          .as(one + " in " + told)
          .isEqualTo(affected.touches(one));
    }
  }

  private static Set<Version> mentioned(Affected affected) {
    return Stream.concat(
            affected.versions().stream().map(Version::parse),
            affected.intervals().stream().flatMap(one -> Stream.of(one.from(), one.to())))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
