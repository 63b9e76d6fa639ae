package dev.gatehouse.registries;

import dev.gatehouse.db.Database;
import org.jspecify.annotations.Nullable;

/// Workspaces by name and by id, also those that have no registry.
public final class Workspaces {
  private final Database database;

  /// The workspaces in `database`.
  public Workspaces(Database database) {
    this.database = database;
  }

  /// The workspace called `name`, or null.
  public @Nullable Workspace find(String name) {
    return database.read(handle ->
        handle
            .createQuery("SELECT id FROM workspace WHERE name = ?")
            .bind(0, name)
            .mapTo(Long.class)
            .findOne()
            .map(id -> new Workspace(id, name))
            .orElse(null));
  }

  /// The workspace with that id, which must exist.
  public Workspace get(long id) {
    return database.read(handle ->
        new Workspace(
            id,
            handle
                .createQuery("SELECT name FROM workspace WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .one()));
  }
}
