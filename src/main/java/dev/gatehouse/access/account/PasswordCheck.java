package dev.gatehouse.access.account;

import dev.gatehouse.access.secret.GuessLimit;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Tells by a password who somebody is. It takes its time, so never call it on an event loop. An
/// unknown name, a name that no account can have and a wrong password cost and answer the same.
/// Where a workspace leaves signing in to its provider, the passwords of owners alone work.
public final class PasswordCheck {
  private final Database database;
  private final Passwords passwords;
  private final GuessLimit limit;

  /// Checks against the accounts in `database`, within `limit`.
  public PasswordCheck(Database database, Passwords passwords, GuessLimit limit) {
    this.database = database;
    this.passwords = passwords;
    this.limit = limit;
  }

  /// Who it may be.
  ///
  /// @param provider the name of where they must sign in instead, or null
  private record Candidate(
      @Nullable Account account, @Nullable String password, @Nullable String provider) {
    static final Candidate NONE = new Candidate(null, null, null);
  }

  /// The active account called `name` whose password is `password`. Else a
  /// [Problem.Unauthenticated], or [Problem.Busy] after too many wrong ones.
  public Account require(long workspaceId, String name, String password, InetAddress address) {
    boolean possible = AccountName.isPossible(name);
    String counted = workspaceId + "/" + (possible ? name : "?");
    limit.begin(counted, address);
    Candidate candidate = possible ? find(workspaceId, name) : Candidate.NONE;
    boolean right = passwords.matches(password, candidate.password);
    Account account = candidate.account;
    if (account == null || !right) {
      throw unauthenticated("The user name or the password is wrong.");
    }
    limit.succeeded(counted, address);
    if (!account.active()) {
      throw unauthenticated(
          "The account \"%s\" is deactivated: ask an owner of the workspace.".formatted(name));
    }
    if (candidate.provider != null && account.role() != Role.OWNER) {
      throw unauthenticated(
          "People of this workspace sign in with %s, not by password: open the web app, or log in by the browser."
              .formatted(candidate.provider));
    }
    return account;
  }

  private Candidate find(long workspaceId, String name) {
    return database.read(handle -> {
      Account account = AccountRows.find(handle, workspaceId, name);
      return account == null
          ? Candidate.NONE
          : new Candidate(
              account,
              AccountRows.password(handle, account.id()),
              AccountRows.providerInstead(handle, workspaceId));
    });
  }

  private static ProblemException unauthenticated(String sentence) {
    return new ProblemException(new Problem.Unauthenticated(sentence));
  }
}
