package dev.gatehouse.npm.publish;

import dev.gatehouse.npm.PackageName;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The package's document sent back without an attachment, to deprecate, star, unpublish or share.
/// It is a patch: what it does not mention (null) stays as it is.
///
/// @param name null where the client leaves it to the URL
/// @param revision `_rev`
/// @param versions all versions that the document still has; those that are missing are unpublished
///   if the URL asks for that
public record Revision(
    @Nullable PackageName name,
    @Nullable String revision,
    @Nullable Versions versions,
    @Nullable SequencedMap<String, String> distTags,
    @Nullable People people)
    implements PublishDocument {

  /// The versions of the document and what it says of them.
  ///
  /// @param present every version of the document
  /// @param deprecations by version: the message, or "" for what is not (or no longer) deprecated.
  ///   A version without the member is not in the map
  public record Versions(Set<String> present, Map<String, String> deprecations) {}

  /// Who likes the package and who owns it.
  ///
  /// @param stars `users`: whether each of them likes the package
  /// @param maintainers the new owners
  public record People(
      @Nullable Map<String, Boolean> stars, @Nullable List<Maintainer> maintainers) {}

  /// One owner.
  public record Maintainer(String name, @Nullable String email) {}

  @Override
  public void close() {}
}
