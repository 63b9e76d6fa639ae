package dev.gatehouse.access;

import dev.gatehouse.access.Authentication.Granted;
import dev.gatehouse.access.Authentication.NeedsPassword;
import dev.gatehouse.access.Authentication.None;
import dev.gatehouse.access.Authentication.Refused;
import dev.gatehouse.access.PresentedCredential.NameAndPassword;
import dev.gatehouse.access.PresentedCredential.Secret;
import dev.gatehouse.access.PresentedCredential.Unreadable;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.PasswordCheck;
import dev.gatehouse.access.factor.SecondFactors;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.access.token.LastUsed;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.access.token.TokenText;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Tells from an `Authorization` header who asks.
///
/// All tokens are in memory in an immutable [Snapshot], so that the answer costs a look into a map,
/// on the event loop, and a SHA-256 the first time that a token is seen. The snapshot, and with it
/// what it has seen, is replaced by [#reload], which whoever changes an account or a token calls
/// before the change is answered: a revoked token is refused on the next request. Many changes at
/// once share a load, and none is answered before a load that began after it.
public final class Authenticator {
  private final Database database;
  private final Clock clock;
  private final Proofs proofs;
  private final LastUsed lastUsed;
  private final RememberedPasswords remembered = new RememberedPasswords();
  private final AtomicLong asked = new AtomicLong();
  private final Object loading = new Object();
  private volatile Snapshot snapshot;
  private volatile long loaded;

  /// What is asked about somebody who brings a password, and nothing else.
  public record Proofs(PasswordCheck passwords, SecondFactors factors) {}

  /// Loads what is in `database` now.
  public Authenticator(Database database, Clock clock, Proofs proofs, LastUsed lastUsed) {
    this.database = database;
    this.clock = clock;
    this.proofs = proofs;
    this.lastUsed = lastUsed;
    this.snapshot = Snapshot.load(database);
  }

  /// Who a request with the header's value (null: it has none) from `address` comes from. Never
  /// blocks.
  public Authentication authenticate(@Nullable String authorization, InetAddress address) {
    if (authorization == null || authorization.isBlank()) {
      return new None();
    }
    Snapshot current = snapshot;
    Granted seen = current.seen(authorization);
    if (seen != null) {
      return unlessLimited(seen, address);
    }
    return switch (PresentedCredential.read(authorization)) {
      case Secret(String text) -> {
        if (!TokenText.isWellFormed(text)) {
          yield refused(malformed(text));
        }
        Granted granted = current.token(Secrets.sha256(text));
        if (granted == null) {
          yield refused(
              "This token is not valid: it was revoked, or it is from another server. Log in"
                  + " again.");
        }
        current.see(authorization, granted);
        yield unlessLimited(granted, address);
      }
      case NameAndPassword(String name, String password) -> new NeedsPassword(name, password);
      case Unreadable(String sentence) -> refused(sentence);
    };
  }

  /// Checks a name and password against the accounts of a workspace: [Granted] or [Refused]. Slow
  /// the first time.
  public Authentication check(NeedsPassword given, long workspaceId, InetAddress address) {
    try {
      long id =
          remembered.require(
              workspaceId, given, snapshot, () -> passwordAlone(given, workspaceId, address));
      Account account = account(id);
      return account == null
          ? refused("The account is gone.")
          : new Granted(new Identity(account, null, snapshot.grants(account)));
    } catch (ProblemException refusal) {
      return new Refused(refusal.problem());
    }
  }

  private long passwordAlone(NeedsPassword given, long workspaceId, InetAddress address) {
    Account account =
        proofs.passwords().require(workspaceId, given.name(), given.password(), address);
    Problem refusal = proofs.factors().refusalOfPassword(account);
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
    return account.id();
  }

  /// Loads again. Returns when the snapshot holds at least what was committed before the call.
  public void reload() {
    long mine = asked.incrementAndGet();
    synchronized (loading) {
      if (loaded < mine) {
        long upTo = asked.get();
        snapshot = Snapshot.load(database);
        loaded = upTo;
      }
    }
  }

  /// Loads again if a load has failed since the last one that did not.
  void reloadIfStale() {
    if (loaded < asked.get()) {
      reload();
    }
  }

  /// Another process may have made it just now.
  private @Nullable Account account(long id) {
    if (snapshot.account(id) == null) {
      reload();
    }
    return snapshot.account(id);
  }

  /// What may change from one request to the next is looked at anew.
  private Authentication unlessLimited(Granted granted, InetAddress address) {
    Identity identity = granted.identity();
    TokenLimits limits = identity.limits();
    Instant expires = limits.expires();
    long now = clock.millis();
    if (expires != null && expires.toEpochMilli() <= now) {
      LocalDate day = LocalDate.ofInstant(expires, ZoneOffset.UTC);
      return refused("The token expired on " + day + ": log in again, or make a new one.");
    }
    if (!identity.account().active()) {
      return refused(
          "The account \"%s\" is deactivated: ask an owner of the workspace."
              .formatted(identity.account().name()));
    }
    if (!limits.admits(address)) {
      return new Refused(
          new Problem.Forbidden(
              "This token may not be used from %s: it is limited to other addresses."
                  .formatted(address.getHostAddress())));
    }
    if (identity.token() != null) {
      lastUsed.note(identity.token().id(), now);
    }
    return granted;
  }

  private static String malformed(String text) {
    if (text.contains("${")) {
      return "The token is the name of a variable that was not replaced: set it in the"
          + " environment.";
    }
    return text.startsWith(TokenText.PREFIX)
        ? "The token is damaged: copy all of it, or log in again."
        : "The credential is no token of this server, they start with gh_: log in again.";
  }

  private static Refused refused(String sentence) {
    return new Refused(new Problem.Unauthenticated(sentence));
  }
}
