package dev.gatehouse.policy.fact;

import dev.gatehouse.policy.licence.LicenceClaim;
import java.util.List;
import java.util.Set;

/// What the registry's manifest of a version says.
///
/// @param licence the licence that it claims; missing if it claims none
/// @param scripts which of its scripts installing runs: `preinstall`, `install`, `postinstall`, for
///   git dependencies `prepare`; known and empty if none
/// @param exotic dependencies that no registry gives; known and empty if none
/// @param deprecated whether it is deprecated
public record Manifest(
    Fact<LicenceClaim> licence,
    Fact<Set<String>> scripts,
    Fact<List<ExoticDependency>> exotic,
    Fact<Boolean> deprecated) {

  /// Nothing known, everything looked for.
  public static final Manifest NONE =
      new Manifest(Fact.missing(), Fact.missing(), Fact.missing(), Fact.missing());

  /// A dependency by git, URL or file: its name, what the manifest says of it, and where it points.
  public record ExoticDependency(String name, String spec, Origin origin) {
    /// Where the spec points.
    public enum Origin {
      /// A git repository, also `user/repository`.
      GIT,
      /// A tarball at a URL.
      URL,
      /// A file or folder.
      FILE
    }
  }

  /// The same, with that licence.
  public Manifest withLicence(Fact<LicenceClaim> now) {
    return new Manifest(now, scripts, exotic, deprecated);
  }

  /// The same, with those scripts.
  public Manifest withScripts(Fact<Set<String>> now) {
    return new Manifest(licence, now, exotic, deprecated);
  }

  /// The same, with those dependencies.
  public Manifest withExotic(Fact<List<ExoticDependency>> now) {
    return new Manifest(licence, scripts, now, deprecated);
  }

  /// The same, deprecated or not.
  public Manifest withDeprecated(Fact<Boolean> now) {
    return new Manifest(licence, scripts, exotic, now);
  }
}
