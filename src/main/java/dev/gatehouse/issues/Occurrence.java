package dev.gatehouse.issues;

/// A version in a registry that an issue is about.
///
/// @param waived whether somebody made an exception
/// @param verdict what the registry does with it: served, held, quarantined, blocked, or gone
public record Occurrence(long registryId, String version, boolean waived, String verdict) {
  /// Where that is.
  public Spot spot() {
    return new Spot(registryId, version);
  }

  /// Where it is.
  public record Spot(long registryId, String version) {}
}
