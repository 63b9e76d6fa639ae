package dev.gatehouse.access;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.account.Grants;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenRows;
import dev.gatehouse.db.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All accounts and tokens at one moment, immutable but for what it has seen: the headers by which
/// valid tokens were presented, which spares the next request the hash. They live as long as the
/// snapshot and are never written anywhere.
final class Snapshot {
  private static final int MOST_SEEN = 1_024;

  private final Map<Long, Account> accounts = new HashMap<>();
  private final Map<Long, Grants> grants = new HashMap<>();
  private final Map<String, Authentication.Granted> tokens = new HashMap<>();

  private final Map<String, Authentication.Granted> seen = new ConcurrentHashMap<>();

  private Grants nothing = Grants.NONE;

  private Snapshot() {}

  static Snapshot load(Database database) {
    return database.read(handle -> {
      var snapshot = new Snapshot();
      Map<String, Token> tokens = TokenRows.byHash(handle);
      AccountRows.all(handle).forEach(one -> snapshot.accounts.put(one.id(), one));
      snapshot.grants.putAll(Grants.all(handle));
      snapshot.nothing = Grants.nothing(handle);
      tokens.forEach(snapshot::put);
      return snapshot;
    });
  }

  /// The grant of the token whose secret has that SHA-256, whether or not it is still valid.
  Authentication.@Nullable Granted token(String hash) {
    return tokens.get(hash);
  }

  /// The grant of a token that was presented by this header before, or null.
  Authentication.@Nullable Granted seen(String header) {
    return seen.get(header);
  }

  /// Notes that `header` presents the token of `granted`.
  void see(String header, Authentication.Granted granted) {
    if (seen.size() < MOST_SEEN) {
      seen.put(header, granted);
    }
  }

  /// The account with that id, or null.
  @Nullable Account account(long id) {
    return accounts.get(id);
  }

  /// What that account may do in single registries.
  Grants grants(Account account) {
    return grants.getOrDefault(account.id(), nothing);
  }

  private void put(String hash, Token token) {
    Account account = accounts.get(token.accountId());
    if (account != null) {
      tokens.put(hash, new Authentication.Granted(new Identity(account, token, grants(account))));
    }
  }
}
