package dev.gatehouse.access.factor;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Changes that wait for their person to show the second factor in a browser, in place of typing a
/// code into a terminal. The client holds two secrets: one for the address that the person opens,
/// one that it asks with, and then sends along with the change. The second opens that one change of
/// that one account, once, and only hashes of both are stored.
public final class Confirmations {
  /// How long the secrets are, which tells them from codes.
  public static final int LENGTH = 40;

  private static final int MOST_OF_AN_ACCOUNT = 20;
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final Database database;
  private final Trail trail;

  /// The confirmations in `database`.
  public Confirmations(Database database, Trail trail) {
    this.database = database;
    this.trail = trail;
  }

  /// The two secrets: what the person's address holds, and what the client asks with.
  public record Opened(String code, String done) {
    @Override
    public String toString() {
      return "Opened[***]";
    }
  }

  /// What a client that asks is told.
  public enum Outcome {
    /// Nobody has decided yet.
    WAITING,
    /// The change may be sent again, with the secret.
    ALLOWED,
    /// It was refused, was made, or took too long.
    ENDED
  }

  /// Opens one for `change`, which `client` asks for from `address`. Null if too many of the
  /// account's wait already: then a code has to be typed.
  public @Nullable Opened open(WaitingChange change, String client, InetAddress address) {
    var opened = new Opened(Secrets.draw(LENGTH), Secrets.draw(LENGTH));
    int made =
        database.write(handle -> {
          handle.execute("DELETE FROM confirmation WHERE created <= ?", oldest());
          return handle.execute(
              """
              INSERT INTO confirmation
                (code, done, account_id, registry_id, action, subject, client, address, created)
              SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?
              WHERE (SELECT COUNT(*) FROM confirmation WHERE account_id = ?) < ?
              """,
              Secrets.sha256(opened.code),
              Secrets.sha256(opened.done),
              change.accountId(),
              change.registryId(),
              change.action(),
              change.subject(),
              client,
              address.getHostAddress(),
              trail.clock().millis(),
              change.accountId(),
              MOST_OF_AN_ACCOUNT);
        });
    return made == 1 ? opened : null;
  }

  /// The one that waits under `code` for `account`; not found if it is somebody else's, has expired
  /// or was decided.
  public Confirmation require(Account account, String code) {
    Confirmation found = database.read(handle -> find(handle, account, code));
    if (found == null) {
      throw missing();
    }
    return found;
  }

  /// Allows the change or refuses it, for its own person. The first decision counts.
  public void decide(Account account, String code, boolean allow) {
    var _ =
        database.write(handle -> {
          Confirmation found = find(handle, account, code);
          int decided =
              handle.execute(
                  "UPDATE confirmation SET allowed = ? WHERE code = ? AND allowed IS NULL",
                  allow,
                  Secrets.sha256(code));
          if (found == null || decided == 0) {
            throw missing();
          }
          WaitingChange change = found.change();
          trail.add(
              handle,
              new Actor.User(account.id(), account.name(), null),
              new Trail.Entry(
                  account.workspaceId(),
                  allow ? "confirmation.allow" : "confirmation.refuse",
                  change.action() + " " + change.subject(),
                  ""));
          return found;
        });
  }

  /// What became of the change whose client holds `done`.
  public Outcome ask(String done) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT CASE WHEN allowed IS NULL THEN 'WAITING' WHEN allowed THEN 'ALLOWED'
                  ELSE 'ENDED' END
                FROM confirmation WHERE done = ? AND created > ?
                """)
            .bind(0, Secrets.sha256(done))
            .bind(1, oldest())
            .mapTo(Outcome.class)
            .findOne()
            .orElse(Outcome.ENDED));
  }

  /// Whether `done` opens `change`; it does so once: of two at once one deletes the row.
  public boolean spend(WaitingChange change, String done) {
    return database.write(handle ->
        handle.execute(
                """
                DELETE FROM confirmation WHERE done = ? AND account_id = ? AND registry_id = ?
                  AND action = ? AND subject = ? AND allowed AND created > ?
                """,
                Secrets.sha256(done),
                change.accountId(),
                change.registryId(),
                change.action(),
                change.subject(),
                oldest())
            == 1);
  }

  private @Nullable Confirmation find(Handle handle, Account account, String code) {
    return handle
        .createQuery(
            """
            SELECT account_id, registry_id, action, subject, client, address, created
            FROM confirmation
            WHERE code = ? AND account_id = ? AND allowed IS NULL AND created > ?
            """)
        .bind(0, Secrets.sha256(code))
        .bind(1, account.id())
        .bind(2, oldest())
        .map((row, _) -> confirmation(row))
        .findOne()
        .orElse(null);
  }

  private static Confirmation confirmation(ResultSet row) throws SQLException {
    Instant created = Instant.ofEpochMilli(row.getLong("created"));
    return new Confirmation(
        new WaitingChange(
            row.getLong("account_id"),
            row.getLong("registry_id"),
            row.getString("action"),
            row.getString("subject")),
        row.getString("client"),
        row.getString("address"),
        created,
        created.plus(LIFE));
  }

  private long oldest() {
    return trail.clock().millis() - LIFE.toMillis();
  }

  private static ProblemException missing() {
    return new ProblemException(
        new Problem.NotFound(
            "There is no such change that waits for you: it has expired, was decided, or is"
                + " somebody else's. Start it again in your client."));
  }
}
