package dev.gatehouse.access;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.access.token.TokenRows;
import dev.gatehouse.db.Database;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All accounts and tokens at one moment, immutable.
final class Snapshot {
  private final Map<Long, Account> accounts = new HashMap<>();
  private final Map<String, Authentication.Granted> tokens = new HashMap<>();

  private Snapshot() {}

  static Snapshot load(Database database) {
    return database.read(handle -> {
      var snapshot = new Snapshot();
      Map<String, Token> tokens = TokenRows.byHash(handle);
      AccountRows.all(handle).forEach(one -> snapshot.accounts.put(one.id(), one));
      tokens.forEach(snapshot::put);
      return snapshot;
    });
  }

  /// The grant of the token whose secret has that SHA-256, whether or not it is still valid.
  Authentication.@Nullable Granted token(String hash) {
    return tokens.get(hash);
  }

  /// The account with that id, or null.
  @Nullable Account account(long id) {
    return accounts.get(id);
  }

  private void put(String hash, Token token) {
    Account account = accounts.get(token.accountId());
    if (account != null) {
      tokens.put(hash, new Authentication.Granted(new Identity(account, token)));
    }
  }
}
