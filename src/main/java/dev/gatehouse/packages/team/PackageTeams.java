package dev.gatehouse.packages.team;

import dev.gatehouse.db.Database;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.npm.Quoted;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What teams may do with packages of registries, and with whole scopes, which are named `@acme/*`.
/// It opens nothing: who publishes needs the right to, by role or permission; where only owners
/// change packages, those who may write are owners.
public record PackageTeams(Database database) {
  private static final String ALL = "/*";
  private static final int MOST_TEAMS = 100;
  private static final int MOST_NAMES = 10_000;

  /// What a team is given, in npm's words.
  public enum Permission {
    /// To know of it: whoever reads the registry reads all of it anyway.
    READ_ONLY,
    /// To own it.
    READ_WRITE;

    /// How npm, the API and the database write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How npm lists it.
    public String listed() {
      return this == READ_WRITE ? "write" : "read";
    }

    private static Permission of(String column) {
      // What this version does not know gives least.
      return column.equals(READ_WRITE.word()) ? READ_WRITE : READ_ONLY;
    }
  }

  /// What was changed for one team: null for nothing.
  public record Change(String team, @Nullable Permission permission) {}

  /// The scope that a package is in as it is named here, `@acme/*`; null if it is in none.
  public static @Nullable String scopeOf(String name) {
    return name.startsWith("@") ? name.substring(0, name.indexOf('/')) + ALL : null;
  }

  /// Whether that names a scope and no package.
  public static boolean isScope(PackageName name) {
    return name.isScoped() && name.unscoped().equals("*");
  }

  /// The teams of one package, or one scope, by name.
  public SortedMap<String, Permission> of(long registryId, String name) {
    return database.read(handle -> of(handle, registryId, name));
  }

  /// As [#of(long, String)], inside a transaction.
  public static SortedMap<String, Permission> of(Handle handle, long registryId, String name) {
    SortedMap<String, Permission> teams = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT team.name, permission FROM package_team
              JOIN team ON team.id = package_team.team_id
            WHERE registry_id = :registry AND package_team.name = :name
            """)
        .bind("registry", registryId)
        .bind("name", name)
        .map((row, _) -> teams.put(row.getString(1), Permission.of(row.getString(2))))
        .list();
    return Collections.unmodifiableSortedMap(teams);
  }

  /// The teams of all scopes of a registry, by scope.
  public SortedMap<String, SortedMap<String, Permission>> scopes(long registryId) {
    return database.read(handle -> scopes(handle, registryId));
  }

  /// As [#scopes(long)], inside a transaction.
  public static SortedMap<String, SortedMap<String, Permission>> scopes(
      Handle handle, long registryId) {
    SortedMap<String, SortedMap<String, Permission>> scopes = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT package_team.name, team.name, permission FROM package_team
              JOIN team ON team.id = package_team.team_id
            WHERE registry_id = :registry AND package_team.name LIKE '@%/*'
            """)
        .bind("registry", registryId)
        .map((row, _) ->
            scopes
                .computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                .put(row.getString(2), Permission.of(row.getString(3))))
        .list();
    return scopes;
  }

  /// What a team was given in a registry, by the name of the package or scope.
  public SortedMap<String, Permission> ofTeam(long registryId, long teamId) {
    SortedMap<String, Permission> names = new TreeMap<>();
    database.read(handle ->
        handle
            .createQuery(
                """
                SELECT name, permission FROM package_team
                WHERE registry_id = :registry AND team_id = :team ORDER BY name LIMIT :most
                """)
            .bind("registry", registryId)
            .bind("team", teamId)
            .bind("most", MOST_NAMES)
            .map((row, _) -> names.put(row.getString(1), Permission.of(row.getString(2))))
            .list());
    return names;
  }

  /// What the members of teams may do with a package, by themselves or by its scope, by account.
  public SortedMap<String, Permission> members(long registryId, String name) {
    SortedMap<String, Permission> members = new TreeMap<>();
    database.read(handle ->
        handle
            .createQuery(
                """
                SELECT account.name, permission FROM package_team
                  JOIN team_member ON team_member.team_id = package_team.team_id
                  JOIN account ON account.id = team_member.account_id
                WHERE registry_id = :registry AND package_team.name IN (<names>)
                """)
            .bind("registry", registryId)
            .bindList("names", new Owners.Place(registryId, name).names())
            .map((row, _) ->
                members.merge(
                    row.getString(1),
                    Permission.of(row.getString(2)),
                    (one, other) -> one.compareTo(other) > 0 ? one : other))
            .list());
    return members;
  }

  /// Makes `wanted` all that teams of the workspace may do with the package or scope, in the
  /// caller's transaction. Gives what that changes.
  public static List<Change> set(
      Handle handle, long workspaceId, Owners.Place place, Map<String, Permission> wanted) {
    if (wanted.size() > MOST_TEAMS) {
      throw new ProblemException(
          new Problem.TooLarge(
              "Up to %d teams have to do with one package or scope.".formatted(MOST_TEAMS)));
    }
    SortedMap<String, Permission> now = of(handle, place.registryId(), place.name());
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<String, Permission> one : new TreeMap<>(wanted).entrySet()) {
      if (now.get(one.getKey()) != one.getValue()) {
        write(handle, place, team(handle, workspaceId, one.getKey()), one.getValue());
        changes.add(new Change(one.getKey(), one.getValue()));
      }
    }
    for (String gone : now.keySet()) {
      if (!wanted.containsKey(gone)) {
        handle.execute(
            "DELETE FROM package_team WHERE registry_id = ? AND name = ? AND team_id = ?",
            place.registryId(),
            place.name(),
            team(handle, workspaceId, gone));
        changes.add(new Change(gone, null));
      }
    }
    return changes;
  }

  private static void write(Handle handle, Owners.Place place, long team, Permission permission) {
    handle.execute(
        """
        INSERT INTO package_team (registry_id, name, team_id, permission) VALUES (?, ?, ?, ?)
        ON CONFLICT (registry_id, name, team_id) DO UPDATE SET permission = excluded.permission
        """,
        place.registryId(),
        place.name(),
        team,
        permission.word());
  }

  private static long team(Handle handle, long workspaceId, String name) {
    return handle
        .createQuery("SELECT id FROM team WHERE workspace_id = :workspace AND name = :name")
        .bind("workspace", workspaceId)
        .bind("name", name)
        .mapTo(Long.class)
        .findOne()
        .orElseThrow(() ->
            new ProblemException(
                new Problem.NotFound(
                    "There is no team %s in this workspace.".formatted(Quoted.quote(name)))));
  }
}
