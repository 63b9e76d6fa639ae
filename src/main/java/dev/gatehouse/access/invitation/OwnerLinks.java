package dev.gatehouse.access.invitation;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The secrets in the links that make the first owners of workspaces. There is one at a time for a
/// workspace, it works once and only while there is no owner, and only its hash is stored.
public final class OwnerLinks {
  private static final int LENGTH = 32;
  private static final Duration LIFETIME = Duration.ofDays(7);

  private final Database database;
  private final Trail trail;
  private final Accounts accounts;

  /// Links into `database` that make `accounts`.
  public OwnerLinks(Database database, Trail trail, Accounts accounts) {
    this.database = database;
    this.trail = trail;
    this.accounts = accounts;
  }

  /// A link that was just made. The secret is in it and nowhere else.
  public record Made(String secret, Instant expires) {
    @Override
    public String toString() {
      return "Made[secret=***]";
    }
  }

  /// Makes a link for the workspace with that id and voids the one before. A conflict if it has an
  /// owner. `entry` is what the trail says of it.
  public Made issue(Actor actor, long workspaceId, Trail.Entry entry) {
    String secret = Secrets.draw(LENGTH);
    Instant expires = trail.clock().instant().plus(LIFETIME);
    return database.write(handle -> {
      lock(handle, workspaceId);
      if (isOwned(handle, workspaceId)) {
        throw new ProblemException(
            new Problem.Conflict(
                "This workspace has an owner, who invites others: there is no link to become its"
                    + " first."));
      }
      handle.execute(
          """
          INSERT INTO owner_link (workspace_id, hash, expires) VALUES (?, ?, ?)
          ON CONFLICT (workspace_id) DO UPDATE SET hash = excluded.hash, expires = excluded.expires
          """,
          workspaceId,
          Secrets.sha256(secret),
          expires.toEpochMilli());
      trail.add(handle, actor, entry);
      return new Made(secret, expires);
    });
  }

  /// The id of the workspace whose owner `secret` would make now, or null.
  public @Nullable Long workspace(String secret) {
    return database.read(handle -> find(handle, secret));
  }

  /// Spends `secret` and makes the owner, both or neither. Forbidden if the secret is wrong, spent
  /// or expired, or the workspace has an owner by now.
  public Account consume(String secret, NewAccount owner) {
    if (workspace(secret) == null) {
      throw spent();
    }
    String hash = accounts.hash(owner);
    Account made =
        database.write(handle -> {
          Long found = find(handle, secret);
          if (found == null) {
            throw spent();
          }
          lock(handle, found);
          if (isOwned(handle, found) || delete(handle, secret) == 0) {
            throw spent();
          }
          return accounts.insert(handle, new Actor.Job("setup"), found, owner, hash);
        });
    accounts.reload();
    return made;
  }

  private static void lock(Handle handle, long workspaceId) {
    handle.execute("UPDATE workspace SET name = name WHERE id = ?", workspaceId);
  }

  private @Nullable Long find(Handle handle, String secret) {
    return handle
        .createQuery("SELECT workspace_id FROM owner_link WHERE hash = ? AND expires > ?")
        .bind(0, Secrets.sha256(secret))
        .bind(1, trail.clock().millis())
        .mapTo(Long.class)
        .findOne()
        .filter(id -> !isOwned(handle, id))
        .orElse(null);
  }

  private static boolean isOwned(Handle handle, long workspaceId) {
    return handle
            .createQuery(
                "SELECT COUNT(*) FROM account WHERE workspace_id = ? AND active AND role = ?")
            .bind(0, workspaceId)
            .bind(1, Role.OWNER.label())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private static int delete(Handle handle, String secret) {
    return handle.execute("DELETE FROM owner_link WHERE hash = ?", Secrets.sha256(secret));
  }

  private static ProblemException spent() {
    return new ProblemException(
        new Problem.Forbidden(
            "This setup link is spent, expired or was replaced: ask whoever runs the server for"
                + " another."));
  }
}
