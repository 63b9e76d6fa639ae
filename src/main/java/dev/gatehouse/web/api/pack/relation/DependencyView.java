package dev.gatehouse.web.api.pack.relation;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.install.view.ClientChoice;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.npm.Dependency;
import dev.gatehouse.npm.DependencySpec;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.semver.VersionRange;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.web.api.ApiBody;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a version needs, and what the registry has of it. Its texts are a stranger's.
///
/// @param name what the version calls it
/// @param range as it stands in the manifest, cut to a length that fits a list
/// @param what the package that this means; null if it comes from no registry
/// @param elsewhere why it comes from no registry: completes "it …"; else null
/// @param held whether the registry hosts it or has cached it
/// @param version what the range gets here, as far as is known without asking anybody; else null
/// @param withheld the newest version that the range would get, were it not withheld; else null
/// @param advisories about `version`, or if that is null about what is withheld
record DependencyView(
    String name,
    String kind,
    String range,
    @Nullable String what,
    @Nullable String elsewhere,
    boolean held,
    @Nullable String version,
    @Nullable Withheld withheld,
    List<Warning> advisories) {
  private static final int LONGEST_RANGE = 256;
  private static final int MOST_WARNINGS = 20;

  /// A version that is not served. `verdict` is `hold`, `quarantine` or `block`.
  record Withheld(String version, String verdict) {}

  /// What one advisory says.
  record Warning(String id, String kind, String severity, String summary) {}

  /// What comes from no registry, for that reason.
  static DependencyView elsewhere(Dependency dependency, String reason) {
    return new DependencyView(
        dependency.name(),
        dependency.kind().word(),
        cut(dependency.spec()),
        null,
        reason,
        false,
        null,
        null,
        List.of());
  }

  /// What is not known here.
  static DependencyView unknown(
      Dependency dependency, DependencySpec.FromRegistry spec, boolean held) {
    return new DependencyView(
        dependency.name(),
        dependency.kind().word(),
        cut(dependency.spec()),
        spec.name(),
        null,
        held,
        null,
        null,
        List.of());
  }

  /// The same with what `found` has of it, about which there are these `advisories`.
  DependencyView with(
      Found.Versions found, DependencySpec.FromRegistry spec, List<Advisory> advisories) {
    List<Selected> chosen = ClientChoice.of(found, spec);
    String served = chosen.isEmpty() ? null : chosen.getFirst().version();
    Selected newest = newest(found, spec);
    Withheld kept = newest == null || newest.version().equals(served) ? null : kept(found, newest);
    String shown = served != null || kept == null ? served : kept.version();
    Version number = shown == null ? null : Version.parse(shown);
    List<Warning> warnings =
        number == null
            ? List.of()
            : advisories.stream()
                .filter(one -> one.affected().touches(number))
                .sorted(Comparator.comparing(Advisory::severity).reversed())
                .limit(MOST_WARNINGS)
                .map(DependencyView::warning)
                .toList();
    return new DependencyView(name, kind, range, what, elsewhere, held, served, kept, warnings);
  }

  /// What the range would get if nothing were withheld.
  private static @Nullable Selected newest(Found.Versions found, DependencySpec.FromRegistry spec) {
    VersionRange range = spec.range();
    if (range == null) {
      String tagged = found.all().tags().get(spec.selector());
      return tagged == null ? null : found.all().candidate(tagged);
    }
    Selected best = null;
    Version highest = null;
    for (Selected one : found.all().candidates()) {
      Version number = Version.parse(one.version());
      if (number != null
          && range.includes(number)
          && (highest == null || number.compareTo(highest) > 0)) {
        best = one;
        highest = number;
      }
    }
    return best;
  }

  private static @Nullable Withheld kept(Found.Versions found, Selected version) {
    return switch (found.ruling(version).verdict()) {
      case Verdict.Allow _ -> null;
      case Verdict.Hold _ -> new Withheld(version.version(), "hold");
      case Verdict.Quarantine _ -> new Withheld(version.version(), "quarantine");
      case Verdict.Block _ -> new Withheld(version.version(), "block");
    };
  }

  private static Warning warning(Advisory advisory) {
    return new Warning(
        advisory.id(),
        ApiBody.word(advisory.kind()),
        advisory.severity().word(),
        advisory.summary());
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_RANGE ? text : text.substring(0, LONGEST_RANGE);
  }
}
