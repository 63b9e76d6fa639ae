package dev.gatehouse.issues;

import dev.gatehouse.packages.download.Download;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with versions of a package, and where they are.
///
/// @param fetched who fetched them, if that matters
public record Finding(
    Cause cause, Text text, List<Occurrence> occurrences, List<Download> fetched) {
  /// Keeps its own copies.
  public Finding {
    occurrences = List.copyOf(occurrences);
    fetched = List.copyOf(fetched);
  }

  /// What people read.
  ///
  /// @param severity from `unknown` to `critical`
  /// @param url where they read more
  public record Text(String severity, String title, @Nullable String url) {}

  boolean isOpen() {
    return occurrences.stream().anyMatch(one -> !one.waived());
  }
}
