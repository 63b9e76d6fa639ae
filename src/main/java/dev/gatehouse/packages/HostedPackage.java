package dev.gatehouse.packages;

/// A package that has something of its own in a registry: hosted versions, or only tags and owners
/// beside versions that come from upstreams.
///
/// @param revision counts every change; clients see it as `_rev`
/// @param created when it first had anything here, milliseconds since 1970
/// @param modified when it last changed, milliseconds since 1970
/// @param details the top-level fields that publishing clients sent (description, readme, …), JSON
/// @param access what `npm access` was told, `public` or `restricted`; it opens nothing
/// @param internal whether the name is never asked of a public upstream
public record HostedPackage(
    long id,
    long registryId,
    String name,
    long revision,
    long created,
    long modified,
    String details,
    String access,
    boolean internal) {

  /// The same with other details.
  public HostedPackage withDetails(String other) {
    return new HostedPackage(
        id, registryId, name, revision, created, modified, other, access, internal);
  }

  /// The same with another access.
  public HostedPackage withAccess(String other) {
    return new HostedPackage(
        id, registryId, name, revision, created, modified, details, other, internal);
  }

  /// The same, internal or not.
  public HostedPackage withInternal(boolean other) {
    return new HostedPackage(
        id, registryId, name, revision, created, modified, details, access, other);
  }

  /// The `_rev` that clients see and send back.
  public String rev() {
    return revision + "-" + String.format("%016x", id);
  }
}
