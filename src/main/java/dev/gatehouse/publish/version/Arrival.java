package dev.gatehouse.publish.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.npm.packument.PackumentIndex;
import dev.gatehouse.npm.packument.PackumentParse;
import dev.gatehouse.npm.publish.Publication;
import dev.gatehouse.npm.tarball.InspectionLimits;
import dev.gatehouse.npm.tarball.ManifestCheck;
import dev.gatehouse.npm.tarball.TarballContents;
import dev.gatehouse.npm.tarball.TarballInspector;
import dev.gatehouse.packages.HostedDocument;
import dev.gatehouse.packages.HostedPackage;
import dev.gatehouse.packages.HostedVersion;
import dev.gatehouse.packages.Packages.Holding;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.signing.SigningKey;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A new version that was looked into and may be stored.
///
/// @param version its row
/// @param details the fields that describe the package, JSON
record Arrival(HostedVersion version, String details) {
  /// Documents are held in memory: no manifest may be of any size.
  private static final int MOST_MANIFEST_BYTES = 2 << 20;

  /// What this registry puts on a version: when it came and the key that signs it.
  record Stamp(long now, SigningKey key) {}

  /// Looks into what `by` publishes.
  static Arrival of(Publication publication, Account by, InspectionLimits limits, Stamp stamp)
      throws IOException {
    TarballContents contents = TarballInspector.inspect(publication.tarball().path(), limits);
    ManifestCheck.requireAgreement(contents, publication.name(), publication.version());
    Attestation attestation = Attestation.of(publication);
    ObjectNode document = VersionDocument.manifest(publication, contents, by, attestation);
    String integrity = publication.tarball().integrity();
    String manifest = VersionDocument.signed(document, integrity, stamp.key());
    if (manifest.length() > MOST_MANIFEST_BYTES) {
      throw new ProblemException(
          new Problem.TooLarge(
              "The manifest is larger than %d bytes: shorten its lists."
                  .formatted(MOST_MANIFEST_BYTES)));
    }
    var version =
        new HostedVersion(
            publication.version().toString(),
            manifest,
            stamp.now(),
            by.name(),
            HexFormat.of().formatHex(publication.tarball().sha512()),
            publication.tarball().size(),
            integrity,
            publication.tarball().sha1(),
            null,
            null,
            attestation == null ? null : attestation.response(),
            stamp.key().keyid());
    String details = VersionDocument.text(VersionDocument.details(publication, contents));
    requireReadable(publication.name().value(), version, details);
    return new Arrival(version, details);
  }

  /// This arrival, signed by that key.
  Arrival signedBy(SigningKey key) {
    return new Arrival(VersionDocument.signed(version, key), details);
  }

  /// This arrival, recorded as made from `origin`.
  Arrival derivedFrom(@Nullable String origin) {
    return new Arrival(version.withDerivedFrom(origin), details);
  }

  /// Reads the version as every request will: what cannot be served is refused now.
  private static void requireReadable(String name, HostedVersion version, String details) {
    var hosted =
        new HostedPackage(0, 0, name, 0, version.published(), 0, details, "restricted", true);
    byte[] document =
        HostedDocument.of(new Holding(hosted, List.of(version), Map.of(), List.of(), List.of()));
    switch (PackumentIndex.parse(document, name)) {
      case PackumentParse.Parsed(PackumentIndex index) -> {
        if (!index.dropped().isEmpty()) {
          throw malformed(index.dropped().getFirst().reason());
        }
      }
      case PackumentParse.Unusable(String sentence) -> throw malformed(sentence);
    }
  }

  private static ProblemException malformed(String why) {
    return new ProblemException(
        new Problem.Malformed("The manifest could not be read by clients: " + why));
  }
}
