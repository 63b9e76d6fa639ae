package dev.gatehouse.upstream.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an upstream has answered this process.
///
/// @param answered when it did last; null if it never has
/// @param failed when it failed last; null if it never has
/// @param sentence how it failed last; null if it never has
/// @param failures how often it failed within the last hour
/// @param millis how long it usually takes to answer: the median of the last answers; null if there
///   are none
public record Standing(
    @Nullable Instant answered,
    @Nullable Instant failed,
    @Nullable String sentence,
    int failures,
    @Nullable Long millis) {

  /// Whether it failed when it was asked last.
  public boolean fails() {
    return failed != null && (answered == null || failed.isAfter(answered));
  }
}
