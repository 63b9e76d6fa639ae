package dev.gatehouse.npm.packument.merge;

import java.time.Instant;
import java.util.Map;

/// The times that clients are told for versions whose document gives none: when each was first seen
/// here if that is known, else the time of the whole document, else 1970.
public record FallbackTimes(Instant document, Map<String, Instant> firstSeen) {
  /// Knows nothing: every missing time is 1970.
  public static final FallbackTimes NONE = new FallbackTimes(Instant.EPOCH, Map.of());

  Instant of(String version) {
    return firstSeen.getOrDefault(version, document);
  }
}
