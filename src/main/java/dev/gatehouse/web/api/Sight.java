package dev.gatehouse.web.api;

import dev.gatehouse.registries.Registry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What somebody may read of a workspace.
///
/// @param registries which registries, by name
/// @param whole whether that is all of the workspace, what is of no registry among it
public record Sight(List<Registry> registries, boolean whole) {
  /// Keeps its own copy.
  public Sight {
    registries = List.copyOf(registries);
  }

  /// The registries by their ids.
  public Map<Long, Registry> byId() {
    return registries.stream().collect(Collectors.toMap(Registry::id, Function.identity()));
  }

  /// The ids to look in; null for everywhere.
  public @Nullable Set<Long> ids() {
    return whole ? null : registries.stream().map(Registry::id).collect(Collectors.toSet());
  }
}
