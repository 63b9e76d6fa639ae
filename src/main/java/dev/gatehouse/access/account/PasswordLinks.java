package dev.gatehouse.access.account;

import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// Links by which somebody who has forgotten their password sets a new one. A link works once and
/// for an hour, the newest of an account alone, and only the hash of its secret is stored. Setting
/// the password ends all sessions; tokens stay, as with every change of a password, since clients
/// and build servers work by them: who suspects a thief revokes them or deactivates the account.
public final class PasswordLinks {
  /// How long a link works.
  public static final Duration LIFE = Duration.ofHours(1);

  private static final int LENGTH = 40;

  private final Database database;
  private final Trail trail;
  private final Accounts accounts;
  private final Passwords passwords;

  /// Links in `database` to the passwords of `accounts`.
  public PasswordLinks(Database database, Trail trail, Accounts accounts, Passwords passwords) {
    this.database = database;
    this.trail = trail;
    this.accounts = accounts;
    this.passwords = passwords;
  }

  /// A link that was just made: the only time that its secret is there.
  public record Made(Account account, String secret, Instant expires) {
    @Override
    public String toString() {
      return "Made[account=" + account.name() + ", secret=***, expires=" + expires + "]";
    }
  }

  /// A link to the password of `account`, for `actor` to hand over, who must manage it. It ends all
  /// that were made before.
  public Made make(Actor actor, Account account) {
    return database.write(handle -> {
      Account current = AccountGuard.lock(handle, account);
      AccountGuard.requireMayChange(handle, actor, current, "account.password-link");
      if (!current.active()) {
        throw new ProblemException(
            new Problem.Conflict(
                "\"%s\" is deactivated: let them in again first.".formatted(current.name())));
      }
      handle.execute("DELETE FROM password_link WHERE account_id = ?", current.id());
      return insert(handle, actor, current);
    });
  }

  /// A link for whoever has forgotten the password of the account called `name`, if there is one
  /// that is active and has an address of mail; `told` sends it, in the same transaction. Anybody
  /// may ask who knows a name, so it ends no other link.
  public void forgotten(long workspaceId, String name, BiConsumer<Handle, Made> told) {
    var _ =
        database.write(handle -> {
          Account account = AccountRows.find(handle, workspaceId, name);
          if (account == null || !account.active() || account.email().isEmpty()) {
            return false;
          }
          if (AccountRows.isProvided(handle, account.id())) {
            // Else whoever leaves the provider would keep a way in.
            return false;
          }
          told.accept(handle, insert(handle, new Actor.Job("forgotten-password"), account));
          return true;
        });
  }

  /// Whose link has that secret.
  public Account require(String secret) {
    return database.read(handle -> require(handle, Secrets.sha256(secret)));
  }

  /// Sets the password of whoever has the link, and spends it.
  public Account use(String secret, String password) {
    Account account = require(secret);
    Passwords.requireAcceptable(account.name(), password);
    String hashed = passwords.hash(password);
    String hash = Secrets.sha256(secret);
    Account changed =
        database.write(handle -> {
          Account current = AccountGuard.lock(handle, require(handle, hash));
          if (handle.execute("DELETE FROM password_link WHERE hash = ?", hash) == 0) {
            throw missing();
          }
          var actor = new Actor.User(current.id(), current.name(), null);
          return accounts.setPassword(handle, actor, current, hashed);
        });
    accounts.reload();
    return changed;
  }

  private Made insert(Handle handle, Actor actor, Account account) {
    long now = trail.clock().millis();
    String secret = Secrets.draw(LENGTH);
    handle.execute("DELETE FROM password_link WHERE expires <= ?", now);
    handle.execute(
        "INSERT INTO password_link (account_id, hash, created, expires) VALUES (?, ?, ?, ?)",
        account.id(),
        Secrets.sha256(secret),
        now,
        now + LIFE.toMillis());
    trail.add(
        handle,
        actor,
        new Trail.Entry(account.workspaceId(), "account.password-link", account.name(), ""));
    return new Made(account, secret, Instant.ofEpochMilli(now).plus(LIFE));
  }

  private Account require(Handle handle, String hash) {
    Long id =
        handle
            .createQuery("SELECT account_id FROM password_link WHERE hash = ? AND expires > ?")
            .bind(0, hash)
            .bind(1, trail.clock().millis())
            .mapTo(Long.class)
            .findOne()
            .orElse(null);
    Account account = id == null ? null : AccountRows.byId(handle, id);
    if (account == null || !account.active()) {
      throw missing();
    }
    return account;
  }

  private static ProblemException missing() {
    return new ProblemException(
        new Problem.NotFound(
            "This link was used, replaced by a newer one, or is older than an hour: ask for another"
                + " one."));
  }
}
