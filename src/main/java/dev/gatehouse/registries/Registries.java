package dev.gatehouse.registries;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Work;
import dev.gatehouse.http.wire.Domain;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The registries of all workspaces: a [Directory] in memory for every request, and the operations
/// that change it. Each change is written, audited and told to other processes in one transaction,
/// and holds here from the next request on.
public final class Registries {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final Database database;
  private final Clock clock;
  private final Trail trail;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Directory directory;

  /// The registries in `database`.
  public Registries(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.trail = new Trail(clock);
    this.directory = database.read(RegistryRows::directory);
  }

  /// All registries as they stand now. Never blocks.
  public Directory directory() {
    return directory;
  }

  /// Runs `listener` after every change of any registry.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Reads everything again, as after another process has changed it.
  public void reload() {
    synchronized (listeners) {
      // One after the other: what was read first must not be set last.
      directory = database.read(RegistryRows::directory);
    }
    listeners.forEach(Runnable::run);
  }

  /// The registry called `name`, or a not-found problem with a sentence.
  public Registry require(String workspace, String name) {
    Registry found = directory.find(workspace, name);
    if (found == null) {
      throw new ProblemException(
          new Problem.NotFound(
              "There is no registry \"%s\" in the workspace \"%s\".".formatted(name, workspace)));
    }
    return found;
  }

  /// The workspace called `name`, now or before it was renamed; made if it is not there.
  public Workspace workspace(Actor actor, String name) {
    requireName("a workspace", name);
    return change(handle -> {
      Workspaces.alone(handle);
      Workspace there = Workspaces.find(handle, name);
      if (there != null) {
        return there;
      }
      trail.add(handle, actor, new Trail.Entry(null, "workspace.create", name, ""));
      return Workspaces.insert(handle, name, clock.millis());
    });
  }

  /// Makes a registry without upstreams. A conflict if the name is taken, also as an old name.
  public Registry create(
      Actor actor, Workspace workspace, String name, Registry.Settings settings) {
    requireName("a registry", name);
    requireScopes(settings);
    change(handle -> {
      RegistryRows.insert(handle, workspace, name, settings, clock.millis());
      audit(handle, actor, workspace, "registry.create", name);
      return name;
    });
    return require(workspace.name(), name);
  }

  /// Gives `registry` other settings.
  public Registry change(Actor actor, Registry registry, Registry.Settings settings) {
    return change(actor, registry, settings, _ -> {});
  }

  /// The same; an outdated problem if its settings are not those of `before`.
  public Registry replace(Actor actor, Registry before, Registry.Settings settings) {
    return change(actor, before, settings, handle -> requireUnchanged(handle, before));
  }

  private Registry change(
      Actor actor, Registry registry, Registry.Settings settings, Consumer<Handle> check) {
    requireScopes(settings);
    change(handle -> {
      check.accept(handle);
      handle
          .createUpdate(
              """
              UPDATE registry SET kind = :kind, anonymous_read = :anonymous,
                overwriting = :overwriting, owners_only = :owners, archived = :archived,
                scopes = :scopes, second_factor = :factor, approver = :approver
              WHERE id = :id
              """)
          .bindMap(RegistryRows.columns(settings))
          .bind("id", registry.id())
          .execute();
      audit(handle, actor, registry.workspace(), "registry.change", registry.name());
      return registry;
    });
    return require(registry.workspace().name(), registry.name());
  }

  /// Renames; the old name goes on answering.
  public Registry rename(Actor actor, Registry registry, String name) {
    requireName("a registry", name);
    change(handle -> {
      handle.execute(
          "DELETE FROM registry_alias WHERE registry_id = ? AND name = ?", registry.id(), name);
      RegistryRows.requireFree(handle, registry.workspace(), name);
      handle.execute("UPDATE registry SET name = ? WHERE id = ?", name, registry.id());
      handle.execute(
          "INSERT INTO registry_alias (workspace_id, name, registry_id) VALUES (?, ?, ?)",
          registry.workspace().id(),
          registry.name(),
          registry.id());
      audit(handle, actor, registry.workspace(), "registry.rename", registry.name() + " " + name);
      return name;
    });
    return require(registry.workspace().name(), name);
  }

  /// Deletes a registry and everything published in it. A conflict while others draw from it.
  public void delete(Actor actor, Registry registry) {
    change(handle -> {
      List<String> users =
          handle
              .createQuery(
                  "SELECT registry.name FROM upstream JOIN registry ON registry.id ="
                      + " upstream.registry_id WHERE target_id = ?")
              .bind(0, registry.id())
              .mapTo(String.class)
              .list();
      if (!users.isEmpty()) {
        throw new ProblemException(
            new Problem.Conflict(
                "\"%s\" is an upstream of %s: remove it there first."
                    .formatted(registry.name(), String.join(", ", users))));
      }
      handle.execute("DELETE FROM registry WHERE id = ?", registry.id());
      audit(handle, actor, registry.workspace(), "registry.delete", registry.name());
      return registry;
    });
  }

  /// Where the public registry is, or null if none was found.
  public @Nullable URI publicRegistry() {
    return database.read(RegistryRows::publicRegistry);
  }

  /// Remembers under which addresses the registries here are reached, hosts below `domain` too, so
  /// that none of them is made an upstream.
  public void reachedAt(List<URI> addresses, @Nullable Domain domain) {
    var _ =
        database.write(handle -> {
          OwnAddresses.remember(handle, addresses, domain);
          return addresses;
        });
  }

  /// Under which addresses the registries here are reached; the last is the one that people are
  /// given. Empty before a server has run.
  public List<String> addresses() {
    return database.read(OwnAddresses::read);
  }

  /// Whether a registry at `url` would be one of this installation.
  public boolean isHere(URI url) {
    return database.read(handle -> OwnAddresses.contain(handle, url));
  }

  /// Sets where the public registry is.
  public void publicRegistry(Actor actor, URI url) {
    change(handle -> {
      if (OwnAddresses.contain(handle, url)) {
        throw new ProblemException(
            new Problem.Conflict(
                "%s is this server itself and cannot be its public registry.".formatted(url)));
      }
      handle.execute(
          "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET"
              + " value = excluded.value",
          RegistryRows.PUBLIC_REGISTRY,
          url.toString());
      trail.add(handle, actor, new Trail.Entry(null, "server.public-registry", url.toString(), ""));
      return url;
    });
  }

  <R extends @Nullable Object> R change(Work<R> work) {
    R result =
        database.write(handle -> {
          R done = work.run(handle);
          Changes.raise(database, handle, Changes.Topic.REGISTRIES);
          return done;
        });
    reload();
    return result;
  }

  void audit(Handle handle, Actor actor, Workspace workspace, String action, String subject) {
    trail.add(handle, actor, new Trail.Entry(workspace.id(), action, subject, ""));
  }

  /// Refuses what cannot be the name of a registry or a workspace; `what` says of which.
  public static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
          new Problem.Malformed(
              "\"%s\" cannot be the name of %s: use up to 64 small letters, digits, dots, dashes"
                      .formatted(name, what)
                  + " and underscores, and start with a letter or digit."));
    }
  }

  private static void requireUnchanged(Handle handle, Registry before) {
    Registry now = RegistryRows.directory(handle).byId(before.id());
    if (now == null || !now.settings().equals(before.settings())) {
      throw new ProblemException(
          new Problem.Outdated(
              "\"%s\" was changed a moment ago: look at it again.".formatted(before.name())));
    }
  }

  private static void requireScopes(Registry.Settings settings) {
    for (String scope : settings.scopes()) {
      if (!PackageName.isValid(scope + "/any") || !PackageName.parse(scope + "/any").isScoped()) {
        throw new ProblemException(
            new Problem.Malformed(
                "\"%s\" is no scope: write it with its @, as in @team.".formatted(scope)));
      }
    }
  }
}
