package dev.gatehouse.access.account;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads accounts from their table.
public final class AccountRows {
  private static final String SELECT =
      """
      SELECT account.*, custom_role.name AS custom_name, custom_role.description AS custom_words,
        custom_role.rights AS custom_rights
      FROM account LEFT JOIN custom_role ON custom_role.id = account.custom_role_id
      """;

  private AccountRows() {}

  /// All accounts of all workspaces.
  public static List<Account> all(Handle handle) {
    return handle.createQuery(SELECT + " ORDER BY account.id").map((row, _) -> account(row)).list();
  }

  static List<Account> in(Handle handle, long workspaceId) {
    return handle
        .createQuery(SELECT + " WHERE account.workspace_id = ? ORDER BY account.name")
        .bind(0, workspaceId)
        .map((row, _) -> account(row))
        .list();
  }

  /// The account called `name` in the workspace, or null.
  public static @Nullable Account find(Handle handle, long workspaceId, String name) {
    return handle
        .createQuery(SELECT + " WHERE account.workspace_id = ? AND account.name = ?")
        .bind(0, workspaceId)
        .bind(1, name)
        .map((row, _) -> account(row))
        .findOne()
        .orElse(null);
  }

  /// The account with that id, or null.
  public static @Nullable Account byId(Handle handle, long id) {
    return handle
        .createQuery(SELECT + " WHERE account.id = ?")
        .bind(0, id)
        .map((row, _) -> account(row))
        .findOne()
        .orElse(null);
  }

  static @Nullable String password(Handle handle, long id) {
    return handle
        .createQuery("SELECT password FROM account WHERE id = ? AND password IS NOT NULL")
        .bind(0, id)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /// What the provider is called that a workspace leaves signing in to; null: passwords work.
  static @Nullable String providerInstead(Handle handle, long workspaceId) {
    return handle
        .createQuery("SELECT name FROM provider WHERE workspace_id = ? AND NOT passwords")
        .bind(0, workspaceId)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /// Whether a provider alone lets the account in: it has no password and never chose one.
  static boolean isProvided(Handle handle, long id) {
    return handle
            .createQuery(
                """
                SELECT COUNT(*) FROM provider_link
                  JOIN account ON account.id = provider_link.account_id
                WHERE account.id = ? AND account.password IS NULL
                """)
            .bind(0, id)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /// The role that owners of the workspace have made by that name, or null.
  public static @Nullable CustomRole custom(Handle handle, long workspaceId, String name) {
    return handle
        .createQuery("SELECT * FROM custom_role WHERE workspace_id = ? AND name = ?")
        .bind(0, workspaceId)
        .bind(1, name)
        .map((row, _) -> customRole(row))
        .findOne()
        .orElse(null);
  }

  /// The role of that name in the workspace, or a malformed problem that lists all.
  public static Role.Given role(Handle handle, long workspaceId, String label) {
    CustomRole custom = custom(handle, workspaceId, label);
    if (custom != null) {
      return Role.Given.of(custom);
    }
    for (Role role : Role.values()) {
      if (role.label().equals(label)) {
        return Role.Given.of(role);
      }
    }
    List<String> labels = new ArrayList<>(Arrays.stream(Role.values()).map(Role::label).toList());
    labels.addAll(
        handle
            .createQuery("SELECT name FROM custom_role WHERE workspace_id = ? ORDER BY name")
            .bind(0, workspaceId)
            .mapTo(String.class)
            .list());
    throw new ProblemException(
        new Problem.Malformed(
            "\"%s\" is no role: use one of %s.".formatted(label, String.join(", ", labels))));
  }

  /// `role` as it stands now: one that an owner has made may allow more by now, or be gone.
  public static Role.Given current(Handle handle, long workspaceId, Role.Given role) {
    CustomRole wanted = role.custom();
    if (wanted == null) {
      return role;
    }
    CustomRole now = custom(handle, workspaceId, wanted.id());
    if (now == null) {
      throw new ProblemException(
          new Problem.NotFound("The role \"%s\" is gone.".formatted(wanted.name())));
    }
    return Role.Given.of(now);
  }

  /// The role that owners of the workspace have made by that id, or null.
  public static @Nullable CustomRole custom(Handle handle, long workspaceId, long id) {
    return handle
        .createQuery("SELECT * FROM custom_role WHERE workspace_id = ? AND id = ?")
        .bind(0, workspaceId)
        .bind(1, id)
        .map((row, _) -> customRole(row))
        .findOne()
        .orElse(null);
  }

  private static CustomRole customRole(ResultSet row) throws SQLException {
    return new CustomRole(
        row.getLong("id"),
        row.getString("name"),
        row.getString("description"),
        CustomRole.parse(row.getString("rights")));
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getLong("id"),
        row.getLong("workspace_id"),
        row.getString("name"),
        Role.of(row.getString("role")),
        custom(row),
        row.getString("email"),
        Profile.ofJson(row.getString("profile")),
        row.getBoolean("active"),
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("updated")));
  }

  private static @Nullable CustomRole custom(ResultSet row) throws SQLException {
    String name = row.getString("custom_name");
    return name == null
        ? null
        : new CustomRole(
            row.getLong("custom_role_id"),
            name,
            row.getString("custom_words"),
            CustomRole.parse(row.getString("custom_rights")));
  }
}
