package dev.gatehouse.packages;

import dev.gatehouse.db.Database;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The names that are owned in each workspace, in memory: they are never asked of a public
/// upstream, by no registry of that workspace.
public final class InternalNames {
  private final Database database;
  private volatile Set<Entry> names;

  private record Entry(long workspaceId, String name) {}

  /// The internal names in `database`.
  public InternalNames(Database database) {
    this.database = database;
    this.names = load();
  }

  /// Whether some registry of the workspace owns `name`. Never blocks.
  public boolean contains(long workspaceId, String name) {
    return names.contains(new Entry(workspaceId, name));
  }

  /// Reads them again, after a change.
  public synchronized void reload() {
    names = load();
  }

  /// Adds a name whose row is committed. Not while they are read again: a reading that began before
  /// the commit would take the name away.
  public synchronized void add(long workspaceId, String name) {
    names.add(new Entry(workspaceId, name));
  }

  private Set<Entry> load() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT registry.workspace_id, package.name
                FROM package JOIN registry ON registry.id = package.registry_id
                WHERE package.internal
                """)
            .map((row, _) -> new Entry(row.getLong(1), row.getString(2)))
            .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet)));
  }
}
