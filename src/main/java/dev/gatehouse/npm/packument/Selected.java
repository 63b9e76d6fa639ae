package dev.gatehouse.npm.packument;

import java.time.Instant;

/// A version taken from a document. `published` is the time that clients are told: the document's
/// own, or what its reader falls back to.
public record Selected(PackumentIndex source, VersionRow row, Instant published) {

  /// The version, strict semver.
  public String version() {
    return row.version();
  }
}
