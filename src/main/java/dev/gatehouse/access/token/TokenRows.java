package dev.gatehouse.access.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads tokens from their table, and writes them.
public final class TokenRows {
  private static final String SELECT =
      """
      SELECT token.id, account_id, account.name AS account, handle, hash, shown, token.name,
        read_only, registries, packages, cidrs, token.created, expires, last_used,
        unattended
      FROM token JOIN account ON account.id = token.account_id
      """;

  private TokenRows() {}

  /// All tokens by the SHA-256 of their secret.
  public static Map<String, Token> byHash(Handle handle) {
    Map<String, Token> tokens = new HashMap<>();
    handle
        .createQuery(SELECT)
        .map((row, _) -> tokens.put(row.getString("hash"), token(row)))
        .list();
    return tokens;
  }

  static List<Token> inWorkspace(Handle handle, long workspaceId) {
    return handle
        .createQuery(SELECT + "WHERE account.workspace_id = ? ORDER BY account.name, token.id")
        .bind(0, workspaceId)
        .map((row, _) -> token(row))
        .list();
  }

  static List<Token> ofAccount(Handle handle, long accountId) {
    return handle
        .createQuery(SELECT + "WHERE account_id = ? ORDER BY token.id")
        .bind(0, accountId)
        .map((row, _) -> token(row))
        .list();
  }

  /// By its public key, or by the hash of its secret.
  static @Nullable Token find(Handle handle, long workspaceId, String key, String hash) {
    return handle
        .createQuery(
            SELECT + "WHERE account.workspace_id = :workspace AND (handle = :key OR hash = :hash)")
        .bind("workspace", workspaceId)
        .bind("key", key)
        .bind("hash", hash)
        .map((row, _) -> token(row))
        .findOne()
        .orElse(null);
  }

  static long insert(Handle handle, Token token, String hash) {
    TokenLimits limits = token.limits();
    Instant expires = limits.expires();
    return handle
        .createQuery(
            """
            INSERT INTO token (account_id, handle, hash, shown, name, read_only, registries,
              packages, cidrs, created, expires, unattended)
            VALUES (:account, :key, :hash, :shown, :name, :readOnly, :registries,
              :packages, :cidrs, :created, :expires, :unattended)
            RETURNING id
            """)
        .bind("account", token.accountId())
        .bind("key", token.key())
        .bind("hash", hash)
        .bind("shown", token.shown())
        .bind("name", token.name())
        .bind("readOnly", limits.readOnly())
        .bind("registries", joined(limits.registries().stream().sorted()))
        .bind("packages", joined(limits.packages().stream().map(PackageLimit::text).sorted()))
        .bind("cidrs", joined(limits.ranges().stream()))
        .bind("created", token.created().toEpochMilli())
        .bind("expires", expires == null ? null : Long.valueOf(expires.toEpochMilli()))
        .bind("unattended", token.unattended())
        .mapTo(Long.class)
        .one();
  }

  private static Token token(ResultSet row) throws SQLException {
    return new Token(
        row.getLong("id"),
        row.getLong("account_id"),
        row.getString("account"),
        row.getString("handle"),
        row.getString("shown"),
        row.getString("name"),
        limits(row),
        Instant.ofEpochMilli(row.getLong("created")),
        instant(row, "last_used"),
        row.getBoolean("unattended"));
  }

  private static TokenLimits limits(ResultSet row) throws SQLException {
    Set<Long> registries =
        split(row.getString("registries")).map(Long::valueOf).collect(Collectors.toSet());
    Set<PackageLimit> packages =
        split(row.getString("packages")).map(PackageLimit::of).collect(Collectors.toSet());
    List<AddressRange> ranges = split(row.getString("cidrs")).map(AddressRange::of).toList();
    return new TokenLimits(
        row.getBoolean("read_only"), registries, packages, ranges, instant(row, "expires"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static String joined(Stream<?> values) {
    return values.map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static Stream<String> split(String values) {
    return Arrays.stream(values.split(" ")).filter(value -> !value.isEmpty());
  }
}
