package dev.gatehouse.registries;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All registries at one moment, immutable: what a request looks up without touching the database.
public final class Directory {
  private final Map<String, Map<String, Registry>> byPath = new HashMap<>();
  private final Map<Long, Registry> byId = new HashMap<>();

  private final Map<String, Workspace> workspaces = new HashMap<>();

  Directory(List<Registry> registries, List<Alias> aliases, Map<String, Workspace> workspaces) {
    this.workspaces.putAll(workspaces);
    for (Registry registry : registries) {
      byId.put(registry.id(), registry);
      names(registry.workspace().name()).put(registry.name(), registry);
    }
    for (Alias alias : aliases) {
      Registry target = byId.get(alias.registryId());
      if (target != null) {
        names(target.workspace().name()).putIfAbsent(alias.name(), target);
      }
    }
    workspaces.forEach((name, workspace) -> {
      if (!name.equals(workspace.name())) {
        byPath.put(name, names(workspace.name()));
      }
    });
  }

  /// A name that a registry had before.
  record Alias(String name, long registryId) {}

  /// The workspace called `name`, now or before it was renamed, or null.
  public @Nullable Workspace workspace(String name) {
    return workspaces.get(name);
  }

  /// The registry at a path, by its name or an old one, or null.
  public @Nullable Registry find(String workspace, String name) {
    return byPath.getOrDefault(workspace, Map.of()).get(name);
  }

  /// The registry with that id, or null.
  public @Nullable Registry byId(long id) {
    return byId.get(id);
  }

  /// All of them, in no order.
  public List<Registry> all() {
    return List.copyOf(byId.values());
  }

  /// Whether asking `from` would, hop by hop through *here* upstreams, come to `to`.
  public boolean reaches(long from, long to) {
    return reachableFrom(from).contains(to);
  }

  /// `id` and every registry that has it as an upstream, directly or through others.
  public List<Registry> downstreamOf(long id) {
    return byId.values().stream().filter(one -> reaches(one.id(), id)).toList();
  }

  /// The ids of `from` and of all registries that it draws from through *here* upstreams.
  public Set<Long> reachableFrom(long from) {
    Set<Long> seen = new HashSet<>();
    List<Long> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      Registry registry = byId.get(open.removeLast());
      if (registry != null && seen.add(registry.id())) {
        for (Upstream upstream : registry.upstreams()) {
          if (upstream.source() instanceof Upstream.Here(long target)) {
            open.add(target);
          }
        }
      }
    }
    return seen;
  }

  private Map<String, Registry> names(String workspace) {
    return byPath.computeIfAbsent(workspace, _ -> new HashMap<>());
  }
}
