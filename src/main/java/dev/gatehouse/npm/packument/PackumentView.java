package dev.gatehouse.npm.packument;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;

/// What one registry shows of a package: everything that the rendered forms need. `tags` name
/// versions of `versions` only. `details` is the document whose description, readme, maintainers
/// and the like are shown.
public record PackumentView(
    String name,
    List<Selected> versions,
    NavigableMap<String, String> tags,
    PackumentIndex details,
    Stamps stamps) {

  /// `revision` becomes `_rev`.
  public record Stamps(String revision, Instant created, Instant modified) {}
}
