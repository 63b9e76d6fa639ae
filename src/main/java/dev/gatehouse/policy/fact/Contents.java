package dev.gatehouse.policy.fact;

import java.util.List;

/// What the bytes of a version say. All but `otherBytes` are pending until the tarball is here.
///
/// @param observedLicences SPDX ids of the licence files in the tarball; known and empty if there
///   is none that is recognised
/// @param implicitBuild whether a `binding.gyp` makes installing run node-gyp though no script says
///   so
/// @param differences between the registry's manifest and the tarball's package.json
/// @param otherBytes which other sources have this version with other bytes; known and empty if
///   none
/// @param scan what the scanner saw
public record Contents(
    Fact<List<String>> observedLicences,
    Fact<Boolean> implicitBuild,
    Fact<List<Difference>> differences,
    Fact<List<String>> otherBytes,
    Scan scan) {

  /// Nothing known, everything looked for.
  public static final Contents NONE =
      new Contents(
          Fact.missing(),
          Fact.missing(),
          Fact.missing(),
          Fact.missing(),
          new Scan(Fact.missing(), Fact.missing()));

  /// The tarball is not here, and nobody has compared sources.
  public static final Contents PENDING =
      new Contents(
          Fact.pending(),
          Fact.pending(),
          Fact.pending(),
          Fact.pending(),
          new Scan(Fact.pending(), Fact.pending()));

  /// A field of the manifest that the package.json has otherwise, both shortened for people.
  public record Difference(String field, String manifest, String tarball) {}

  /// Whether the tarball was inspected to its end, and how large it is.
  public record Scan(Fact<Boolean> scanned, Fact<Sizes> sizes) {}

  /// Bytes of the tarball, bytes of its files, number of its files.
  public record Sizes(long packed, long unpacked, int files) {}

  /// The same, with those licences observed.
  public Contents withObservedLicences(Fact<List<String>> now) {
    return new Contents(now, implicitBuild, differences, otherBytes, scan);
  }

  /// The same, with an implicit build or not.
  public Contents withImplicitBuild(Fact<Boolean> now) {
    return new Contents(observedLicences, now, differences, otherBytes, scan);
  }

  /// The same, with those differences.
  public Contents withDifferences(Fact<List<Difference>> now) {
    return new Contents(observedLicences, implicitBuild, now, otherBytes, scan);
  }

  /// The same, with other bytes there.
  public Contents withOtherBytes(Fact<List<String>> now) {
    return new Contents(observedLicences, implicitBuild, differences, now, scan);
  }

  /// The same, scanned thus.
  public Contents withScan(Scan now) {
    return new Contents(observedLicences, implicitBuild, differences, otherBytes, now);
  }
}
