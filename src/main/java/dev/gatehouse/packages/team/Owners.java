package dev.gatehouse.packages.team;

import dev.gatehouse.packages.Packages;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Who owns a package in a registry: people, and the teams that may write it or its scope. A scope
/// is owned before there is anything in it.
///
/// @param includes whether the one who asks is among them
public record Owners(List<String> people, List<String> teams, boolean includes) {
  private static final int SHOWN = 5;

  /// Keeps its own copies.
  public Owners {
    people = List.copyOf(people);
    teams = List.copyOf(teams);
  }

  /// Those of the package called `name`, for whom the account with that id and name asks.
  public static Owners of(Handle handle, Place place, long account, String accountName) {
    Long id = Packages.id(handle, place.registryId(), place.name());
    List<String> people = id == null ? List.of() : Packages.owners(handle, id);
    List<String> teams = teams(handle, place);
    boolean included =
        people.contains(accountName) || (!teams.isEmpty() && isMember(handle, place, account));
    return new Owners(people, teams, included);
  }

  /// A name in a registry.
  public record Place(long registryId, String name) {
    List<String> names() {
      String scope = PackageTeams.scopeOf(name);
      return Stream.of(name, scope).filter(Objects::nonNull).distinct().toList();
    }
  }

  /// Whether somebody owns it and the one who asks does not. A team without members owns, too.
  public boolean exclude() {
    return !(people.isEmpty() && teams.isEmpty()) && !includes;
  }

  /// The first of them, to be asked.
  public String words() {
    List<String> all =
        Stream.concat(people.stream(), teams.stream().map(one -> "the team " + one)).toList();
    String more = all.size() > SHOWN ? ", …" : "";
    return String.join(", ", all.subList(0, Math.min(SHOWN, all.size()))) + more;
  }

  private static List<String> teams(Handle handle, Place place) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT team.name FROM package_team JOIN team ON team.id = package_team.team_id
            WHERE package_team.registry_id = :registry AND package_team.name IN (<names>)
              AND permission = 'read-write'
            ORDER BY team.name
            """)
        .bind("registry", place.registryId())
        .bindList("names", place.names())
        .mapTo(String.class)
        .list();
  }

  private static boolean isMember(Handle handle, Place place, long account) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM package_team
              JOIN team_member ON team_member.team_id = package_team.team_id
              WHERE registry_id = :registry AND name IN (<names>)
                AND permission = 'read-write' AND team_member.account_id = :account)
            """)
        .bind("registry", place.registryId())
        .bindList("names", place.names())
        .bind("account", account)
        .mapTo(Boolean.class)
        .one();
  }
}
