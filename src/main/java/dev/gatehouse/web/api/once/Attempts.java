package dev.gatehouse.web.api.once;

import dev.gatehouse.access.Identity;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Requests that were sent with a key of their sender's, and what came of them. Of keys and bodies
/// digests alone are kept, of answers those without a secret. A day later all is forgotten.
public final class Attempts {
  private static final Duration KEPT = Duration.ofHours(24);

  /// Of an account within that time: whoever sends more of them does no person's work.
  static final int MOST = 1_000;

  private final Database database;
  private final Clock clock;

  /// The attempts in `database`.
  public Attempts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Which attempt it is: whose, at what, under which key. A token has keys of its own, so that
  /// nobody is shown by one what was answered to another.
  record Name(long accountId, long tokenId, String route, String keyHash) {
    static Name of(Identity identity, String route, String key) {
      Token token = identity.token();
      return new Name(
          identity.account().id(), token == null ? 0 : token.id(), route, Secrets.sha256(key));
    }
  }

  /// What is known of an attempt.
  ///
  /// @param status null while it goes on, or if the server stopped in its midst
  /// @param answer null if it held a secret
  record Known(String bodyHash, @Nullable Integer status, @Nullable String answer) {}

  /// Begins an attempt: null if it is the first under that name, else what is known of that. Of
  /// several at once exactly one is the first.
  @Nullable Known begin(Name name, String bodyHash) {
    long now = clock.millis();
    return database.write(handle -> {
      handle.execute("DELETE FROM attempt WHERE created < ?", now - KEPT.toMillis());
      Known known = null;
      // One that is there may be forgotten before it is read.
      while (known == null) {
        if (insert(handle, name, bodyHash, now)) {
          requireRoom(handle, name, now);
          return null;
        }
        known = find(handle, name);
      }
      return known;
    });
  }

  /// Refuses one too many, which goes with its transaction. Those that are known stay known.
  private static void requireRoom(Handle handle, Name name, long now) {
    handle
        .createQuery("SELECT COUNT(*), MIN(created) FROM attempt WHERE account_id = ?")
        .bind(0, name.accountId)
        .map((row, _) -> {
          if (row.getLong(1) > MOST) {
            throw new ProblemException(
                new Problem.Busy(
                    "You have sent 1,000 requests with an Idempotency-Key within a day: wait until"
                        + " the first of them is forgotten, or send this one without.",
                    Duration.ofMillis(Math.max(1, row.getLong(2) + KEPT.toMillis() - now)),
                    true));
          }
          return true;
        })
        .one();
  }

  private static boolean insert(Handle handle, Name name, String bodyHash, long now) {
    return handle.execute(
            """
            INSERT INTO attempt (account_id, token_id, route, key_hash, body_hash, created)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            name.accountId,
            name.tokenId,
            name.route,
            name.keyHash,
            bodyHash,
            now)
        == 1;
  }

  /// Notes what came of it.
  void end(Name name, int status, @Nullable String answer) {
    var _ =
        database.write(handle ->
            handle.execute(
                """
                UPDATE attempt SET status = ?, answer = ?
                WHERE account_id = ? AND token_id = ? AND route = ? AND key_hash = ?
                """,
                status,
                answer,
                name.accountId,
                name.tokenId,
                name.route,
                name.keyHash));
  }

  /// Nothing came of it: it may be tried again under the same key.
  void forget(Name name) {
    var _ =
        database.write(handle ->
            handle.execute(
                """
                DELETE FROM attempt
                WHERE account_id = ? AND token_id = ? AND route = ? AND key_hash = ?
                """,
                name.accountId,
                name.tokenId,
                name.route,
                name.keyHash));
  }

  private static @Nullable Known find(Handle handle, Name name) {
    return handle
        .createQuery(
            """
            SELECT body_hash, status, answer FROM attempt
            WHERE account_id = ? AND token_id = ? AND route = ? AND key_hash = ?
            """)
        .bind(0, name.accountId)
        .bind(1, name.tokenId)
        .bind(2, name.route)
        .bind(3, name.keyHash)
        .map((row, _) -> {
          int status = row.getInt("status");
          boolean open = row.wasNull();
          return new Known(
              row.getString("body_hash"),
              open ? null : Integer.valueOf(status),
              row.getString("answer"));
        })
        .findOne()
        .orElse(null);
  }
}
