package dev.gatehouse.registries;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import org.jdbi.v3.core.Handle;

/// Makes workspaces and renames them, for those who run the server. Everything is written in the
/// trail of their own workspace, and what changes another in that one's as well: there they are the
/// operator, as somebody else may have their name.
public final class Founder {
  private static final Actor OUTSIDE = new Actor.Operator();

  private final Registries registries;
  private final Trail trail;

  /// Workspaces that have `registries`.
  public Founder(Registries registries, Trail trail) {
    this.registries = registries;
    this.trail = trail;
  }

  /// Who founds: an account of the workspace with that id.
  public record By(Actor actor, long workspaceId) {}

  /// Makes the workspace `name`, and in it what the first start makes: the registry `default`,
  /// which draws from the public one. A conflict if the name is taken, also as an old name.
  public Workspace found(By by, String name) {
    Registries.requireName("a workspace", name);
    return registries.change(handle -> {
      Workspaces.alone(handle);
      Workspaces.requireFree(handle, name);
      long now = trail.clock().millis();
      Workspace made = Workspaces.insert(handle, name, now);
      long registry =
          RegistryRows.insert(
              handle, made, Workspace.DEFAULT, Registry.Settings.of(Registry.Kind.STANDARD), now);
      handle.execute(
          """
          INSERT INTO upstream (registry_id, position, name, kind, internal, pushes, forward)
          VALUES (?, 1, 'public', 'public', FALSE, FALSE, 'none')
          """,
          registry);
      note(handle, by, made, "workspace.create", name);
      registries.audit(handle, OUTSIDE, made, "registry.create", Workspace.DEFAULT);
      registries.audit(handle, OUTSIDE, made, "upstream.add", Workspace.DEFAULT + " public");
      return made;
    });
  }

  /// Renames `before`; its old names go on answering. An outdated problem if it has another name by
  /// now.
  public Workspace rename(By by, Workspace before, String name) {
    Registries.requireName("a workspace", name);
    if (before.name().equals(Workspace.DEFAULT)) {
      throw new ProblemException(
          new Problem.Conflict(
              "The workspace \"default\" keeps its name: it is the one whose addresses name"
                  + " none."));
    }
    if (before.name().equals(name)) {
      return before;
    }
    return registries.change(handle -> {
      Workspaces.alone(handle);
      handle.execute(
          "DELETE FROM workspace_alias WHERE workspace_id = ? AND name = ?", before.id(), name);
      Workspaces.requireFree(handle, name);
      int renamed =
          handle.execute(
              "UPDATE workspace SET name = ? WHERE id = ? AND name = ?",
              name,
              before.id(),
              before.name());
      if (renamed == 0) {
        throw new ProblemException(
            new Problem.Outdated(
                "\"%s\" was renamed a moment ago: look at it again.".formatted(before.name())));
      }
      handle.execute(
          "INSERT INTO workspace_alias (name, workspace_id) VALUES (?, ?)",
          before.name(),
          before.id());
      note(handle, by, before, "workspace.rename", before.name() + " " + name);
      return new Workspace(before.id(), name);
    });
  }

  private void note(Handle handle, By by, Workspace changed, String action, String subject) {
    trail.add(handle, by.actor, new Trail.Entry(by.workspaceId, action, subject, ""));
    if (by.workspaceId != changed.id()) {
      registries.audit(handle, OUTSIDE, changed, action, subject);
    }
  }
}
