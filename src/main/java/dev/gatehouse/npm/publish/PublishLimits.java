package dev.gatehouse.npm.publish;

/// How much one publish may bring.
///
/// @param tarballBytes the decoded tarball
/// @param metadataWeight everything that is kept of the rest (manifest, readme, provenance), as
///   memory: about 64 bytes for every value and one for every character
public record PublishLimits(long tarballBytes, int metadataWeight) {
  /// 512 MB, which is about what npm itself can send, and 8 MB, some ten times the largest known
  /// manifest.
  public static final PublishLimits DEFAULTS = new PublishLimits(512L << 20, 8 << 20);

  /// The longest body that can be within the limits: the tarball in base64 and room for the members
  /// of a whole packument that are skipped unseen.
  public long bodyBytes() {
    return tarballBytes / 3 * 4 + 16L * metadataWeight;
  }
}
