package dev.gatehouse.registries;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads registries and upstreams from their tables.
final class RegistryRows {
  static final String PUBLIC_REGISTRY = "public-registry";

  private RegistryRows() {}

  static Directory directory(Handle handle) {
    URI publicRegistry = publicRegistry(handle);
    Map<Long, List<Upstream>> upstreams =
        handle
            .createQuery("SELECT * FROM upstream ORDER BY registry_id, position, id")
            .map((row, _) -> Map.entry(row.getLong("registry_id"), upstream(row, publicRegistry)))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    List<Registry> registries =
        handle
            .createQuery(
                """
                SELECT registry.*, workspace.name AS workspace_name
                FROM registry JOIN workspace ON workspace.id = registry.workspace_id
                """)
            .map((row, _) -> registry(row, upstreams))
            .list();
    List<Directory.Alias> aliases =
        handle
            .createQuery("SELECT name, registry_id FROM registry_alias")
            .map((row, _) -> new Directory.Alias(row.getString(1), row.getLong(2)))
            .list();
    return new Directory(registries, aliases, Workspaces.byName(handle));
  }

  static @Nullable URI publicRegistry(Handle handle) {
    return handle
        .createQuery("SELECT value FROM setting WHERE name = :name")
        .bind("name", PUBLIC_REGISTRY)
        .mapTo(String.class)
        .findOne()
        .map(URI::create)
        .orElse(null);
  }

  private static Registry registry(ResultSet row, Map<Long, List<Upstream>> upstreams)
      throws SQLException {
    String scopes = row.getString("scopes");
    var settings =
        new Registry.Settings(
            Registry.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            row.getBoolean("anonymous_read"),
            row.getBoolean("overwriting"),
            row.getBoolean("owners_only"),
            row.getBoolean("archived"),
            scopes.isEmpty() ? List.of() : List.of(scopes.split(" ", -1)),
            row.getBoolean("second_factor"),
            Registry.Approver.valueOf(row.getString("approver").toUpperCase(Locale.ROOT)));
    long id = row.getLong("id");
    return new Registry(
        id,
        new Workspace(row.getLong("workspace_id"), row.getString("workspace_name")),
        row.getString("name"),
        settings,
        upstreams.getOrDefault(id, List.of()));
  }

  private static Upstream upstream(ResultSet row, @Nullable URI publicRegistry)
      throws SQLException {
    Upstream.Source source =
        switch (row.getString("kind")) {
          case "public" -> new Upstream.Public(publicRegistry);
          case "here" -> new Upstream.Here(row.getLong("target_id"));
          default ->
              new Upstream.External(URI.create(row.getString("url")), row.getString("credential"));
        };
    return new Upstream(
        row.getLong("id"),
        row.getString("name"),
        source,
        row.getBoolean("internal"),
        row.getBoolean("pushes"),
        Upstream.Forward.valueOf(row.getString("forward").toUpperCase(Locale.ROOT)));
  }

  /// Writes a new registry without upstreams; a conflict if the name is taken, also as an old name.
  /// Returns its id.
  static long insert(
      Handle handle, Workspace workspace, String name, Registry.Settings settings, long now) {
    requireFree(handle, workspace, name);
    return handle
        .createQuery(
            """
            INSERT INTO registry (workspace_id, name, kind, anonymous_read, overwriting,
              owners_only, archived, scopes, second_factor, approver, created)
            VALUES (:workspace, :name, :kind, :anonymous, :overwriting, :owners, :archived,
              :scopes, :factor, :approver, :created)
            RETURNING id
            """)
        .bind("workspace", workspace.id())
        .bind("name", name)
        .bindMap(columns(settings))
        .bind("created", now)
        .mapTo(Long.class)
        .one();
  }

  /// Refuses a name that a registry of the workspace has or had.
  static void requireFree(Handle handle, Workspace workspace, String name) {
    int taken =
        handle
            .createQuery(
                """
                SELECT (SELECT COUNT(*) FROM registry WHERE workspace_id = :workspace AND name = :name)
                  + (SELECT COUNT(*) FROM registry_alias WHERE workspace_id = :workspace AND name = :name)
                """)
            .bind("workspace", workspace.id())
            .bind("name", name)
            .mapTo(Integer.class)
            .one();
    if (taken > 0) {
      throw new ProblemException(
          new Problem.Conflict(
              "The name \"%s\" is taken in the workspace \"%s\", perhaps as the old name of a"
                      .formatted(name, workspace.name())
                  + " renamed registry."));
    }
  }

  /// What a statement binds of settings, by name.
  static Map<String, Object> columns(Registry.Settings settings) {
    return Map.of(
        "kind", settings.kind().name().toLowerCase(Locale.ROOT),
        "anonymous", settings.anonymousRead(),
        "overwriting", settings.overwriting(),
        "owners", settings.ownersOnly(),
        "archived", settings.archived(),
        "scopes", String.join(" ", settings.scopes()),
        "factor", settings.secondFactor(),
        "approver", settings.approver().name().toLowerCase(Locale.ROOT));
  }
}
