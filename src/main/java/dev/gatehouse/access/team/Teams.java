package dev.gatehouse.access.team;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountGuard;
import dev.gatehouse.access.account.Grants.Permission;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The teams of all workspaces. Whoever manages accounts manages them; nobody brings anybody,
/// themselves among them, into a team that may do what they may not.
public final class Teams {
  private static final int MOST = 500;

  private final Rights.Ground ground;

  Teams(Rights.Ground ground) {
    this.ground = ground;
  }

  /// The teams of a workspace by name.
  public List<Team> list(long workspaceId) {
    return ground.read(handle -> {
      Map<Long, List<String>> members = members(handle, workspaceId);
      return handle
          .createQuery("SELECT * FROM team WHERE workspace_id = ? ORDER BY name")
          .bind(0, workspaceId)
          .map((row, _) ->
              new Team(
                  row.getLong("id"),
                  workspaceId,
                  row.getString("name"),
                  row.getString("description"),
                  members.getOrDefault(row.getLong("id"), List.of())))
          .list();
    });
  }

  /// The team of that name, or a not-found problem with a sentence.
  public Team require(long workspaceId, String name) {
    return list(workspaceId).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(name));
  }

  /// The names of the teams that each of a workspace's people is in, by the person's name.
  public Map<String, List<String>> byMember(long workspaceId) {
    Map<String, List<String>> teams = new HashMap<>();
    for (Team team : list(workspaceId)) {
      for (String member : team.members()) {
        teams.computeIfAbsent(member, _ -> new ArrayList<>()).add(team.name());
      }
    }
    return teams;
  }

  /// Makes a team without members. A conflict if the name is taken.
  public Team create(Actor actor, long workspaceId, String name, String description) {
    Names.require(name);
    String words = Names.description(description);
    ground.change(handle -> {
      requireManages(handle, actor, workspaceId);
      requireRoom(handle, workspaceId);
      int made =
          handle.execute(
              """
              INSERT INTO team (workspace_id, name, description, updated) VALUES (?, ?, ?, ?)
              ON CONFLICT DO NOTHING
              """,
              workspaceId,
              name,
              words,
              ground.now());
      if (made == 0) {
        throw taken(name);
      }
      return record(handle, actor, workspaceId, "team.create", name);
    });
    return require(workspaceId, name);
  }

  /// Gives a team another name or description. Its members and rights stay.
  public Team change(Actor actor, Team team, String name, String description) {
    Names.require(name);
    String words = Names.description(description);
    ground.change(handle -> {
      requireManages(handle, actor, team.workspaceId());
      boolean free =
          handle
              .createQuery("SELECT id FROM team WHERE workspace_id = ? AND name = ? AND id <> ?")
              .bind(0, team.workspaceId())
              .bind(1, name)
              .bind(2, team.id())
              .mapTo(Long.class)
              .findOne()
              .isEmpty();
      if (!free) {
        throw taken(name);
      }
      touch(
          handle.execute(
              "UPDATE team SET name = ?, description = ?, updated = ? WHERE id = ?",
              name,
              words,
              ground.now(),
              team.id()),
          team);
      boolean renamed = !name.equals(team.name());
      return renamed
          ? record(handle, actor, team.workspaceId(), "team.rename", team.name() + " " + name)
          : record(handle, actor, team.workspaceId(), "team.change", name);
    });
    return require(team.workspaceId(), name);
  }

  /// Removes a team, and with it the rights that its members had by it.
  public void delete(Actor actor, Team team) {
    ground.change(handle -> {
      requireManages(handle, actor, team.workspaceId());
      requireOwnsNothing(handle, team);
      touch(handle.execute("DELETE FROM team WHERE id = ?", team.id()), team);
      return record(handle, actor, team.workspaceId(), "team.delete", team.name());
    });
  }

  /// Brings somebody in; nothing happens if they are.
  public Team add(Actor actor, Team team, Account account) {
    ground.change(handle -> {
      AccountGuard.requireManages(handle, actor, team.workspaceId(), rights(handle, team.id()));
      Account current = AccountGuard.lock(handle, account);
      requireHere(team, current);
      touch(
          handle.execute("UPDATE team SET updated = ? WHERE id = ?", ground.now(), team.id()),
          team);
      int made =
          handle.execute(
              "INSERT INTO team_member (team_id, account_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
              team.id(),
              current.id());
      return made == 0
          ? team.name()
          : record(
              handle, actor, team.workspaceId(), "team.add", team.name() + "/" + current.name());
    });
    return require(team.workspaceId(), team.name());
  }

  /// Takes somebody out; nothing happens if they are not in it.
  public Team remove(Actor actor, Team team, Account account) {
    ground.change(handle -> {
      requireManages(handle, actor, team.workspaceId());
      int gone =
          handle.execute(
              "DELETE FROM team_member WHERE team_id = ? AND account_id = ?",
              team.id(),
              account.id());
      return gone == 0
          ? team.name()
          : record(
              handle, actor, team.workspaceId(), "team.remove", team.name() + "/" + account.name());
    });
    return require(team.workspaceId(), team.name());
  }

  /// All that the team of that id may do in any registry, its members read at the least.
  private static Set<Right> rights(Handle handle, long team) {
    Set<Right> rights = EnumSet.of(Right.READ);
    List<String> given =
        handle
            .createQuery("SELECT permission FROM registry_grant WHERE team_id = ?")
            .bind(0, team)
            .mapTo(String.class)
            .list();
    for (Permission one : Permission.values()) {
      if (given.contains(one.word())) {
        rights.addAll(one.rights());
      }
    }
    if (owned(handle, team) != null) {
      rights.add(Right.PUBLISH);
    }
    return rights;
  }

  /// Something that the team owns, as `registry/name`; null if there is nothing.
  private static @Nullable String owned(Handle handle, long team) {
    return handle
        .createQuery(
            """
            SELECT registry.name || '/' || package_team.name FROM package_team
              JOIN registry ON registry.id = package_team.registry_id
            WHERE team_id = ? AND permission = 'read-write' ORDER BY 1 LIMIT 1
            """)
        .bind(0, team)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /// Without its last owner, anybody might publish in a scope.
  private static void requireOwnsNothing(Handle handle, Team team) {
    String owned = owned(handle, team.id());
    if (owned != null) {
      throw Names.conflict(
          "The team \"%s\" owns %s: let others own that first.".formatted(team.name(), owned));
    }
  }

  static @Nullable Long find(Handle handle, long workspaceId, String name) {
    return handle
        .createQuery("SELECT id FROM team WHERE workspace_id = ? AND name = ?")
        .bind(0, workspaceId)
        .bind(1, name)
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }

  private static Map<Long, List<String>> members(Handle handle, long workspaceId) {
    Map<Long, List<String>> members = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT team_member.team_id, account.name FROM team_member
              JOIN account ON account.id = team_member.account_id
            WHERE account.workspace_id = ? ORDER BY account.name
            """)
        .bind(0, workspaceId)
        .map((row, _) -> Map.entry(row.getLong(1), row.getString(2)))
        .forEach(one ->
            members.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(one.getValue()));
    return members;
  }

  private static void requireManages(Handle handle, Actor actor, long workspaceId) {
    AccountGuard.requireManages(handle, actor, workspaceId, Role.READ_ONLY);
  }

  private static void requireRoom(Handle handle, long workspaceId) {
    int there =
        handle
            .createQuery("SELECT COUNT(*) FROM team WHERE workspace_id = ?")
            .bind(0, workspaceId)
            .mapTo(Integer.class)
            .one();
    if (there >= MOST) {
      throw Names.conflict("There are %d teams: delete some of them first.".formatted(there));
    }
  }

  private static void requireHere(Team team, Account account) {
    if (account.workspaceId() != team.workspaceId()) {
      throw Names.missing("There is no user \"%s\" in this workspace.".formatted(account.name()));
    }
  }

  private static void touch(int rows, Team team) {
    if (rows == 0) {
      throw missing(team.name());
    }
  }

  private String record(Handle handle, Actor actor, long workspace, String action, String subject) {
    ground.record(handle, actor, new Trail.Entry(workspace, action, subject, ""));
    return subject;
  }

  private static RuntimeException taken(String name) {
    return Names.conflict("There is a team \"%s\" already: choose another name.".formatted(name));
  }

  static RuntimeException missing(String name) {
    return Names.missing("There is no team \"%s\" in this workspace.".formatted(name));
  }
}
