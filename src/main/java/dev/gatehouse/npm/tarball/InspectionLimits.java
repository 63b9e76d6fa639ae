package dev.gatehouse.npm.tarball;

/// How much work one tarball may make.
///
/// @param entries files, folders and headers in the archive
/// @param unpackedBytes everything in the archive, headers included
/// @param ratio how many times larger than the tarball its contents may be, once they exceed 64 MB
/// @param manifestBytes package.json
/// @param readmeBytes what is kept of a README, or a licence file; the rest is cut off
public record InspectionLimits(
    int entries, long unpackedBytes, int ratio, int manifestBytes, int readmeBytes) {
  /// 100,000 entries and 2 GB (the largest public packages have about a third of either), 200 times
  /// (text rarely passes 20, the format ends at 1032), 4 MB and 256 KB.
  public static final InspectionLimits DEFAULTS =
      new InspectionLimits(100_000, 2L << 30, 200, 4 << 20, 256 << 10);
}
