package dev.gatehouse.install.attestation;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.npm.Hash;
import dev.gatehouse.npm.Hash.Algorithm;
import dev.gatehouse.npm.Integrity;
import dev.gatehouse.npm.packument.Selected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// That a version has provenance, as the document of its registry says.
///
/// @param holder who has it
/// @param integrity what the tarball must hash to, by SHA-512
/// @param published when the version was, as its document says
public record Claim(
    Holder holder, String name, String version, Integrity integrity, Instant published) {

  /// Who hands provenance out.
  public sealed interface Holder {
    /// Tells holders apart.
    String key();
  }

  /// An upstream.
  ///
  /// @param path where it has it, below its own base
  /// @param storedOnly whether it may not be asked, because a registry on the way is frozen
  public record Outside(Origin origin, String path, boolean storedOnly) implements Holder {
    @Override
    public String key() {
      return origin.key();
    }
  }

  /// A registry here: the provenance came with the publish.
  public record Hosted(long registryId) implements Holder {
    @Override
    public String key() {
      return "hosted " + registryId;
    }
  }

  /// That `version`, which comes from `origin`, has provenance; null if it declares no SHA-512, by
  /// which alone provenance names a tarball.
  public static @Nullable Claim of(Origin origin, Selected version, boolean storedOnly) {
    String path = UpstreamAttestations.path(origin.source(), version);
    return of(new Outside(origin, path, storedOnly), version);
  }

  /// That `version`, which is hosted in a registry here, has provenance.
  public static @Nullable Claim hosted(long registryId, Selected version) {
    return of(new Hosted(registryId), version);
  }

  private static @Nullable Claim of(Holder holder, Selected version) {
    Integrity integrity = version.integrity();
    return integrity == null || integrity.strongest() != Algorithm.SHA512
        ? null
        : new Claim(
            holder, version.source().name(), version.version(), integrity, version.published());
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
