package dev.gatehouse.install.attestation;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.packument.Selected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// That a version has provenance, as the document of its registry says.
///
/// @param path where the registry has it, below its own base
/// @param integrity what the tarball must hash to, by SHA-512
/// @param storedOnly whether nobody may be asked for it, because a registry on the way is frozen
public record Claim(
    Origin origin,
    String path,
    String name,
    String version,
    Integrity integrity,
    boolean storedOnly) {

  /// That `version`, which comes from `origin`, has provenance; null if it declares no SHA-512, by
  /// which alone provenance names a tarball.
  public static @Nullable Claim of(Origin origin, Selected version, boolean storedOnly) {
    Integrity integrity = version.integrity();
    return integrity == null || integrity.strongest() != Algorithm.SHA512
        ? null
        : new Claim(
            origin,
            UpstreamAttestations.path(origin.source(), version),
            version.source().name(),
            version.version(),
            integrity,
            storedOnly);
  }

  /// The hashes that its tarball may have, in hexadecimal.
  List<String> sha512() {
    return integrity.hashes().stream()
        .filter(hash -> hash.algorithm() == Algorithm.SHA512)
        .map(Hash::hex)
        .toList();
  }

  /// How statements call the version.
  String purl() {
    return "pkg:npm/" + (name.startsWith("@") ? "%40" + name.substring(1) : name) + "@" + version;
  }
}
