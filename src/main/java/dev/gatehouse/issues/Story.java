package dev.gatehouse.issues;

import dev.gatehouse.packages.download.Download;
import java.time.Instant;
import java.util.List;

/// An issue with all that is known of it.
///
/// @param fetched of malware, who has it
public record Story(
    Issue issue, List<Occurrence> occurrences, List<Event> events, List<Download> fetched) {

  /// Something that happened to it.
  ///
  /// @param kind opened, found, gone, fetched, comment, assigned, edited, closed or reopened
  public record Event(Instant at, String actor, String kind, String text) {}
}
