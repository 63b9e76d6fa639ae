package dev.gatehouse.web.npm.audit;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.LongTable;
import dev.gatehouse.npm.semver.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the advisories here say of what a client has.
record LocalAudit(Advisories advisories) {
  private static final int ID_SHIFT = 33;

  /// Whether it says anything of packages that it has no advisories of.
  boolean isInformed() {
    return advisories.everImported();
  }

  /// Whether people here have written advisories.
  boolean isWritten() {
    return advisories.hasOwn();
  }

  /// What is known of these versions of the package called `name`, the worst first, each thing once
  /// however many feeds say it. Of a package that is owned here only people here can know anything:
  /// feeds mean a stranger's of the same name.
  List<Finding> findings(String name, Set<String> versions, boolean internal) {
    List<Advisory> all = advisories.of(name);
    if (all.isEmpty()) {
      return List.of();
    }
    List<Version> installed =
        versions.stream().map(Version::parseLoose).filter(version -> version != null).toList();
    List<Finding> found = new ArrayList<>();
    all.stream()
        .filter(one -> one.isOwn() || !internal)
        .filter(one -> installed.stream().anyMatch(one.affected()::touches))
        .map(LocalAudit::finding)
        .sorted(Comparator.comparingInt(Finding::rank).reversed().thenComparing(Finding::url))
        .forEach(one -> {
          if (found.stream().noneMatch(one::isSameAs)) {
            found.add(one);
          }
        });
    return found;
  }

  private static Finding finding(Advisory advisory) {
    Set<String> names = new HashSet<>(advisory.aliases());
    names.add(advisory.id());
    Advisory.Cvss cvss = advisory.cvss();
    String url = advisory.url();
    return new Finding(
        // Positive and within 31 bits: some clients read it into that.
        LongTable.hash(advisory.id()) >>> ID_SHIFT,
        names,
        url == null ? "https://osv.dev/vulnerability/" + advisory.id() : url,
        advisory.summary(),
        Finding.severity(advisory.severity().word()),
        advisory.affected().range(),
        advisory.cwes(),
        cvss == null ? null : cvss.vector(),
        cvss == null ? 0 : cvss.score(),
        advisory.affected().fixes().stream().map(Version::toString).toList());
  }
}
