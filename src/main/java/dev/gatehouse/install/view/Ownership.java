package dev.gatehouse.install.view;

import dev.gatehouse.install.document.Origin;
import dev.gatehouse.install.document.UpstreamDocuments;
import dev.gatehouse.packages.InternalNames;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which names are owned in a workspace, as far as is known here: nobody is asked.
final class Ownership {
  private final Registries registries;
  private final InternalNames internal;
  private final UpstreamDocuments documents;
  private final Origins origins;

  Ownership(
      Registries registries, InternalNames internal, UpstreamDocuments documents, Origins origins) {
    this.registries = registries;
    this.internal = internal;
    this.documents = documents;
    this.origins = origins;
  }

  /// Whether the name was published here, lies in a scope that a registry of the workspace claims,
  /// or is known to be held by an upstream that is marked internal.
  boolean isInternal(long workspaceId, String name) {
    return internal.contains(workspaceId, name)
        || (name.startsWith("@")
            && registries(workspaceId).anyMatch(registry -> registry.claims(name)))
        || isHeld(workspaceId, name, Upstream::internal);
  }

  /// Whether an upstream that is not internal, of any registry of the workspace, is known to have
  /// the name.
  boolean isKnownOutside(long workspaceId, String name) {
    return isHeld(workspaceId, name, upstream -> !upstream.internal());
  }

  private boolean isHeld(long workspaceId, String name, Predicate<Upstream> which) {
    return registries(workspaceId)
        .flatMap(registry -> registry.upstreams().stream())
        .filter(which)
        .map(origins::of)
        .anyMatch(origin -> origin != null && isThere(origin, name));
  }

  private boolean isThere(Origin origin, String name) {
    return documents.known(origin, name).isThere();
  }

  private Stream<Registry> registries(long workspaceId) {
    Directory directory = registries.directory();
    return directory.all().stream().filter(one -> one.workspace().id() == workspaceId);
  }
}
