package dev.gatehouse.packages;

import org.jspecify.annotations.Nullable;

/// A version that was published, uploaded or pushed here.
///
/// @param manifest the version object as clients read it, JSON, with its `dist` but for the
///   tarball's URL, which depends on who asks
/// @param published milliseconds since 1970
/// @param publisher the account's name
/// @param digest SHA-512 of the tarball, its name in the store
/// @param size of the tarball in bytes
/// @param deprecated the message, or null
/// @param derivedFrom `registry:name@version` that it was made from by changing its number, or null
/// @param attestations the provenance bundles, as the JSON of the attestations endpoint, or null
public record HostedVersion(
    String version,
    String manifest,
    long published,
    String publisher,
    String digest,
    long size,
    String integrity,
    String shasum,
    @Nullable String deprecated,
    @Nullable String derivedFrom,
    @Nullable String attestations,
    @Nullable String signedBy) {

  /// This version, recorded as made from `origin`.
  public HostedVersion withDerivedFrom(@Nullable String origin) {
    return new HostedVersion(
        version,
        manifest,
        published,
        publisher,
        digest,
        size,
        integrity,
        shasum,
        deprecated,
        origin,
        attestations,
        signedBy);
  }

  /// This version with a manifest that is signed by that key.
  public HostedVersion withSigned(String manifest, String keyid) {
    return new HostedVersion(
        version,
        manifest,
        published,
        publisher,
        digest,
        size,
        integrity,
        shasum,
        deprecated,
        derivedFrom,
        attestations,
        keyid);
  }
}
