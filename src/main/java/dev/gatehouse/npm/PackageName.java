package dev.gatehouse.npm;

import org.jspecify.annotations.Nullable;

/// The name of a package, `left-pad` or `@scope/name`, as it may stand in a path or a document.
///
/// A `PackageName` may be *read*: capital letters and the odd characters of old packages are
/// allowed, and case matters (`JSON` and `json` are two packages), but nothing that could climb out
/// of a path. What may be *published* is narrower: see [#requirePublishable].
public record PackageName(String value) {
  /// Longer names are no names.
  public static final int MAX_LENGTH = 214;

  /// Checks the name; throws a `Malformed` problem.
  public PackageName {
    String fault = NameRules.faultForReading(value);
    if (fault != null) {
      throw Quoted.malformed("The package name", value, fault);
    }
  }

  /// Reads a name that is already percent-decoded; throws a `Malformed` problem if it is none.
  public static PackageName parse(String value) {
    return new PackageName(value);
  }

  /// True if [#parse] takes the name.
  public static boolean isValid(String value) {
    return NameRules.faultForReading(value) == null;
  }

  /// True if a new package may have this name.
  public boolean isPublishable() {
    return NameRules.faultForPublishing(this) == null;
  }

  /// This name, or a `Malformed` problem if npm's rules for new packages forbid it: lower case,
  /// none of `~'!()*`, no dot or underscore in front, no name of a Node.js module.
  public PackageName requirePublishable() {
    String fault = NameRules.faultForPublishing(this);
    if (fault != null) {
      throw Quoted.malformed("The package name", value, fault);
    }
    return this;
  }

  /// The scope without its `@`, null if there is none.
  public @Nullable String scope() {
    return isScoped() ? value.substring(1, value.indexOf('/')) : null;
  }

  /// The name without its scope.
  public String unscoped() {
    return isScoped() ? value.substring(value.indexOf('/') + 1) : value;
  }

  public boolean isScoped() {
    return value.charAt(0) == '@';
  }

  /// The name as one path segment: `@scope%2fname`.
  public String encoded() {
    return isScoped() ? value.replace("/", "%2f") : value;
  }

  /// The file name of a version's tarball: `name-1.0.0.tgz`, without the scope.
  public String tarballFile(String version) {
    return unscoped() + "-" + version + TarballName.ENDING;
  }

  /// The path of a version's tarball below its registry: `@scope/name/-/name-1.0.0.tgz`. Clients
  /// build it themselves from name and version, so it cannot be another.
  public String tarballPath(String version) {
    return value + "/-/" + tarballFile(version);
  }

  @Override
  public String toString() {
    return value;
  }
}
