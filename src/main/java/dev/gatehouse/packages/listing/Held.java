package dev.gatehouse.packages.listing;

import dev.gatehouse.db.Database;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which names registries hold at all: hosted or cached.
public record Held(Database database) {
  private static final int AT_ONCE = 500;

  /// Those of `names` that any of `registries` holds.
  public Set<String> among(Collection<Long> registries, Collection<String> names) {
    Set<String> held = new HashSet<>();
    List<String> all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      held.addAll(some(registries, all.subList(from, Math.min(all.size(), from + AT_ONCE))));
    }
    return held;
  }

  private Set<String> some(Collection<Long> registries, List<String> names) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT name FROM listed_package
                WHERE registry_id IN (<registries>) AND name IN (<names>)
                """)
            .bindList("registries", List.copyOf(registries))
            .bindList("names", names)
            .mapTo(String.class)
            .collect(Collectors.toSet()));
  }
}
