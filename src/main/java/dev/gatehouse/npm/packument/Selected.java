package dev.gatehouse.npm.packument;

import dev.gatehouse.npm.Integrity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A version taken from a document. `published` is the time that clients are told: the document's
/// own, or what its reader falls back to.
public record Selected(PackumentIndex source, VersionRow row, Instant published) {

  /// The version, strict semver.
  public String version() {
    return row.version();
  }

  /// What its tarball must hash to: `dist.integrity`, else `dist.shasum`; null if the document
  /// declares nothing that can be checked.
  public @Nullable Integrity integrity() {
    String integrity = source.text(row, Part.INTEGRITY);
    if (integrity != null) {
      return Integrity.parse(integrity);
    }
    String shasum = source.text(row, Part.SHASUM);
    return shasum == null ? null : Integrity.ofShasum(shasum);
  }
}
