package dev.gatehouse.npm.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.npm.tarball.ScratchTarball;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A new version. Everything that says what it is was found to agree: the document's name, the
/// version's key, its manifest, the attachment's name, and the hashes and lengths that were
/// declared.
///
/// @param version without build metadata
/// @param manifest the version's manifest, without what is ours to say: `dist` holds only
///   `integrity` and `shasum` as measured here, and `_npmUser`, `maintainers` and the like are
///   gone. `readme` and `readmeFilename` are moved to `listing`
/// @param tarball the attachment; the caller keeps or closes it
/// @param provenance the sigstore bundle, unverified
public record Publication(
    PackageName name,
    Version version,
    ObjectNode manifest,
    Listing listing,
    ScratchTarball tarball,
    @Nullable Provenance provenance)
    implements PublishDocument {

  /// What the publish says about the package rather than the version.
  ///
  /// @param distTags the tags to move to the new version; empty if the client named none
  /// @param access `public`, `restricted` or null
  public record Listing(
      SequencedMap<String, String> distTags,
      @Nullable String access,
      @Nullable String description,
      @Nullable String readme,
      @Nullable String readmeFilename) {}

  /// A sigstore bundle as it was sent.
  public record Provenance(String contentType, String bundle) {}

  @Override
  public void close() {
    tarball.close();
  }
}
