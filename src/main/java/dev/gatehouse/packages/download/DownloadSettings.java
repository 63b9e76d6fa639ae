package dev.gatehouse.packages.download;

import java.time.Duration;

/// How long it is known who fetched what.
///
/// @param keep how long
/// @param rows how many rows at most, the newest; 0 notes nothing at all
public record DownloadSettings(Duration keep, long rows) {
  private static final Duration KEEP = Duration.ofDays(90);
  private static final long ROWS = 2_000_000;

  public DownloadSettings {
    if (keep.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("downloads.keep must be at least 1d.");
    }
    if (rows < 0) {
      throw new IllegalArgumentException("downloads.rows must not be negative.");
    }
  }

  /// A quarter of a year.
  public static DownloadSettings defaults() {
    return new DownloadSettings(KEEP, ROWS);
  }
}
