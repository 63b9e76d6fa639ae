package dev.gatehouse.registries;

/// A tenant. Its registries answer at `{base}/w/{name}/r/…`, those of `default` also at
/// `{base}/r/…`.
public record Workspace(long id, String name) {
  /// The name of the workspace that the first start makes.
  public static final String DEFAULT = "default";
}
