package dev.gatehouse.install.fact;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Advisories.Fix;
import dev.gatehouse.policy.fact.Advisories.Hit;
import dev.gatehouse.policy.fact.Advisories.Kind;
import dev.gatehouse.policy.fact.Advisories.Label;
import dev.gatehouse.policy.fact.Advisories.Rating;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What advisories say of the versions of one package.
final class AdvisoryFacts {
  private final boolean imported;
  private final List<Advisory> about;
  private final TreeSet<Version> versions = new TreeSet<>(Version.BY_BUILD);

  /// Of `about`, all advisories of the package, of which strangers' do not count where the name is
  /// `internal`: they speak of another package.
  AdvisoryFacts(Case subject, boolean imported, List<Advisory> about) {
    this.imported = imported;
    this.about = subject.internal() ? about.stream().filter(Advisory::isOwn).toList() : about;
    if (!this.about.isEmpty()) {
      subject.all().candidates().stream()
          .map(Selected::version)
          .map(Version::parse)
          .filter(Objects::nonNull)
          .forEach(versions::add);
    }
  }

  /// Those of `needed` kinds; the others stay pending. What is known of an advisory counts also
  /// while no feed was ever imported: people may have written some by hand.
  Advisories of(String version, Set<FactKind> needed) {
    Version number = imported || !about.isEmpty() ? Version.parse(version) : null;
    return new Advisories(
        imported,
        needed.contains(FactKind.ADVISORIES)
            ? Fact.ofNullable(number).map(this::touching)
            : Fact.pending(),
        needed.contains(FactKind.FIXES)
            ? Fact.ofNullable(number).map(this::fixes)
            : Fact.pending());
  }

  private List<Hit> touching(Version version) {
    return about.stream()
        .filter(one -> one.affected().touches(version))
        .map(one ->
            new Hit(
                new Label(one.id(), Set.copyOf(one.aliases()), source(one), one.summary()),
                one.isMalware() ? Kind.MALWARE : Kind.VULNERABILITY,
                rating(one),
                one.affected().fixes().stream().map(Version::toString).toList()))
        .toList();
  }

  /// Whoever may not have this version gets the next one below it: it fixes what touches that.
  private List<Fix> fixes(Version version) {
    Version below = below(version);
    return below == null
        ? List.of()
        : about.stream()
            .filter(one -> one.affected().fixes().contains(version))
            .filter(one -> one.affected().touches(below))
            .map(one -> new Fix(one.id(), rating(one).severity(), below.toString()))
            .toList();
  }

  /// Nobody gets a prerelease instead of a stable version.
  private @Nullable Version below(Version version) {
    for (Version one : versions.headSet(version, false).descendingSet()) {
      if (version.isPrerelease() || !one.isPrerelease()) {
        return one;
      }
    }
    return null;
  }

  private static String source(Advisory one) {
    return one.isOwn() ? Label.OWN : one.feed();
  }

  private static Rating rating(Advisory one) {
    Advisory.Cvss cvss = one.cvss();
    return new Rating(
        switch (one.severity()) {
          case UNKNOWN -> Advisories.Severity.UNKNOWN;
          case LOW -> Advisories.Severity.LOW;
          case MODERATE -> Advisories.Severity.MODERATE;
          case HIGH -> Advisories.Severity.HIGH;
          case CRITICAL -> Advisories.Severity.CRITICAL;
        },
        cvss == null ? null : cvss.score());
  }
}
