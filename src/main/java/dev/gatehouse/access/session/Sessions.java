package dev.gatehouse.access.session;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who is signed in to the web app. A session is a secret that the browser holds in a cookie; its
/// hash is all that is stored. Each sign-in draws a new one, so that nobody can prepare a session
/// for somebody else.
///
/// Sessions are looked up in the database, by every node alike: what ends one, or shuts its account
/// out, holds from the next request on.
public final class Sessions {
  private static final int LENGTH = 40;
  private static final int MOST_PER_ACCOUNT = 50;
  static final Duration LONGEST = Duration.ofDays(30);
  static final Duration LONGEST_IDLE = Duration.ofDays(7);
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration NOTED_EVERY = Duration.ofMinutes(10);

  private final Database database;
  private final Trail trail;

  /// The sessions in `database`.
  public Sessions(Database database, Trail trail) {
    this.database = database;
    this.trail = trail;
  }

  private record Row(long accountId, long lastUsed) {}

  /// An account as it stands now, and when its session was last seen.
  private record Found(Account account, long lastUsed) {}

  /// Signs `account` in: the secret for its browser, which is in the result and nowhere else.
  public String open(Account account) {
    return open(account, false, false, null);
  }

  /// Signs `account` in by the word of its provider, whose second factor counts if `factor`.
  /// `providerSid` is what it calls the session, or null.
  public String openByProvider(Account account, boolean factor, @Nullable String providerSid) {
    return open(account, true, factor, providerSid);
  }

  private String open(
      Account account, boolean provider, boolean factor, @Nullable String providerSid) {
    String secret = Secrets.draw(LENGTH);
    return database.write(handle -> {
      long now = trail.clock().millis();
      sweep(handle, account, now);
      handle.execute(
          """
          INSERT INTO session
            (account_id, hash, created, last_used, provider, factor, provider_sid)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
          account.id(),
          Secrets.sha256(secret),
          now,
          now,
          provider,
          factor,
          providerSid);
      record(handle, account, provider ? "session.open-by-provider" : "session.open");
      return secret;
    });
  }

  /// The active account that `secret` is signed in as, or null.
  public @Nullable Account find(String secret) {
    String hash = Secrets.sha256(secret);
    long now = trail.clock().millis();
    Found found = database.read(handle -> find(handle, hash, now));
    if (found == null || !found.account.active()) {
      return null;
    }
    if (now - found.lastUsed > NOTED_EVERY.toMillis()) {
      var _ =
          database.write(handle ->
              handle.execute("UPDATE session SET last_used = ? WHERE hash = ?", now, hash));
    }
    return found.account;
  }

  /// Whether the provider has asked for a second factor that counts as ours.
  public boolean hasFactor(String secret) {
    return is(secret, "factor");
  }

  /// Whether the provider has said so a few minutes ago that it is them: as good as a password.
  public boolean isFreshByProvider(String secret) {
    return is(secret, "provider AND created > " + (trail.clock().millis() - FRESH.toMillis()));
  }

  private boolean is(String secret, String condition) {
    return database.read(handle ->
        handle
                .createQuery("SELECT COUNT(*) FROM session WHERE hash = ? AND " + condition)
                .bind(0, Secrets.sha256(secret))
                .mapTo(Integer.class)
                .one()
            > 0);
  }

  /// Signs `account` out of the browser that holds `secret`.
  public void end(Account account, String secret) {
    var _ =
        database.write(handle -> {
          record(handle, account, "session.end");
          return handle.execute(
              "DELETE FROM session WHERE account_id = ? AND hash = ?",
              account.id(),
              Secrets.sha256(secret));
        });
  }

  /// Signs `account` out everywhere.
  public void endAll(Account account) {
    var _ =
        database.write(handle -> {
          record(handle, account, "session.end-all");
          return handle.execute("DELETE FROM session WHERE account_id = ?", account.id());
        });
  }

  private static @Nullable Found find(Handle handle, String hash, long now) {
    Row row = row(handle, hash, now);
    Account account = row == null ? null : AccountRows.byId(handle, row.accountId);
    return row == null || account == null ? null : new Found(account, row.lastUsed);
  }

  private static @Nullable Row row(Handle handle, String hash, long now) {
    return handle
        .createQuery(
            """
            SELECT account_id, last_used FROM session
            WHERE hash = :hash AND created > :oldest AND last_used > :idle
            """)
        .bind("hash", hash)
        .bind("oldest", now - LONGEST.toMillis())
        .bind("idle", now - LONGEST_IDLE.toMillis())
        .map((row, _) -> new Row(row.getLong("account_id"), row.getLong("last_used")))
        .findOne()
        .orElse(null);
  }

  /// What has expired goes, and of what remains the least recently used beyond a fixed number.
  private static void sweep(Handle handle, Account account, long now) {
    handle.execute(
        "DELETE FROM session WHERE created <= ? OR last_used <= ?",
        now - LONGEST.toMillis(),
        now - LONGEST_IDLE.toMillis());
    handle.execute(
        """
        DELETE FROM session WHERE account_id = ? AND id NOT IN (
          SELECT id FROM session WHERE account_id = ? ORDER BY last_used DESC, id DESC LIMIT ?)
        """,
        account.id(),
        account.id(),
        MOST_PER_ACCOUNT - 1);
  }

  private void record(Handle handle, Account account, String action) {
    var actor = new Actor.User(account.id(), account.name(), null);
    trail.add(handle, actor, new Trail.Entry(account.workspaceId(), action, account.name(), ""));
  }
}
