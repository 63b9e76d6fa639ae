package dev.gatehouse.access.session;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Logging clients in by a browser. A client that nobody knows asks and is given two secrets: one
/// for the address that a person opens, one to ask with whether it was allowed. They are not the
/// same, so that whoever is sent the address cannot fetch the token, and only hashes are stored.
public final class ClientLogins {
  private static final int LENGTH = 40;
  private static final int MOST_OF_AN_ADDRESS = 20;
  private static final int MOST = 5_000;
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final String WAITING = " decided IS NULL AND created > ?";

  private final Database database;
  private final Trail trail;

  /// The logins in `database`.
  public ClientLogins(Database database, Trail trail) {
    this.database = database;
    this.trail = trail;
  }

  /// The two secrets of a login: what the person's address holds, and what the client asks with.
  public record Opened(String code, String done) {
    @Override
    public String toString() {
      return "Opened[***]";
    }
  }

  /// What a client that asks is told.
  public sealed interface Outcome {
    /// Nobody has decided yet.
    record Waiting() implements Outcome {}

    /// Somebody has refused, or there is no such login any more.
    record Ended() implements Outcome {}

    /// `account` has allowed it; told once.
    record Allowed(Account account, ClientLogin login) implements Outcome {}
  }

  /// Opens a login for a client that asks from `address`. So that strangers cannot fill the table,
  /// an address has twenty at a time and all together five thousand: [Problem.Busy] beyond.
  public Opened open(String workspace, String registry, String client, InetAddress address) {
    var opened = new Opened(Secrets.draw(LENGTH), Secrets.draw(LENGTH));
    String from = address.getHostAddress();
    return database.write(handle -> {
      long now = trail.clock().millis();
      handle.execute("DELETE FROM client_login WHERE created <= ?", now - LIFE.toMillis());
      if (count(handle, "address = ?", from) >= MOST_OF_AN_ADDRESS
          || count(handle, "address <> ?", "") >= MOST) {
        throw new ProblemException(
            new Problem.Busy(
                "Too many logins wait for a browser. Finish one of them, or try again in a few"
                    + " minutes; logging in with a name and password works meanwhile.",
                Duration.ofMinutes(1),
                true));
      }
      handle.execute(
          """
          INSERT INTO client_login (code, done, workspace, registry, client, address, created)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
          Secrets.sha256(opened.code),
          Secrets.sha256(opened.done),
          workspace,
          registry,
          client,
          from,
          now);
      return opened;
    });
  }

  /// The login that waits under `code`; not found if it has expired or somebody has decided.
  public ClientLogin require(String code) {
    ClientLogin login =
        database.read(handle -> {
          String where = "code = ? AND" + WAITING;
          return login(handle, where, Secrets.sha256(code), oldest());
        });
    if (login == null) {
      throw missing();
    }
    return login;
  }

  /// Lets the client act as `account`, or refuses it in their name. The first decision counts.
  public void decide(Account account, String code, boolean allow) {
    String hash = Secrets.sha256(code);
    var _ =
        database.write(handle -> {
          ClientLogin login = login(handle, "code = ? AND" + WAITING, hash, oldest());
          int decided =
              handle.execute(
                  "UPDATE client_login SET decided = ?, account_id = ? WHERE code = ? AND"
                      + WAITING,
                  trail.clock().millis(),
                  allow ? account.id() : null,
                  hash,
                  oldest());
          if (login == null || decided == 0) {
            throw missing();
          }
          record(handle, account, login, allow ? "login.allow" : "login.refuse");
          return login;
        });
  }

  /// What became of the login whose client holds `done`.
  public Outcome ask(String done) {
    String hash = Secrets.sha256(done);
    boolean waits =
        database.read(handle -> login(handle, "done = ? AND" + WAITING, hash, oldest()) != null);
    return waits ? new Outcome.Waiting() : database.write(handle -> take(handle, hash));
  }

  /// Whoever deletes the row has the answer: two who ask at once get one token.
  private Outcome take(Handle handle, String hash) {
    String where = "done = ? AND created > ? AND account_id IS NOT NULL";
    ClientLogin login = login(handle, where, hash, oldest());
    Long id =
        handle
            .createQuery("SELECT account_id FROM client_login WHERE done = ?")
            .bind(0, hash)
            .mapTo(Long.class)
            .findOne()
            .orElse(null);
    Account account = id == null ? null : AccountRows.byId(handle, id);
    int taken =
        handle.execute("DELETE FROM client_login WHERE done = ? AND decided IS NOT NULL", hash);
    return login == null || account == null || !account.active() || taken == 0
        ? new Outcome.Ended()
        : new Outcome.Allowed(account, login);
  }

  private long oldest() {
    return trail.clock().millis() - LIFE.toMillis();
  }

  private static int count(Handle handle, String where, String value) {
    return handle
        .createQuery("SELECT COUNT(*) FROM client_login WHERE " + where)
        .bind(0, value)
        .mapTo(Integer.class)
        .one();
  }

  private static @Nullable ClientLogin login(
      Handle handle, String where, String hash, long oldest) {
    return handle
        .createQuery(
            "SELECT workspace, registry, client, address, created FROM client_login WHERE " + where)
        .bind(0, hash)
        .bind(1, oldest)
        .map((row, _) -> {
          Instant created = Instant.ofEpochMilli(row.getLong("created"));
          return new ClientLogin(
              row.getString("workspace"),
              row.getString("registry"),
              row.getString("client"),
              row.getString("address"),
              created,
              created.plus(LIFE));
        })
        .findOne()
        .orElse(null);
  }

  private void record(Handle handle, Account account, ClientLogin login, String action) {
    var actor = new Actor.User(account.id(), account.name(), null);
    trail.add(handle, actor, new Trail.Entry(account.workspaceId(), action, login.registry(), ""));
  }

  private static ProblemException missing() {
    return new ProblemException(
        new Problem.NotFound(
            "This login has expired or was decided: start it again in your client."));
  }
}
