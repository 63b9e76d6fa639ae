package dev.gatehouse.publish.version;

import dev.gatehouse.npm.publish.PublishLimits;
import dev.gatehouse.npm.tarball.InspectionLimits;

/// What one publish may cost.
///
/// @param document what is sent
/// @param tarball what is in the tarball
public record PublishSettings(PublishLimits document, InspectionLimits tarball) {

  /// The defaults, but for the sizes that an operator sets: megabytes of the tarball and of its
  /// files together, and the number of the files.
  public static PublishSettings of(int tarballMegabytes, int unpackedMegabytes, int files) {
    InspectionLimits usual = InspectionLimits.DEFAULTS;
    return new PublishSettings(
        new PublishLimits((long) tarballMegabytes << 20, PublishLimits.DEFAULTS.metadataWeight()),
        new InspectionLimits(
            files,
            (long) unpackedMegabytes << 20,
            usual.ratio(),
            usual.manifestBytes(),
            usual.readmeBytes()));
  }
}
