package dev.gatehouse.access.session;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.secret.Network;
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

/// Logging clients in by a browser. A client that nobody knows asks and is given two secrets: one
/// for the address that a person opens, one to ask with whether it was allowed. They are not the
/// same, so that whoever is sent the address cannot fetch the token, and only hashes are stored.
public final class ClientLogins {
  private static final int LENGTH = 40;
  private static final int MOST_OF_A_NETWORK = 20;
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
  /// a [Network] has twenty at a time and all together five thousand: [Problem.Busy] beyond.
  public Opened open(String workspace, String registry, String client, InetAddress address) {
    var opened = new Opened(Secrets.draw(LENGTH), Secrets.draw(LENGTH));
    String network = Network.of(address).key();
    return database.write(handle -> {
      long now = trail.clock().millis();
      handle.execute("DELETE FROM client_login WHERE created <= ?", now - LIFE.toMillis());
      if (isFull(handle, network)) {
        throw new ProblemException(
            new Problem.Busy(
                "Too many logins wait for a browser. Finish one of them, or try again in a few"
                    + " minutes; logging in with a name and password works meanwhile.",
                Duration.ofMinutes(1),
                true));
      }
      handle.execute(
          """
          INSERT INTO client_login
            (code, done, workspace, registry, client, address, network, created)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          Secrets.sha256(opened.code),
          Secrets.sha256(opened.done),
          workspace,
          registry,
          client,
          address.getHostAddress(),
          network,
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

  /// A login that somebody has decided about.
  ///
  /// @param account who the client acts as; 0, which nobody is, where it was refused
  private record Decided(ClientLogin login, long account) {}

  /// Whoever deletes the row has the answer: two who ask at once get one token.
  private Outcome take(Handle handle, String hash) {
    Decided decided =
        handle
            .createQuery(
                """
                DELETE FROM client_login WHERE done = ? AND decided IS NOT NULL
                RETURNING workspace, registry, client, address, created, account_id
                """)
            .bind(0, hash)
            .map((row, _) -> new Decided(login(row), row.getLong("account_id")))
            .findOne()
            .orElse(null);
    if (decided == null || decided.login.created().toEpochMilli() <= oldest()) {
      return new Outcome.Ended();
    }
    Account account = AccountRows.byId(handle, decided.account);
    return account != null && account.active()
        ? new Outcome.Allowed(account, decided.login)
        : new Outcome.Ended();
  }

  private long oldest() {
    return trail.clock().millis() - LIFE.toMillis();
  }

  private static boolean isFull(Handle handle, String network) {
    return handle
        .createQuery(
            """
            SELECT (SELECT COUNT(*) FROM client_login WHERE network = ?) >= ?
              OR (SELECT COUNT(*) FROM client_login) >= ?
            """)
        .bind(0, network)
        .bind(1, MOST_OF_A_NETWORK)
        .bind(2, MOST)
        .mapTo(Boolean.class)
        .one();
  }

  private static @Nullable ClientLogin login(
      Handle handle, String where, String hash, long oldest) {
    return handle
        .createQuery(
            "SELECT workspace, registry, client, address, created FROM client_login WHERE " + where)
        .bind(0, hash)
        .bind(1, oldest)
        .map((row, _) -> login(row))
        .findOne()
        .orElse(null);
  }

  private static ClientLogin login(ResultSet row) throws SQLException {
    Instant created = Instant.ofEpochMilli(row.getLong("created"));
    return new ClientLogin(
        row.getString("workspace"),
        row.getString("registry"),
        row.getString("client"),
        row.getString("address"),
        created,
        created.plus(LIFE));
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
