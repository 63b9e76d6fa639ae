package dev.gatehouse.access.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What one account may do in single registries, by itself and by its teams; and where the roles of
/// all count for less.
///
/// @param given by the registry's id
/// @param audiences by the registry's id; those that are not there are open to all roles
public record Grants(Map<Long, Set<Right>> given, Map<Long, Audience> audiences) {
  /// Nothing but the role.
  public static final Grants NONE = new Grants(Map.of(), Map.of());

  private static final String GIVEN =
      """
      SELECT account_id, registry_id, permission FROM registry_grant WHERE account_id IS NOT NULL
      UNION ALL
      SELECT team_member.account_id, registry_grant.registry_id, registry_grant.permission
        FROM registry_grant JOIN team_member ON team_member.team_id = registry_grant.team_id
      """;

  /// Keeps its own copies.
  public Grants {
    given = Map.copyOf(given);
    audiences = Map.copyOf(audiences);
  }

  /// What can be given in a registry.
  public enum Permission {
    /// Install and look at what is there.
    READ,
    /// Publish, and take back what is one's own.
    PUBLISH,
    /// Decide on exceptions from its policies.
    APPROVE,
    /// Change it, its upstreams and policies, who may do what there, and any package.
    ADMINISTER;

    /// What whoever has it may do there.
    public Set<Right> rights() {
      return switch (this) {
        case READ -> Set.of(Right.READ);
        case PUBLISH -> Set.of(Right.READ, Right.PUBLISH, Right.UNPUBLISH_OWN);
        case APPROVE -> Set.of(Right.READ, Right.DECIDE);
        case ADMINISTER ->
            Set.of(
                Right.READ,
                Right.PUBLISH,
                Right.UNPUBLISH_OWN,
                Right.UNPUBLISH_ANY,
                Right.MANAGE_REGISTRIES);
      };
    }

    /// How the API and the database write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whose roles count in a registry. Those who manage all registries are never kept out.
  public enum Audience {
    /// Everybody's, as in the whole workspace.
    ROLES,
    /// Everybody reads; to publish and decide takes a permission.
    READING,
    /// Also to read.
    NAMED;

    private boolean heeds(Right right) {
      return this == ROLES || (this == READING && right == Right.READ);
    }
  }

  /// Whether an account whose role has the rights `role` may use `right` in the registry.
  public boolean allow(Set<Right> role, long registry, Right right) {
    if (given.getOrDefault(registry, Set.of()).contains(right)) {
      return true;
    }
    Audience audience = audiences.getOrDefault(registry, Audience.ROLES);
    return role.contains(right)
        && (audience.heeds(right) || role.contains(Right.MANAGE_REGISTRIES));
  }

  /// Whether `right` was given to it in the registry, whatever its role.
  public boolean gives(long registry, Right right) {
    return given.getOrDefault(registry, Set.of()).contains(right);
  }

  /// Everything that was given in any registry.
  Set<Right> all() {
    Set<Right> all = EnumSet.noneOf(Right.class);
    given.values().forEach(all::addAll);
    return all;
  }

  /// Those of one account.
  public static Grants of(Handle handle, long account) {
    List<Row> rows =
        handle
            .createQuery("SELECT * FROM (" + GIVEN + ") AS given WHERE account_id = ?")
            .bind(0, account)
            .map((row, _) -> new Row(row.getLong(1), row.getLong(2), row.getString(3)))
            .list();
    return new Grants(byRegistry(rows), audiences(handle));
  }

  /// Those of all accounts, by id; [#nothing] is for who is not among them.
  public static Map<Long, Grants> all(Handle handle) {
    Map<Long, List<Row>> byAccount = new HashMap<>();
    handle
        .createQuery(GIVEN)
        .map((row, _) -> new Row(row.getLong(1), row.getLong(2), row.getString(3)))
        .forEach(row -> byAccount.computeIfAbsent(row.account, _ -> new ArrayList<>()).add(row));
    Map<Long, Audience> audiences = audiences(handle);
    Map<Long, Grants> all = new HashMap<>();
    byAccount.forEach((account, rows) -> all.put(account, new Grants(byRegistry(rows), audiences)));
    return all;
  }

  /// For whom nothing was given.
  public static Grants nothing(Handle handle) {
    return new Grants(Map.of(), audiences(handle));
  }

  private record Row(long account, long registry, String permission) {}

  private static Map<Long, Set<Right>> byRegistry(List<Row> rows) {
    Map<Long, Set<Right>> given = new HashMap<>();
    for (Row row : rows) {
      for (Permission one : Permission.values()) {
        if (one.word().equals(row.permission)) {
          given
              .computeIfAbsent(row.registry, _ -> EnumSet.noneOf(Right.class))
              .addAll(one.rights());
        }
      }
    }
    given.replaceAll((_, rights) -> Collections.unmodifiableSet(rights));
    return given;
  }

  private static Map<Long, Audience> audiences(Handle handle) {
    Map<Long, Audience> audiences = new HashMap<>();
    handle
        .createQuery("SELECT registry_id, audience FROM registry_audience")
        .map((row, _) -> Map.entry(row.getLong(1), row.getString(2)))
        .forEach(one -> audiences.put(one.getKey(), audience(one.getValue())));
    return audiences;
  }

  /// One that this version does not know lets fewest in.
  private static Audience audience(String column) {
    for (Audience one : Audience.values()) {
      if (one.name().equalsIgnoreCase(column)) {
        return one;
      }
    }
    return Audience.NAMED;
  }
}
