package dev.gatehouse.app.setup;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.Workspace;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Sets an empty data directory up: the default workspace, and in it the registry `default` with
/// the public registry as its upstream.
public record FirstStart(Registries registries, Upstreams upstreams, PublicRegistryLookup lookup) {
  private static final Actor ACTOR = new Actor.Job("first-start");

  /// Does so if it has not been done. `configured` is the public registry that the operator names,
  /// if any; it is taken over at every start. Returns whether this was the first start.
  public boolean run(@Nullable URI configured) {
    boolean first = registries.directory().all().isEmpty();
    URI wanted = configured != null ? configured : first ? lookup.find() : null;
    if (wanted != null && !wanted.equals(registries.publicRegistry())) {
      registries.publicRegistry(ACTOR, wanted);
    }
    if (first) {
      Workspace workspace = registries.workspace(ACTOR, Workspace.DEFAULT);
      Registry registry =
          registries.create(
              ACTOR, workspace, Workspace.DEFAULT, Registry.Settings.of(Registry.Kind.STANDARD));
      upstreams.add(ACTOR, registry, "public", new Upstreams.Public(), Upstreams.Options.NONE);
    }
    return first;
  }
}
