package dev.gatehouse.npm.packument;

/// A value inside a version object that somebody here rewrites or judges; the index keeps its byte
/// range and decodes nothing until asked.
public enum Part {
  /// `dist`, always an object.
  DIST,
  /// `dist.tarball`: where the upstream keeps the bytes. Replaced in every rendered form.
  TARBALL,
  /// `dist.integrity`, a subresource integrity text.
  INTEGRITY,
  /// `dist.shasum`, a SHA-1 in hexadecimal.
  SHASUM,
  /// `dist.signatures`, an array.
  SIGNATURES,
  /// `dist.attestations`, an object.
  ATTESTATIONS,
  /// `dist.attestations.url`. Replaced in every rendered form.
  ATTESTATIONS_URL,
  /// `license`, else `licence` or `lisence` as some wrote it: a text, or in old documents an object
  /// or array.
  LICENSE,
  /// `licenses`: the plural of old documents.
  LICENSES,
  /// `_npmUser`: who published it.
  PUBLISHER,
  /// `scripts`, an object in any document worth the name.
  SCRIPTS,
  /// `dependencies`, by name.
  DEPENDENCIES,
  /// `optionalDependencies`, by name.
  OPTIONAL_DEPENDENCIES,
  /// `peerDependencies`, by name: npm 7 and newer install them too.
  PEER_DEPENDENCIES,
  /// `bin`: a path, or paths by command.
  BIN,
  /// `deprecated`: a text, and in some documents a boolean.
  DEPRECATED,
}
