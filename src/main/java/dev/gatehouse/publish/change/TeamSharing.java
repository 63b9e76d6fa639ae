package dev.gatehouse.publish.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.packages.team.Owners;
import dev.gatehouse.packages.team.PackageTeams;
import dev.gatehouse.packages.team.PackageTeams.Change;
import dev.gatehouse.packages.team.PackageTeams.Permission;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Draft;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.publish.Editing;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Which teams own which packages and scopes. Who may change a package names its teams; who manages
/// a registry names those of scopes, since a scope is owned before there is anything in it.
public final class TeamSharing {
  private static final int MOST_SCOPES = 200;

  private final Editing editing;
  private final Database database;
  private final Trail trail;

  /// Changes packages through `editing`, and scopes in `database`.
  public TeamSharing(Editing editing, Database database, Trail trail) {
    this.editing = editing;
    this.database = database;
    this.trail = trail;
  }

  /// Gives a team `permission`, or null to take what it has, for what `edit` names: a package, or a
  /// scope as `@acme/*`.
  public void give(Edit edit, String team, @Nullable Permission permission) {
    UnaryOperator<SortedMap<String, Permission>> change =
        now -> {
          SortedMap<String, Permission> wanted = new TreeMap<>(now);
          if (permission != null) {
            wanted.put(team, permission);
          } else if (wanted.remove(team) == null) {
            throw new ProblemException(
                new Problem.NotFound(
                    "The team %s has nothing to do with %s.".formatted(team, edit.name())));
          }
          return wanted;
        };
    if (PackageTeams.isScope(edit.name())) {
      requireManages(edit);
      inScopes(edit, handle -> setScope(handle, edit, edit.name().value(), change));
    } else {
      inPackage(edit, change);
    }
  }

  /// Makes `wanted` all that teams may do with the package, if they still may what they could
  /// `before`.
  public void set(Edit edit, Map<String, Permission> before, Map<String, Permission> wanted) {
    if (PackageTeams.isScope(edit.name())) {
      throw Editing.notHosted(edit);
    }
    inPackage(
        edit,
        now -> {
          requireSame(now, before);
          return new TreeMap<>(wanted);
        });
  }

  /// Makes `wanted` all that teams may do with scopes of the registry of `edit`, if they still may
  /// what they could `before`.
  public void setScopes(
      Edit edit,
      Map<String, ? extends Map<String, Permission>> before,
      Map<String, ? extends Map<String, Permission>> wanted) {
    if (wanted.size() > MOST_SCOPES) {
      throw new ProblemException(
          new Problem.TooLarge("A registry has teams for up to %d scopes.".formatted(MOST_SCOPES)));
    }
    requireManages(edit);
    inScopes(
        edit,
        handle -> {
          requireSame(PackageTeams.scopes(handle, edit.registry().id()), before);
          var all = new TreeSet<String>(before.keySet());
          all.addAll(wanted.keySet());
          for (String scope : all) {
            Map<String, Permission> teams = wanted.get(scope);
            setScope(
                handle, edit, scope, _ -> teams == null ? new TreeMap<>() : new TreeMap<>(teams));
          }
        });
  }

  private void inPackage(Edit edit, UnaryOperator<SortedMap<String, Permission>> change) {
    editing.change(
        edit,
        draft -> {
          Sharing.requirePublished(edit, draft);
          var place = new Owners.Place(edit.registry().id(), edit.name().value());
          SortedMap<String, Permission> now =
              PackageTeams.of(draft.handle(), place.registryId(), place.name());
          PackageTeams.set(
                  draft.handle(), edit.registry().workspace().id(), place, change.apply(now))
              .forEach(one -> draft.note(action("package", one), "", details(one)));
        });
  }

  private interface InScopes {
    void change(Handle handle);
  }

  /// One after the other: what was looked at is so when it is changed.
  private void inScopes(Edit edit, InScopes change) {
    edit.requireNotArchived();
    var _ =
        database.write(handle -> {
          handle.execute("UPDATE registry SET name = name WHERE id = ?", edit.registry().id());
          change.change(handle);
          return true;
        });
  }

  private void setScope(
      Handle handle, Edit edit, String scope, UnaryOperator<SortedMap<String, Permission>> change) {
    long workspace = edit.registry().workspace().id();
    var place = new Owners.Place(edit.registry().id(), scope);
    SortedMap<String, Permission> now = PackageTeams.of(handle, place.registryId(), scope);
    for (Change one : PackageTeams.set(handle, workspace, place, change.apply(now))) {
      trail.add(
          handle,
          edit.actor(),
          new Trail.Entry(
              workspace,
              action("scope", one),
              edit.registry().name() + "/" + scope,
              details(one).toString()));
    }
  }

  private static void requireManages(Edit edit) {
    edit.require(Right.MANAGE_REGISTRIES);
  }

  private static void requireSame(Object now, Object before) {
    if (!now.equals(before)) {
      throw new ProblemException(
          new Problem.Outdated(
              "Somebody has changed this since you looked at it: load it again, then change it."));
    }
  }

  private static String action(String what, Change change) {
    return what + (change.permission() == null ? ".revoke" : ".grant");
  }

  private static ObjectNode details(Change change) {
    ObjectNode details = Draft.details().put("team", change.team());
    return change.permission() == null
        ? details
        : details.put("permission", change.permission().word());
  }
}
