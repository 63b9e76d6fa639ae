package dev.gatehouse.access.session;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.db.Database;
import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Passwords for clients that ask for one, in place of the account's own: whoever is signed in to
/// the web app can draw one. It is good for getting a token and for nothing else, and ends with its
/// session. Only its hash is stored.
public final class SessionPasswords {
  /// The user name that goes with every session password.
  public static final String USER = "gatehouse";

  /// What every session password starts with, so that no other password costs a look.
  public static final String PREFIX = "gs_";

  private static final int LENGTH = 32;

  private final Database database;
  private final Clock clock;

  /// The passwords of the sessions in `database`.
  public SessionPasswords(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// A new password for the session whose secret is `session`; the one before it ends.
  public String draw(String session) {
    String password = PREFIX + Secrets.draw(LENGTH);
    var _ =
        database.write(handle ->
            handle.execute(
                "UPDATE session SET password = ? WHERE hash = ?",
                Secrets.sha256(password),
                Secrets.sha256(session)));
    return password;
  }

  /// The active account of that workspace whose session lasts and has that password, or null.
  public @Nullable Account find(long workspaceId, String password) {
    if (!password.startsWith(PREFIX)) {
      return null;
    }
    Account account = database.read(handle -> find(handle, Secrets.sha256(password)));
    return account != null && account.active() && account.workspaceId() == workspaceId
        ? account
        : null;
  }

  private @Nullable Account find(Handle handle, String hash) {
    long now = clock.millis();
    Long id =
        handle
            .createQuery(
                """
                SELECT account_id FROM session
                WHERE password = :hash AND created > :oldest AND last_used > :idle
                """)
            .bind("hash", hash)
            .bind("oldest", now - Sessions.LONGEST.toMillis())
            .bind("idle", now - Sessions.LONGEST_IDLE.toMillis())
            .mapTo(Long.class)
            .findOne()
            .orElse(null);
    return id == null ? null : AccountRows.byId(handle, id);
  }
}
