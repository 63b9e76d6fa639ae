package dev.gatehouse.access.provider;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.secret.Network;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Browsers on their way to a provider and back. Each way has two secrets: the state, which the
/// addresses hold, and the browser's own, which its cookie holds. Only hashes of both are stored;
/// the nonce and the verifier are made of both and stored nowhere, so that neither the database nor
/// an address alone finishes a sign-in, and no other browser does.
final class ProviderVisits {
  /// How long a way may take.
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final int LENGTH = 40;
  private static final int MOST_OF_A_NETWORK = 100;
  private static final int MOST = 5_000;
  private static final Pattern OWN_PATH =
      Pattern.compile("/([^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*)?");
  private static final int LONGEST_PATH = 1_000;

  private final Database database;
  private final Clock clock;

  ProviderVisits(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The secrets of a way.
  record Secret(String state, String browser) {
    static Secret draw() {
      return new Secret(Secrets.draw(LENGTH), Secrets.draw(LENGTH));
    }

    String nonce() {
      return Secrets.sha256(browser + "/nonce/" + state);
    }

    /// What a SAML provider is asked by. Whoever has the state knows it, whoever has it not.
    static String question(String state) {
      return "_" + Secrets.sha256("question/" + state);
    }

    String verifier() {
      return Secrets.sha256(browser + "/verifier/" + state);
    }

    @Override
    public String toString() {
      return "Secret[***]";
    }
  }

  /// A way that has begun.
  ///
  /// @param linkingId the account that is to be linked; null: this is a sign-in
  /// @param provedId who has come back, once that is known and a code is still missing
  /// @param provedSession what the provider calls their session, if it says that
  /// @param target the page of ours that they want to see
  record Visit(
      long providerId,
      @Nullable Long linkingId,
      @Nullable Long provedId,
      @Nullable String provedSession,
      String target) {}

  /// Where somebody is who begins.
  record From(InetAddress address, String target, @Nullable Account linking) {}

  /// Begins a way. So that strangers cannot fill the table, a network has a hundred at a time and
  /// all together five thousand.
  Secret begin(Provider provider, From from) {
    if (!OWN_PATH.matcher(from.target).matches() || from.target.length() > LONGEST_PATH) {
      throw new ProblemException(
          new Problem.Malformed("\"to\" is a path on this server, such as /registries."));
    }
    Secret secret = Secret.draw();
    String network = Network.of(from.address).key();
    Account linking = from.linking;
    return database.write(handle -> {
      long now = clock.millis();
      handle.execute("DELETE FROM provider_visit WHERE created <= ?", now - LIFE.toMillis());
      requireRoom(handle, network);
      handle.execute(
          """
          INSERT INTO provider_visit
            (state, browser, provider_id, linking_id, target, network, answered, created)
          VALUES (?, ?, ?, ?, ?, ?, FALSE, ?)
          """,
          Secrets.sha256(secret.state),
          Secrets.sha256(secret.browser),
          provider.id(),
          linking == null ? null : linking.id(),
          from.target,
          network,
          now);
      return secret;
    });
  }

  /// The way that the browser with those secrets comes back from, once: whoever comes again, or
  /// later, or from elsewhere, is refused.
  Visit answered(Secret secret) {
    return taken(
        secret, "UPDATE provider_visit SET answered = TRUE", "NOT answered AND proved_id IS NULL");
  }

  /// The provider of the way with that state from which nobody has come back yet, or null. Which
  /// browser it belongs to is not known here.
  @Nullable Long pending(String state) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT provider_id FROM provider_visit
                WHERE state = ? AND NOT answered AND proved_id IS NULL AND created > ?
                """)
            .bind(0, Secrets.sha256(state))
            .bind(1, clock.millis() - LIFE.toMillis())
            .mapTo(Long.class)
            .findOne()
            .orElse(null));
  }

  /// The way at whose end a code is missing. It stays until [#end].
  Visit proved(Secret secret) {
    return taken(secret, "UPDATE provider_visit SET answered = TRUE", "proved_id IS NOT NULL");
  }

  /// Remembers who has come back, until their code comes.
  void prove(Secret secret, Account account, @Nullable String session) {
    var _ =
        database.write(handle ->
            handle.execute(
                "UPDATE provider_visit SET proved_id = ?, proved_sid = ? WHERE state = ?",
                account.id(),
                session,
                Secrets.sha256(secret.state)));
  }

  /// Ends a way.
  void end(Secret secret) {
    var _ =
        database.write(handle ->
            handle.execute(
                "DELETE FROM provider_visit WHERE state = ?", Secrets.sha256(secret.state)));
  }

  private Visit taken(Secret secret, String update, String condition) {
    Visit visit =
        database.write(handle ->
            handle
                .createQuery(
                    update
                        + " WHERE state = ? AND browser = ? AND created > ? AND "
                        + condition
                        + " RETURNING provider_id, linking_id, proved_id, proved_sid, target")
                .bind(0, Secrets.sha256(secret.state))
                .bind(1, Secrets.sha256(secret.browser))
                .bind(2, clock.millis() - LIFE.toMillis())
                .map((row, _) -> visit(row))
                .findOne()
                .orElse(null));
    if (visit == null) {
      throw new ProblemException(
          new Problem.Forbidden(
              "This sign-in is over: it was begun in another browser or tab, more than ten minutes"
                  + " ago, or has ended. Begin again."));
    }
    return visit;
  }

  private static void requireRoom(Handle handle, String network) {
    boolean full =
        handle
            .createQuery(
                """
                SELECT (SELECT COUNT(*) FROM provider_visit WHERE network = ?) >= ?
                  OR (SELECT COUNT(*) FROM provider_visit) >= ?
                """)
            .bind(0, network)
            .bind(1, MOST_OF_A_NETWORK)
            .bind(2, MOST)
            .mapTo(Boolean.class)
            .one();
    if (full) {
      throw new ProblemException(
          new Problem.Busy(
              "Too many people are signing in at once: try again in a few minutes.",
              Duration.ofMinutes(1),
              true));
    }
  }

  private static Visit visit(ResultSet row) throws SQLException {
    return new Visit(
        row.getLong("provider_id"),
        id(row, "linking_id"),
        id(row, "proved_id"),
        row.getString("proved_sid"),
        row.getString("target"));
  }

  private static @Nullable Long id(ResultSet row, String column) throws SQLException {
    long id = row.getLong(column);
    return row.wasNull() ? null : id;
  }
}
