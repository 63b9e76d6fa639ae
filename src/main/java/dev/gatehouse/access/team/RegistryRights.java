package dev.gatehouse.access.team;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.account.Grants;
import dev.gatehouse.access.account.Grants.Audience;
import dev.gatehouse.access.account.Grants.Permission;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who may do what in which registry, besides what their roles allow. Whoever administers a
/// registry says so, and gives nobody what they may not do there themselves.
public final class RegistryRights {
  private static final int MOST = 1_000;

  private final Rights.Ground ground;

  RegistryRights(Rights.Ground ground) {
    this.ground = ground;
  }

  /// A registry, and whether the one who changes its rights decides on exceptions there.
  public record Here(long workspaceId, long registryId, String name, boolean decides) {}

  /// What holds in one registry, by the names of accounts and teams.
  public record Given(
      Audience audience,
      SortedMap<String, Set<Permission>> people,
      SortedMap<String, Set<Permission>> teams) {
    /// Keeps its own copies.
    public Given {
      people = Collections.unmodifiableSortedMap(new TreeMap<>(people));
      teams = Collections.unmodifiableSortedMap(new TreeMap<>(teams));
    }

    private int size() {
      return people.size() + teams.size();
    }
  }

  /// What holds in the registry of that id.
  public Given show(long registryId) {
    return ground.read(handle -> show(handle, registryId));
  }

  /// Replaces it by `wanted`, of what was `before`: a problem if that is not so any more.
  public Given set(Actor actor, Here here, Given before, Given wanted) {
    if (wanted.size() > MOST) {
      throw Names.malformed("A registry names up to %d people and teams.".formatted(MOST));
    }
    return ground.change(handle -> {
      handle.execute("UPDATE workspace SET name = name WHERE id = ?", here.workspaceId);
      Given now = show(handle, here.registryId);
      if (!now.equals(before)) {
        throw new ProblemException(
            new Problem.Outdated(
                "Somebody has changed this since you looked at it: load it again, then change"
                    + " it."));
      }
      requireMayGive(handle, actor, here, added(now, wanted));
      write(handle, here, wanted);
      ground.record(
          handle,
          actor,
          new Trail.Entry(here.workspaceId, "registry.rights", here.name, details(wanted)));
      return show(handle, here.registryId);
    });
  }

  /// What somebody would have who does not have it now.
  private static Set<Permission> added(Given now, Given wanted) {
    Set<Permission> added = EnumSet.noneOf(Permission.class);
    wanted.people.forEach((name, these) -> addNew(added, now.people.get(name), these));
    wanted.teams.forEach((name, these) -> addNew(added, now.teams.get(name), these));
    return added;
  }

  private static void addNew(
      Set<Permission> added, @Nullable Set<Permission> had, Set<Permission> wanted) {
    wanted.stream().filter(one -> had == null || !had.contains(one)).forEach(added::add);
  }

  private static void requireMayGive(Handle handle, Actor actor, Here here, Set<Permission> added) {
    switch (actor) {
      case Actor.Operator _, Actor.Job _ -> {}
      case Actor.Anonymous _ -> throw forbidden("Sign in first.");
      case Actor.User(long id, _, _) -> {
        Account mine = AccountRows.byId(handle, id);
        if (mine == null || !mine.active() || mine.workspaceId() != here.workspaceId) {
          throw forbidden("Your account is gone.");
        }
        Grants grants = Grants.of(handle, id);
        requireRight(mine, grants, here, Right.MANAGE_REGISTRIES);
        for (Permission one : added) {
          one.rights().forEach(right -> requireRight(mine, grants, here, right));
        }
        if (added.contains(Permission.APPROVE) && !here.decides) {
          throw forbidden(
              "You do not decide on exceptions in %s: let somebody who does name others."
                  .formatted(here.name));
        }
      }
    }
  }

  private static void requireRight(Account mine, Grants grants, Here here, Right right) {
    if (!grants.allow(mine.rights(), here.registryId, right)) {
      throw forbidden(
          "You may not %s in %s yourself, so that you cannot let others: ask an owner."
              .formatted(right.words(), here.name));
    }
  }

  private static void write(Handle handle, Here here, Given wanted) {
    handle.execute("DELETE FROM registry_grant WHERE registry_id = ?", here.registryId);
    handle.execute("DELETE FROM registry_audience WHERE registry_id = ?", here.registryId);
    if (wanted.audience != Audience.ROLES) {
      handle.execute(
          "INSERT INTO registry_audience (registry_id, audience) VALUES (?, ?)",
          here.registryId,
          wanted.audience.name().toLowerCase(Locale.ROOT));
    }
    for (Map.Entry<String, Set<Permission>> one : wanted.people.entrySet()) {
      Account account = AccountRows.find(handle, here.workspaceId, one.getKey());
      if (account == null) {
        throw Names.malformed("There is no user \"%s\" in this workspace.".formatted(one.getKey()));
      }
      insert(handle, here, account.id(), null, one.getValue());
    }
    for (Map.Entry<String, Set<Permission>> one : wanted.teams.entrySet()) {
      Long team = Teams.find(handle, here.workspaceId, one.getKey());
      if (team == null) {
        throw Names.malformed("There is no team \"%s\" in this workspace.".formatted(one.getKey()));
      }
      insert(handle, here, null, team, one.getValue());
    }
  }

  private static void insert(
      Handle handle,
      Here here,
      @Nullable Long account,
      @Nullable Long team,
      Set<Permission> permissions) {
    for (Permission one : permissions) {
      handle.execute(
          """
          INSERT INTO registry_grant (registry_id, account_id, team_id, permission)
          VALUES (?, ?, ?, ?)
          """,
          here.registryId,
          account,
          team,
          one.word());
    }
  }

  private static Given show(Handle handle, long registryId) {
    return new Given(
        Grants.nothing(handle).audiences().getOrDefault(registryId, Audience.ROLES),
        given(handle, registryId, "account"),
        given(handle, registryId, "team"));
  }

  private static SortedMap<String, Set<Permission>> given(
      Handle handle, long registryId, String table) {
    SortedMap<String, Set<Permission>> given = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT %1$s.name, registry_grant.permission FROM registry_grant
              JOIN %1$s ON %1$s.id = registry_grant.%1$s_id WHERE registry_grant.registry_id = ?
            """
                .formatted(table))
        .bind(0, registryId)
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(one -> {
          for (Permission permission : Permission.values()) {
            if (permission.word().equals(one.getValue())) {
              given
                  .computeIfAbsent(one.getKey(), _ -> EnumSet.noneOf(Permission.class))
                  .add(permission);
            }
          }
        });
    return given;
  }

  /// All words are checked before they are written.
  private static String details(Given given) {
    return "{\"audience\":\"%s\",\"people\":%s,\"teams\":%s}"
        .formatted(
            given.audience.name().toLowerCase(Locale.ROOT),
            details(given.people),
            details(given.teams));
  }

  private static String details(SortedMap<String, Set<Permission>> given) {
    return given.entrySet().stream()
        .map(one ->
            "\"%s\":\"%s\""
                .formatted(
                    one.getKey(),
                    String.join(" ", one.getValue().stream().map(Permission::word).toList())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static ProblemException forbidden(String sentence) {
    return new ProblemException(new Problem.Forbidden(sentence));
  }
}
