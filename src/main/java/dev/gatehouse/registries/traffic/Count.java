package dev.gatehouse.registries.traffic;

/// How many requests were answered, and how.
///
/// @param hits from memory or the store
/// @param misses after an upstream had been waited for
/// @param notModified of both, those whose asker had the bytes already
/// @param refused with a problem that is the asker's: there is none, or it may not be had
/// @param failed with a problem that is an upstream's or ours
/// @param bytes that were sent, also where the asker left before the end
public record Count(
    long hits, long misses, long notModified, long refused, long failed, long bytes) {
  /// Nothing.
  public static final Count NONE = new Count(0, 0, 0, 0, 0, 0);

  /// Both together.
  public Count plus(Count other) {
    return new Count(
        hits + other.hits,
        misses + other.misses,
        notModified + other.notModified,
        refused + other.refused,
        failed + other.failed,
        bytes + other.bytes);
  }

  /// This without the other.
  Count minus(Count other) {
    return new Count(
        hits - other.hits,
        misses - other.misses,
        notModified - other.notModified,
        refused - other.refused,
        failed - other.failed,
        bytes - other.bytes);
  }

  /// All requests.
  public long requests() {
    return hits + misses + refused + failed;
  }
}
