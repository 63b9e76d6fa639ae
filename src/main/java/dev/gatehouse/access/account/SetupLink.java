package dev.gatehouse.access.account;

import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The secret in the link that the first start prints: whoever brings it first becomes an owner.
/// There is one at a time, it works once, and only its hash is stored.
public final class SetupLink {
  private static final String SETTING = "setup-link";
  private static final int LENGTH = 32;

  private final Database database;
  private final Trail trail;
  private final Accounts accounts;

  /// Links into `database` that make `accounts`.
  public SetupLink(Database database, Trail trail, Accounts accounts) {
    this.database = database;
    this.trail = trail;
    this.accounts = accounts;
  }

  /// Makes a secret that works for `lifetime`, and voids the one before. It is shown once.
  public String issue(Actor actor, Duration lifetime) {
    String secret = Secrets.draw(LENGTH);
    long expires = trail.clock().instant().plus(lifetime).toEpochMilli();
    return database.write(handle -> {
      handle.execute(
          "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET"
              + " value = excluded.value",
          SETTING,
          Secrets.sha256(secret) + " " + expires);
      trail.add(handle, actor, new Trail.Entry(null, "setup.issue", SETTING, ""));
      return secret;
    });
  }

  /// Whether `secret` would be accepted now; to show the form or to say that the link is spent.
  public boolean isValid(String secret) {
    return database.read(handle -> stored(handle, secret) != null);
  }

  /// Spends `secret` and makes the owner, both or neither. Forbidden if the secret is wrong, spent
  /// or expired.
  public Account consume(String secret, long workspaceId, NewAccount owner) {
    if (!isValid(secret)) {
      throw spent();
    }
    String hash = accounts.hash(owner);
    Account made =
        database.write(handle -> {
          String stored = stored(handle, secret);
          if (stored == null || delete(handle, stored) == 0) {
            throw spent();
          }
          return accounts.insert(handle, new Actor.Job("setup"), workspaceId, owner, hash);
        });
    accounts.reload();
    return made;
  }

  private @Nullable String stored(Handle handle, String secret) {
    String wanted = Secrets.sha256(secret) + " ";
    return handle
        .createQuery("SELECT value FROM setting WHERE name = ?")
        .bind(0, SETTING)
        .mapTo(String.class)
        .findOne()
        .filter(value -> value.startsWith(wanted))
        .filter(value -> Long.parseLong(value.substring(wanted.length())) > trail.clock().millis())
        .orElse(null);
  }

  private static int delete(Handle handle, String stored) {
    return handle.execute("DELETE FROM setting WHERE name = ? AND value = ?", SETTING, stored);
  }

  private static ProblemException spent() {
    return new ProblemException(
        new Problem.Forbidden(
            "This setup link is spent, expired or was replaced: make an owner on the server with"
                + " `gatehouse user add NAME --role owner --password-stdin`."));
  }
}
