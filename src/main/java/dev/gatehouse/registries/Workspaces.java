package dev.gatehouse.registries;

import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Workspaces by name and by id, also those that have no registry.
public final class Workspaces {
  private final Database database;

  /// The workspaces in `database`.
  public Workspaces(Database database) {
    this.database = database;
  }

  /// A workspace and what is in it.
  ///
  /// @param formerNames under which it goes on answering
  /// @param users accounts that are active
  /// @param owned whether one of them is an owner
  public record Listed(
      Workspace workspace,
      List<String> formerNames,
      Instant created,
      long registries,
      long users,
      boolean owned) {
    /// Keeps its own copy.
    public Listed {
      formerNames = List.copyOf(formerNames);
    }
  }

  /// The workspace called `name`, now or before it was renamed, or null.
  public @Nullable Workspace find(String name) {
    return database.read(handle -> find(handle, name));
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

  /// Under which names `workspace` goes on answering, in order.
  public List<String> formerNames(Workspace workspace) {
    return database.read(handle ->
        handle
            .createQuery("SELECT name FROM workspace_alias WHERE workspace_id = ? ORDER BY name")
            .bind(0, workspace.id())
            .mapTo(String.class)
            .list());
  }

  /// All of them by name.
  public List<Listed> list() {
    return database.read(handle -> {
      Map<Long, List<String>> former =
          handle
              .createQuery("SELECT workspace_id, name FROM workspace_alias ORDER BY name")
              .map((row, _) -> Map.entry(row.getLong(1), row.getString(2)))
              .collect(
                  Collectors.groupingBy(
                      Map.Entry::getKey,
                      Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
      return handle
          .createQuery(
              """
              SELECT id, name, created,
                (SELECT COUNT(*) FROM registry WHERE workspace_id = workspace.id) AS registries,
                (SELECT COUNT(*) FROM account WHERE workspace_id = workspace.id AND active) AS users,
                (SELECT COUNT(*) FROM account
                  WHERE workspace_id = workspace.id AND active AND role = 'owner') AS owners
              FROM workspace ORDER BY name
              """)
          .map((row, _) ->
              new Listed(
                  new Workspace(row.getLong("id"), row.getString("name")),
                  former.getOrDefault(row.getLong("id"), List.of()),
                  Instant.ofEpochMilli(row.getLong("created")),
                  row.getLong("registries"),
                  row.getLong("users"),
                  row.getLong("owners") > 0))
          .list();
    });
  }

  /// Every workspace under each name that it has or had.
  static Map<String, Workspace> byName(Handle handle) {
    Map<String, Workspace> all = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT name AS called, id, name FROM workspace UNION ALL
            SELECT workspace_alias.name, id, workspace.name FROM workspace_alias
              JOIN workspace ON workspace.id = workspace_id
            """)
        .map((row, _) ->
            Map.entry(row.getString(1), new Workspace(row.getLong(2), row.getString(3))))
        .forEach(one -> all.put(one.getKey(), one.getValue()));
    return all;
  }

  static @Nullable Workspace find(Handle handle, String name) {
    return handle
        .createQuery(
            """
            SELECT id, name FROM workspace WHERE name = :name
              OR id = (SELECT workspace_id FROM workspace_alias WHERE name = :name)
            """)
        .bind("name", name)
        .map((row, _) -> new Workspace(row.getLong(1), row.getString(2)))
        .findOne()
        .orElse(null);
  }

  /// Until the transaction ends, no other one gives a workspace a name: one could take what the
  /// other has just given up.
  static void alone(Handle handle) {
    handle.execute("UPDATE workspace SET created = created WHERE name = ?", Workspace.DEFAULT);
  }

  /// Refuses a name that a workspace has or had.
  static void requireFree(Handle handle, String name) {
    if (find(handle, name) != null) {
      throw new ProblemException(
          new Problem.Conflict(
              "The name \"%s\" is taken, perhaps as the old name of a renamed workspace."
                  .formatted(name)));
    }
  }

  static Workspace insert(Handle handle, String name, long now) {
    long id =
        handle
            .createQuery("INSERT INTO workspace (name, created) VALUES (?, ?) RETURNING id")
            .bind(0, name)
            .bind(1, now)
            .mapTo(Long.class)
            .one();
    return new Workspace(id, name);
  }
}
