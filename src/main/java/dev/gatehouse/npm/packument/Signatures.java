package dev.gatehouse.npm.packument;

import org.jspecify.annotations.Nullable;

/// Signatures for versions whose document has none.
@FunctionalInterface
public interface Signatures {
  /// None: every document stays as it is.
  Signatures NONE = _ -> null;

  /// The JSON that stands in `dist.signatures` of `version`; null to leave that as it is.
  byte @Nullable [] of(Selected version);
}
