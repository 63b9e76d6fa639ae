package dev.gatehouse.access;

import dev.gatehouse.npm.PackageName;
import org.jspecify.annotations.Nullable;

/// Where somebody wants to do something: a registry by its id, with the workspace that it is in.
///
/// @param name the package that it is about; null if it is about none, or about any
public record Place(long workspaceId, long registryId, @Nullable PackageName name) {
  /// A registry as a whole.
  public Place(long workspaceId, long registryId) {
    this(workspaceId, registryId, null);
  }
}
