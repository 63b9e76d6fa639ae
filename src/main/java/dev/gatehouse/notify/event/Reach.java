package dev.gatehouse.notify.event;

import java.time.Instant;
import java.util.List;

/// How far something has got: the counts, not the names, which stand in the issue.
///
/// @param first when it began
record Reach(int people, int addresses, long downloads, Instant first, List<Place> places) {

  static Reach of(List<Exposure> exposures) {
    return new Reach(
        (int) exposures.stream().map(Exposure::who).distinct().count(),
        (int) exposures.stream().map(Exposure::address).distinct().count(),
        exposures.stream().mapToLong(Exposure::times).sum(),
        exposures.stream().map(Exposure::first).min(Instant::compareTo).orElse(Instant.EPOCH),
        exposures.stream().map(Exposure::place).distinct().toList());
  }
}
