package dev.gatehouse.access.provider;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountGuard;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Which accounts are whose at a provider: by issuer and subject, which nobody chooses, and never
/// by a name or an address, which people do.
public final class ProviderLinks {
  private static final Pattern SUBJECT = Pattern.compile("\\P{Cntrl}{1,255}");

  private final Database database;
  private final Trail trail;

  /// The links in `database`.
  public ProviderLinks(Database database, Trail trail) {
    this.database = database;
    this.trail = trail;
  }

  /// Whose account is whose.
  ///
  /// @param user the account's name
  /// @param seen when they last signed in by it, or null
  public record Link(
      String user, String issuer, String subject, Instant created, @Nullable Instant seen) {}

  /// A link's row.
  record Row(long accountId, boolean shut) {}

  /// Those of a workspace, by user.
  public List<Link> list(long workspaceId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT account.name, issuer, subject, provider_link.created, last_seen
                FROM provider_link JOIN account ON account.id = provider_link.account_id
                WHERE provider_link.workspace_id = ? ORDER BY account.name
                """)
            .bind(0, workspaceId)
            .map((row, _) -> link(row))
            .list());
  }

  /// Whether `account` is linked with somebody at the provider.
  public boolean has(Account account, Provider provider) {
    return database.read(handle ->
        handle
                .createQuery(
                    "SELECT COUNT(*) FROM provider_link WHERE account_id = ? AND issuer = ?")
                .bind(0, account.id())
                .bind(1, provider.settings().issuer())
                .mapTo(Integer.class)
                .one()
            > 0);
  }

  /// Links an account with whom `actor`, who manages it, says; in place of the link before.
  public void set(Actor actor, Account account, Provider provider, String subject) {
    if (!SUBJECT.matcher(subject).matches()) {
      throw new ProblemException(
          new Problem.Malformed("A subject has 1 to 255 characters on one line."));
    }
    database.write(handle -> {
      Account current = AccountGuard.lock(handle, account);
      AccountGuard.requireMayChange(handle, actor, current, "provider.link");
      insert(handle, current, provider.settings().issuer(), subject);
      return record(handle, actor, current, "provider.link", subject);
    });
  }

  /// Takes the link of an account away.
  public void remove(Actor actor, Account account) {
    database.write(handle -> {
      Account current = AccountGuard.lock(handle, account);
      AccountGuard.requireMayChange(handle, actor, current, "provider.unlink");
      if (handle.execute("DELETE FROM provider_link WHERE account_id = ?", current.id()) == 0) {
        throw new ProblemException(
            new Problem.NotFound(
                "\"%s\" is linked with nobody at a provider.".formatted(current.name())));
      }
      // Whoever was signed in by it is signed in no longer.
      handle.execute("DELETE FROM session WHERE account_id = ? AND provider", current.id());
      return record(handle, actor, current, "provider.unlink", "");
    });
  }

  static @Nullable Row find(Handle handle, long workspaceId, ProvenIdentity proven) {
    return handle
        .createQuery(
            """
            SELECT account_id, shut FROM provider_link
            WHERE workspace_id = ? AND issuer = ? AND subject = ?
            """)
        .bind(0, workspaceId)
        .bind(1, proven.issuer())
        .bind(2, proven.subject())
        .map((row, _) -> new Row(row.getLong("account_id"), row.getBoolean("shut")))
        .findOne()
        .orElse(null);
  }

  /// Links `account`, and refuses somebody who is another account's already.
  void insert(Handle handle, Account account, String issuer, String subject) {
    handle.execute("DELETE FROM provider_link WHERE account_id = ?", account.id());
    int made =
        handle.execute(
            """
            INSERT INTO provider_link (account_id, workspace_id, issuer, subject, shut, created)
            VALUES (?, ?, ?, ?, FALSE, ?) ON CONFLICT DO NOTHING
            """,
            account.id(),
            account.workspaceId(),
            issuer,
            subject,
            trail.clock().millis());
    if (made == 0) {
      throw new ProblemException(
          new Problem.Conflict(
              "Another account of this workspace is linked with them already: take that link away"
                  + " first."));
    }
  }

  static void shut(Handle handle, Account account) {
    handle.execute("UPDATE provider_link SET shut = TRUE WHERE account_id = ?", account.id());
  }

  void seen(Handle handle, Account account) {
    handle.execute(
        "UPDATE provider_link SET last_seen = ? WHERE account_id = ?",
        trail.clock().millis(),
        account.id());
  }

  boolean record(Handle handle, Actor actor, Account account, String action, String subject) {
    String details = subject.isEmpty() ? "" : "{\"subject\":\"" + quoted(subject) + "\"}";
    trail.add(
        handle, actor, new Trail.Entry(account.workspaceId(), action, account.name(), details));
    return true;
  }

  static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static Link link(ResultSet row) throws SQLException {
    long seen = row.getLong("last_seen");
    Instant lastSeen = row.wasNull() ? null : Instant.ofEpochMilli(seen);
    return new Link(
        row.getString("name"),
        row.getString("issuer"),
        row.getString("subject"),
        Instant.ofEpochMilli(row.getLong("created")),
        lastSeen);
  }
}
