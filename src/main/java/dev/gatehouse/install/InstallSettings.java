package dev.gatehouse.install;

import dev.gatehouse.install.document.Freshness;

/// How the reading side behaves.
///
/// @param documents how long copies of upstream documents serve
/// @param renderedMegabytes finished answers held in memory
/// @param indexMegabytes documents held in memory with their index
public record InstallSettings(Freshness documents, int renderedMegabytes, int indexMegabytes) {

  /// What fits a 256 MB heap.
  public static InstallSettings defaults() {
    return new InstallSettings(Freshness.defaults(), 64, 48);
  }
}
