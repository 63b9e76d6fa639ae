package dev.gatehouse.access.provider;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.account.CustomRole;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.provider.saml.SamlSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of providers.
final class ProviderRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

  private ProviderRows() {}

  static @Nullable Provider find(Handle handle, long workspaceId) {
    return one(handle, "workspace_id", workspaceId);
  }

  static @Nullable Provider byId(Handle handle, long id) {
    return one(handle, "id", id);
  }

  /// Those of all workspaces that have that client of that issuer, by OpenID Connect.
  static List<Provider> of(Handle handle, String issuer, List<String> clients) {
    return handle
        .createQuery("SELECT * FROM provider WHERE issuer = ? AND saml IS NULL ORDER BY id")
        .bind(0, issuer)
        .map((row, _) -> provider(handle, row))
        .filter(one -> clients.contains(one.settings().clientId()))
        .list();
  }

  private static @Nullable Provider one(Handle handle, String column, long value) {
    return handle
        .createQuery("SELECT * FROM provider WHERE " + column + " = ?")
        .bind(0, value)
        .map((row, _) -> provider(handle, row))
        .findOne()
        .orElse(null);
  }

  static void put(
      Handle handle, long workspaceId, ProviderSettings set, @Nullable String sealed, long now) {
    handle
        .createUpdate(
            """
            INSERT INTO provider (workspace_id, name, issuer, client_id, secret, scopes, name_claim,
              groups_claim, roles, fallback, second_factor, linking, passwords, saml, updated)
            VALUES (:workspace, :name, :issuer, :client, :secret, :scopes, :named,
              :groups, :roles, :fallback, :factor, :linking, :passwords, :saml, :now)
            ON CONFLICT (workspace_id) DO UPDATE SET name = excluded.name,
              issuer = excluded.issuer, client_id = excluded.client_id, secret = excluded.secret,
              scopes = excluded.scopes, name_claim = excluded.name_claim,
              groups_claim = excluded.groups_claim, roles = excluded.roles,
              fallback = excluded.fallback, second_factor = excluded.second_factor,
              linking = excluded.linking, passwords = excluded.passwords,
              saml = excluded.saml, updated = excluded.updated
            """)
        .bind("workspace", workspaceId)
        .bind("name", set.name())
        .bind("issuer", set.issuer())
        .bind("client", set.clientId())
        .bind("secret", sealed)
        .bind("scopes", String.join(" ", set.scopes()))
        .bind("named", set.nameClaim())
        .bind("groups", set.groupsClaim())
        .bind("roles", json(set.roles()))
        .bind("fallback", label(set.fallback()))
        .bind("factor", set.secondFactor().name().toLowerCase(Locale.ROOT))
        .bind("linking", set.linking())
        .bind("passwords", set.passwords())
        .bind("saml", set.saml() == null ? null : JSON.valueToTree(set.saml()).toString())
        .bind("now", now)
        .execute();
  }

  private static Provider provider(Handle handle, ResultSet row) throws SQLException {
    Map<String, Role.Given> roles = new TreeMap<>();
    long workspace = row.getLong("workspace_id");
    labels(row.getString("roles"))
        .forEach((group, word) -> roles.put(group, role(handle, workspace, word)));
    String fallback = row.getString("fallback");
    var settings =
        new ProviderSettings(
            row.getString("name"),
            row.getString("issuer"),
            row.getString("client_id"),
            scopes(row.getString("scopes")),
            row.getString("name_claim"),
            row.getString("groups_claim"),
            roles,
            fallback == null ? null : Role.of(fallback),
            ProviderSettings.Factor.valueOf(
                row.getString("second_factor").toUpperCase(Locale.ROOT)),
            row.getBoolean("linking"),
            row.getBoolean("passwords"),
            saml(row.getString("saml")));
    return new Provider(
        row.getLong("id"),
        row.getLong("workspace_id"),
        settings,
        row.getString("secret"),
        Instant.ofEpochMilli(row.getLong("updated")));
  }

  private static List<String> scopes(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(" ", -1));
  }

  private static @Nullable SamlSettings saml(@Nullable String json) {
    try {
      return json == null ? null : JSON.readValue(json, SamlSettings.class);
    } catch (JacksonException broken) {
      throw new IllegalStateException("The SAML settings of a provider cannot be read.", broken);
    }
  }

  private static @Nullable String label(@Nullable Role role) {
    return role == null ? null : role.label();
  }

  /// One that is gone is a role that nobody is let in with, whatever its name says.
  private static Role.Given role(Handle handle, long workspaceId, String word) {
    Long id = CustomRole.id(word);
    if (id == null) {
      return Role.Given.of(Role.of(word));
    }
    CustomRole found = AccountRows.custom(handle, workspaceId, id);
    return Role.Given.of(
        found == null ? new CustomRole(id, "a deleted role", "", Set.of()) : found);
  }

  private static String json(Map<String, Role.Given> roles) {
    Map<String, String> labels = new TreeMap<>();
    roles.forEach((group, role) -> {
      CustomRole custom = role.custom();
      labels.put(group, custom == null ? role.label() : custom.key());
    });
    return JSON.valueToTree(labels).toString();
  }

  private static Map<String, String> labels(String json) {
    try {
      return JSON.readValue(json, LABELS);
    } catch (JacksonException broken) {
      throw new IllegalStateException("The roles of a provider cannot be read.", broken);
    }
  }
}
