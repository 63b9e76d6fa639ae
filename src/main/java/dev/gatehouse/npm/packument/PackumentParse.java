package dev.gatehouse.npm.packument;

/// What became of a document that an upstream sent.
public sealed interface PackumentParse {

  /// The document is sound; single versions may still have been dropped.
  record Parsed(PackumentIndex index) implements PackumentParse {}

  /// Nothing of the document can be used. `sentence` begins with "The document", says why, and
  /// quotes nothing of the upstream's bytes.
  record Unusable(String sentence) implements PackumentParse {}
}
