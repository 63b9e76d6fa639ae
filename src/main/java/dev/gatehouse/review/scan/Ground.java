package dev.gatehouse.review.scan;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.issues.Reporting;
import dev.gatehouse.packages.KeptVersions;
import dev.gatehouse.packages.download.DownloadLog;
import dev.gatehouse.packages.download.Downloads;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.registries.Registries;

/// What a scanner looks at, and where it reports.
///
/// @param kept which versions are here
/// @param downloads who has fetched them
public record Ground(
    Registries registries,
    Judges judges,
    KeptVersions kept,
    Downloads downloads,
    DownloadLog log,
    Reporting reporting) {

  /// Who says what is wrong with versions.
  public record Judges(Views views, Policies policies, Advisories advisories) {}
}
