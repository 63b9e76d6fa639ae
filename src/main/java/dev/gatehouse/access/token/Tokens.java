package dev.gatehouse.access.token;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tokens of all accounts, and the operations that change them. Each change is audited and told
/// to other processes in its own transaction, and known in this process when it returns.
public final class Tokens {
  private static final int MOST_PER_ACCOUNT = 1_000;
  private static final int KEY_LENGTH = 20;
  private static final Duration EXPIRED_ARE_KEPT = Duration.ofDays(30);

  private final Database database;
  private final Trail trail;
  private final Runnable changed;

  /// The tokens in `database`. `changed` runs after every committed change, before the change
  /// returns: what holds tokens in memory reloads there.
  public Tokens(Database database, Trail trail, Runnable changed) {
    this.database = database;
    this.trail = trail;
    this.changed = changed;
  }

  /// Makes a token that acts for `account`. Its text is in the result and nowhere else.
  public IssuedToken create(Actor actor, Account account, NewToken asked) {
    requireOwn(actor, account);
    TokenLimits limits = asked.allowedLimits();
    Instant now = trail.clock().instant();
    if (limits.expires() != null && !limits.expires().isAfter(now)) {
      throw new ProblemException(
          new Problem.Malformed("The token would be expired from the start: choose a later day."));
    }
    String text = TokenText.draw();
    var token =
        new Token(
            0,
            account.id(),
            account.name(),
            Secrets.draw(KEY_LENGTH),
            TokenText.shown(text),
            asked.name(),
            limits,
            now,
            null,
            asked.unattended());
    long id = database.write(handle -> insert(handle, actor, account, token, text));
    changed.run();
    return new IssuedToken(text, token.withId(id));
  }

  /// The tokens of a workspace by account.
  public List<Token> list(long workspaceId) {
    return database.read(handle -> TokenRows.inWorkspace(handle, workspaceId));
  }

  /// The tokens of an account, oldest first.
  public List<Token> list(Account account) {
    return database.read(handle -> TokenRows.ofAccount(handle, account.id()));
  }

  /// The token of `account` whose key, or whose text, is `keyOrText`; one of somebody else is not
  /// found.
  public Token require(Account account, String keyOrText) {
    String hash = Secrets.sha256(keyOrText);
    Token token =
        database.read(handle -> TokenRows.find(handle, account.workspaceId(), keyOrText, hash));
    if (token == null || token.accountId() != account.id()) {
      throw missing();
    }
    return token;
  }

  /// The token in the workspace whose text is `text`, or null. Whether that may be told is for the
  /// caller to know.
  public @Nullable Token find(long workspaceId, String text) {
    String hash = Secrets.sha256(text);
    return database.read(handle -> TokenRows.find(handle, workspaceId, "", hash));
  }

  /// Revokes the token in the workspace whose key, or whose text, is `keyOrText`: the next request
  /// with it is refused. Not found if there is none.
  public Token revoke(Actor actor, long workspaceId, String keyOrText) {
    return revoke(actor, workspaceId, keyOrText, _ -> true);
  }

  /// Revokes a token of `account`; one of somebody else is not found.
  public Token revoke(Actor actor, Account account, String keyOrText) {
    return revoke(
        actor, account.workspaceId(), keyOrText, token -> token.accountId() == account.id());
  }

  private Token revoke(
      Actor actor, long workspaceId, String keyOrText, Predicate<Token> mayBeSeen) {
    String hash = Secrets.sha256(keyOrText);
    Token revoked =
        database.write(handle -> {
          Token token = TokenRows.find(handle, workspaceId, keyOrText, hash);
          if (token == null || !mayBeSeen.test(token) || !delete(handle, token)) {
            throw missing();
          }
          record(handle, actor, workspaceId, "token.revoke", token);
          return token;
        });
    changed.run();
    return revoked;
  }

  /// Whoever could make tokens for others could be them.
  private static void requireOwn(Actor actor, Account account) {
    boolean may =
        switch (actor) {
          case Actor.Operator _, Actor.Job _ -> true;
          case Actor.User(long id, _, _) -> id == account.id();
          case Actor.Anonymous _ -> false;
        };
    if (!may) {
      throw new ProblemException(
          new Problem.Forbidden("People make tokens for themselves only: log in as that user."));
    }
  }

  private static boolean delete(Handle handle, Token token) {
    return handle.execute("DELETE FROM token WHERE id = ?", token.id()) == 1;
  }

  private long insert(Handle handle, Actor actor, Account account, Token token, String text) {
    sweep(handle, account, token.created());
    requireRoom(handle, account);
    long id = TokenRows.insert(handle, token, Secrets.sha256(text));
    record(handle, actor, account.workspaceId(), "token.create", token);
    return id;
  }

  /// Expired tokens stay for a while, so that whoever uses one is told why it fails.
  private static void sweep(Handle handle, Account account, Instant now) {
    handle.execute(
        "DELETE FROM token WHERE account_id = ? AND expires < ?",
        account.id(),
        now.minus(EXPIRED_ARE_KEPT).toEpochMilli());
  }

  /// All tokens are held in memory, so that nobody may have any number of them.
  private static void requireRoom(Handle handle, Account account) {
    // The update holds the row until the transaction ends: of many at once, all are counted.
    int active =
        handle.execute("UPDATE account SET name = name WHERE id = ? AND active", account.id());
    if (active == 0) {
      throw conflict("The account \"%s\" is deactivated: it gets no tokens.", account.name());
    }
    int count =
        handle
            .createQuery("SELECT COUNT(*) FROM token WHERE account_id = ?")
            .bind(0, account.id())
            .mapTo(Integer.class)
            .one();
    if (count >= MOST_PER_ACCOUNT) {
      throw conflict("\"%s\" has 1000 tokens, which is the most: revoke some.", account.name());
    }
  }

  private void record(Handle handle, Actor actor, long workspaceId, String action, Token token) {
    String subject = token.account() + "/" + token.key();
    trail.add(handle, actor, new Trail.Entry(workspaceId, action, subject, ""));
    Changes.raise(database, handle, Changes.Topic.ACCESS);
  }

  private static ProblemException missing() {
    return new ProblemException(
        new Problem.NotFound(
            "There is no such token: it is revoked already, or its key is another."));
  }

  private static ProblemException conflict(String sentence, String account) {
    return new ProblemException(new Problem.Conflict(sentence.formatted(account)));
  }
}
