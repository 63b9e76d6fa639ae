package dev.gatehouse.registries;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Makes registries that are set up as others are: settings, upstreams with their credentials,
/// policies, and who may do what. Packages stay where they are, and so does what people decided
/// about single versions.
public final class Cloner {
  private static final List<String> COPIES =
      List.of(
          """
          INSERT INTO upstream (registry_id, position, name, kind, url, target_id, credential,
            internal, pushes, forward)
          SELECT :clone, position, name, kind, url, target_id, credential, internal, pushes, forward
          FROM upstream WHERE registry_id = :source
          """,
          """
          INSERT INTO registry_policy (registry_id, policy, mode, settings, changed, changed_by)
          SELECT :clone, policy, mode, settings, changed, changed_by
          FROM registry_policy WHERE registry_id = :source
          """,
          """
          INSERT INTO registry_audience (registry_id, audience)
          SELECT :clone, audience FROM registry_audience WHERE registry_id = :source
          """,
          """
          INSERT INTO registry_grant (registry_id, account_id, team_id, permission)
          SELECT :clone, account_id, team_id, permission
          FROM registry_grant WHERE registry_id = :source
          """,
          """
          INSERT INTO package_team (registry_id, name, team_id, permission)
          SELECT :clone, name, team_id, permission
          FROM package_team WHERE registry_id = :source AND name LIKE '@%/*'
          """);

  private static final List<Changes.Topic> TOPICS =
      List.of(Changes.Topic.ACCESS, Changes.Topic.POLICIES, Changes.Topic.REGISTRIES);

  private final Database database;
  private final Registries registries;
  private final Trail trail;
  private final List<Runnable> reloads;

  /// Clones `registries`. `reloads` are run before a clone is found by its name: whatever holds
  /// policies and permissions in memory, or it would be open for a moment.
  public Cloner(Database database, Registries registries, Trail trail, List<Runnable> reloads) {
    this.database = database;
    this.registries = registries;
    this.trail = trail;
    this.reloads = List.copyOf(reloads);
  }

  /// Makes the registry `name` beside `source`, as that stands now; it is not archived. A conflict
  /// if the name is taken.
  public Registry clone(Actor actor, Registry source, String name) {
    Registries.requireName("a registry", name);
    Workspace workspace = source.workspace();
    var _ =
        database.write(handle -> {
          Registry now = RegistryRows.directory(handle).byId(source.id());
          if (now == null) {
            throw new ProblemException(
                new Problem.NotFound(
                    "The registry \"%s\" was deleted a moment ago.".formatted(source.name())));
          }
          long made =
              RegistryRows.insert(
                  handle,
                  workspace,
                  name,
                  now.settings().withArchived(false),
                  trail.clock().millis());
          copy(handle, source.id(), made);
          TOPICS.forEach(topic -> Changes.raise(database, handle, topic));
          trail.add(
              handle,
              actor,
              new Trail.Entry(workspace.id(), "registry.clone", source.name() + " " + name, ""));
          return made;
        });
    reloads.forEach(Runnable::run);
    registries.reload();
    return registries.require(workspace.name(), name);
  }

  private static void copy(Handle handle, long source, long clone) {
    for (String copy : COPIES) {
      handle.createUpdate(copy).bindMap(Map.of("source", source, "clone", clone)).execute();
    }
  }
}
