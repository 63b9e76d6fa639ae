package dev.gatehouse.packages.verify;

/// Something that is not as it should be.
///
/// @param kind what it is
/// @param subject what it concerns, as people name it: `workspace/registry name@version`
/// @param sentence what is wrong and what follows from it
/// @param repaired whether it was mended, so that nothing is left to do
public record Finding(Kind kind, String subject, String sentence, boolean repaired) {

  /// What can be wrong.
  public enum Kind {
    /// A row names bytes that are not in the store.
    MISSING,
    /// The bytes do not hash to their name.
    DAMAGED,
    /// A row and its bytes disagree about the size.
    SIZE,
    /// A row's integrity is not that of its bytes.
    INTEGRITY,
    /// A tag names a version that is nowhere.
    TAG,
    /// The stored manifest is not that of its version.
    MANIFEST,
    /// The database's own files are damaged.
    DATABASE
  }
}
