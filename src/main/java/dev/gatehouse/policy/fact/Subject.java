package dev.gatehouse.policy.fact;

/// Which version this is.
///
/// @param name the package
/// @param version its version, canonical semver with build metadata
/// @param place where it is
/// @param internal whether the name is owned here, so that no public upstream is asked for it
public record Subject(String name, String version, Place place, boolean internal) {

  /// Where a version is.
  public enum Place {
    /// Published, uploaded or pushed here.
    HOSTED,
    /// Of an upstream, its tarball in the store.
    CACHED,
    /// Of an upstream, its tarball not here.
    UPSTREAM
  }

  /// Whether it was published here.
  public boolean hosted() {
    return place == Place.HOSTED;
  }

  /// `name@version`.
  @Override
  public String toString() {
    return name + "@" + version;
  }
}
