package dev.gatehouse.access;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.Grants;
import dev.gatehouse.access.account.PasswordCheck;
import dev.gatehouse.access.account.PasswordLinks;
import dev.gatehouse.access.account.SetupLink;
import dev.gatehouse.access.factor.Confirmations;
import dev.gatehouse.access.factor.SecondFactors;
import dev.gatehouse.access.invitation.Invitations;
import dev.gatehouse.access.invitation.JoinRequests;
import dev.gatehouse.access.invitation.OwnerLinks;
import dev.gatehouse.access.secret.GuessLimit;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.session.ClientLogins;
import dev.gatehouse.access.session.SessionPasswords;
import dev.gatehouse.access.session.Sessions;
import dev.gatehouse.access.team.Rights;
import dev.gatehouse.access.token.LastUsed;
import dev.gatehouse.access.token.Tokens;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Vault;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The services of this package as a server wires them: every change reaches the authenticator
/// before it is answered, changes of other processes within two seconds.
public final class Access implements AutoCloseable {
  private static final long FLUSH_SECONDS = 30;
  private static final Logger log = LoggerFactory.getLogger(Access.class);

  private final Accounts accounts;
  private final Tokens tokens;
  private final PasswordCheck passwordCheck;
  private final Authenticator authenticator;
  private final SetupLink setupLink;
  private final OwnerLinks ownerLinks;
  private final Invitations invitations;
  private final JoinRequests joinRequests;
  private final PasswordLinks passwordLinks;
  private final SecondFactors secondFactors;
  private final Confirmations confirmations;
  private final Sessions sessions;
  private final SessionPasswords sessionPasswords;
  private final ClientLogins clientLogins;
  private final LastUsed lastUsed;
  private final Database database;
  private final Rights rights;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("access-upkeep").daemon().factory());

  /// Wires everything over `database`; `changes` must watch the same one. `vault` seals the secrets
  /// of second factors.
  public Access(Database database, Changes changes, Clock clock, Vault vault) {
    var trail = new Trail(clock);
    this.database = database;
    var passwords = new Passwords();
    this.lastUsed = new LastUsed(database);
    this.passwordCheck = new PasswordCheck(database, passwords, new GuessLimit(clock));
    this.secondFactors = new SecondFactors(database, trail, vault, this::accountsChanged);
    this.confirmations = new Confirmations(database, trail);
    this.authenticator =
        new Authenticator(
            database, clock, new Authenticator.Proofs(passwordCheck, secondFactors), lastUsed);
    this.accounts = new Accounts(database, trail, passwords, this::accountsChanged);
    this.rights = Rights.over(database, trail, this::accountsChanged);
    this.tokens = new Tokens(database, trail, authenticator::reload);
    this.setupLink = new SetupLink(database, trail, accounts);
    this.ownerLinks = new OwnerLinks(database, trail, accounts);
    this.invitations = new Invitations(database, trail, accounts);
    this.joinRequests = new JoinRequests(database, trail, invitations);
    this.passwordLinks = new PasswordLinks(database, trail, accounts, passwords);
    this.sessions = new Sessions(database, trail);
    this.sessionPasswords = new SessionPasswords(database, clock);
    this.clientLogins = new ClientLogins(database, trail);
    changes.watch(Changes.Topic.ACCESS, this::accountsChanged);
    var _ =
        upkeep.scheduleWithFixedDelay(this::keepUp, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  /// Runs `reload` after accounts have changed, here or in another process.
  public void onAccountChange(Runnable reload) {
    listeners.add(reload);
  }

  /// People.
  public Accounts accounts() {
    return accounts;
  }

  /// Their tokens.
  public Tokens tokens() {
    return tokens;
  }

  /// Who is signed in to the web app.
  public Sessions sessions() {
    return sessions;
  }

  /// What somebody who is signed in may do, as it stands in the database.
  public Identity identity(Account account) {
    return new Identity(account, null, database.read(handle -> Grants.of(handle, account.id())));
  }

  /// Teams, roles that owners have made, and rights in single registries.
  public Rights rights() {
    return rights;
  }

  /// What they may give a client in place of their password.
  public SessionPasswords sessionPasswords() {
    return sessionPasswords;
  }

  /// For logging a client in by a browser.
  public ClientLogins clientLogins() {
    return clientLogins;
  }

  /// For logging in with a password.
  public PasswordCheck passwordCheck() {
    return passwordCheck;
  }

  /// For every request.
  public Authenticator authenticator() {
    return authenticator;
  }

  /// What some accounts need besides their password.
  public SecondFactors secondFactors() {
    return secondFactors;
  }

  /// Changes that wait for it.
  public Confirmations confirmations() {
    return confirmations;
  }

  /// For the first owner.
  public SetupLink setupLink() {
    return setupLink;
  }

  /// For the first owners of other workspaces.
  public OwnerLinks ownerLinks() {
    return ownerLinks;
  }

  /// For those who are to join.
  public Invitations invitations() {
    return invitations;
  }

  /// For those who ask to join.
  public JoinRequests joinRequests() {
    return joinRequests;
  }

  /// For those who have forgotten their password.
  public PasswordLinks passwordLinks() {
    return passwordLinks;
  }

  /// Writes when tokens were last used. Call it before the database is closed.
  @Override
  public void close() {
    upkeep.close();
    lastUsed.flush();
  }

  private void accountsChanged() {
    authenticator.reload();
    listeners.forEach(Runnable::run);
  }

  private void keepUp() {
    try {
      lastUsed.flush();
      authenticator.reloadIfStale();
    } catch (RuntimeException failure) {
      log.warn("Could not write when tokens were last used; trying again.", failure);
    }
  }
}
