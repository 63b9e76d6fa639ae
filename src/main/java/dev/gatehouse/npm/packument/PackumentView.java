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
    Stamps stamps,
    Own own) {

  /// `revision` becomes `_rev`.
  public record Stamps(String revision, Instant created, Instant modified) {}

  /// What the registry itself has to do with the package.
  ///
  /// @param hosted whether versions are published there and `details` is its own document
  /// @param stars who likes the package there: they stand in for those that a document tells of
  public record Own(boolean hosted, List<String> stars) {
    /// Nothing.
    public static final Own NONE = new Own(false, List.of());
  }

  /// The same view of a registry that has this of its own.
  public PackumentView with(Own other) {
    return new PackumentView(name, versions, tags, details, stamps, other);
  }
}
