package dev.gatehouse.npm.packument;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// What one registry shows of a package: everything that the rendered forms need. `tags` name
/// versions of `versions` only. `details` is the document whose description, readme, maintainers
/// and the like are shown. `restrictions` tell of versions that exist and are withheld; null if
/// none are.
public record PackumentView(
    String name,
    List<Selected> versions,
    NavigableMap<String, String> tags,
    PackumentIndex details,
    Stamps stamps,
    Own own,
    @Nullable Restrictions restrictions) {

  /// npm's `policyRestrictions`: npm 11 and newer show `message` to whoever asks for one of
  /// `versions`, which they take for nothing else.
  public record Restrictions(String message, List<String> versions) {}

  /// The same view, telling of what is withheld.
  public PackumentView restrictedBy(Restrictions told) {
    return new PackumentView(name, versions, tags, details, stamps, own, told);
  }

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
    return new PackumentView(name, versions, tags, details, stamps, other, restrictions);
  }
}
