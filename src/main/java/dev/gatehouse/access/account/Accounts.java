package dev.gatehouse.access.account;

import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The accounts of all workspaces, and the operations that change them. Each change is audited and
/// told to other processes in its own transaction, and known in this process when it returns.
///
/// Who may change whom is decided here, by the actor's role as it stands inside the transaction:
/// nobody but an owner touches an owner, and nobody changes their own role.
public final class Accounts {
  private final Database database;
  private final Trail trail;
  private final Passwords passwords;
  private final Runnable changed;

  /// The accounts in `database`. `changed` runs after every committed change, before the change
  /// returns: what holds accounts in memory reloads there.
  public Accounts(Database database, Trail trail, Passwords passwords, Runnable changed) {
    this.database = database;
    this.trail = trail;
    this.passwords = passwords;
    this.changed = changed;
  }

  /// Makes an account. A conflict if the name is taken.
  public Account create(Actor actor, long workspaceId, NewAccount account) {
    String hash = hash(account);
    Account made = database.write(handle -> insert(handle, actor, workspaceId, account, hash));
    changed.run();
    return made;
  }

  /// The accounts of a workspace by name.
  public List<Account> list(long workspaceId) {
    return database.read(handle -> AccountRows.in(handle, workspaceId));
  }

  /// The account called `name`, or null.
  public @Nullable Account find(long workspaceId, String name) {
    return database.read(handle -> AccountRows.find(handle, workspaceId, name));
  }

  /// The account with that id if it is there and active, or null.
  public @Nullable Account active(long id) {
    Account found = database.read(handle -> AccountRows.byId(handle, id));
    return found != null && found.active() ? found : null;
  }

  /// The account called `name`, or a not-found problem with a sentence.
  public Account require(long workspaceId, String name) {
    Account found = find(workspaceId, name);
    if (found == null) {
      throw new ProblemException(
          new Problem.NotFound("There is no user \"%s\" in this workspace.".formatted(name)));
    }
    return found;
  }

  /// Shuts an account out: its password and tokens stop working, its name stays taken.
  public Account deactivate(Actor actor, Account account) {
    return change(actor, account, "account.deactivate", Accounts::shutOut);
  }

  /// The same inside of a transaction.
  public Account deactivate(Handle handle, Actor actor, Account account) {
    return apply(handle, actor, account, "account.deactivate", Accounts::shutOut);
  }

  /// Lets an account in again, with the password and the tokens that it had.
  public Account activate(Actor actor, Account account) {
    return change(actor, account, "account.activate", Accounts::letIn);
  }

  /// The same inside of a transaction.
  public Account activate(Handle handle, Actor actor, Account account) {
    return apply(handle, actor, account, "account.activate", Accounts::letIn);
  }

  /// Sets a password. Who asks for it on their own account proves the old one first, see
  /// [PasswordCheck]. Tokens stay, sessions end.
  public Account changePassword(Actor actor, Account account, String password) {
    Passwords.requireAcceptable(account.name(), password);
    String hash = passwords.hash(password);
    return change(
        actor,
        account,
        "account.password",
        (handle, current) -> storePassword(handle, current, hash));
  }

  /// Whether a provider alone lets the account in: it has no password and never chose one.
  public boolean isProvided(Account account) {
    return database.read(handle -> AccountRows.isProvided(handle, account.id()));
  }

  /// The role of that name in a workspace, built in or made by its owners, or a malformed problem
  /// that lists all.
  public Role.Given role(long workspaceId, String label) {
    return database.read(handle -> AccountRows.role(handle, workspaceId, label));
  }

  /// Gives an account another role, of either kind.
  public Account changeRole(Actor actor, Account account, Role.Given role) {
    Account result = database.write(handle -> changeRole(handle, actor, account, role));
    changed.run();
    return result;
  }

  /// Gives an account one of the built-in roles.
  public Account changeRole(Actor actor, Account account, Role role) {
    return changeRole(actor, account, Role.Given.of(role));
  }

  /// Gives an account a role that an owner has made.
  public Account changeRole(Actor actor, Account account, CustomRole role) {
    return changeRole(actor, account, Role.Given.of(role));
  }

  /// The same inside of a transaction, with a role of either kind.
  public Account changeRole(Handle handle, Actor actor, Account account, Role.Given role) {
    CustomRole custom = role.custom();
    return apply(
        handle,
        actor,
        account,
        "account.role",
        (_, current) ->
            custom == null
                ? RoleChange.to(handle, actor, current, role.role())
                : RoleChange.to(handle, actor, current, custom));
  }

  /// Changes the mail address, unless it is null, and the profile's fields that are named; an empty
  /// value takes a field away.
  public Account changeProfile(
      Actor actor, Account account, @Nullable String email, Map<String, String> fields) {
    if (email != null) {
      Profile.requireEmail(email);
    }
    return change(
        actor,
        account,
        "account.profile",
        (handle, current) -> {
          handle.execute(
              "UPDATE account SET email = ?, profile = ? WHERE id = ?",
              email == null ? current.email() : email,
              current.profile().with(fields).json(),
              current.id());
          return "";
        });
  }

  /// Makes an account inside of a transaction; [#hash] was taken before it, as it is slow.
  public Account insert(
      Handle handle, Actor actor, long workspaceId, NewAccount account, @Nullable String hash) {
    Role.Given role = AccountRows.current(handle, workspaceId, account.role());
    AccountGuard.requireManages(handle, actor, workspaceId, role.rights());
    int made =
        handle
            .createUpdate(
                """
                INSERT INTO account (workspace_id, name, password, role, custom_role_id, email, profile,
                  active, created, updated)
                VALUES (:workspace, :name, :password, :role, :custom, :email, '{}', TRUE, :now, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("workspace", workspaceId)
            .bind("name", account.name())
            .bind("password", hash)
            .bind("role", role.role().label())
            .bind("custom", role.customId())
            .bind("email", account.email())
            .bind("now", trail.clock().millis())
            .execute();
    if (made == 0) {
      throw new ProblemException(
          new Problem.Conflict(
              "There is a user \"%s\" already: choose another name.".formatted(account.name())));
    }
    record(
        handle,
        actor,
        new Trail.Entry(
            workspaceId,
            "account.create",
            account.name(),
            RoleChange.details("role", role.label())));
    return Objects.requireNonNull(AccountRows.find(handle, workspaceId, account.name()));
  }

  /// Checks what a new account is to be, and hashes its password.
  public @Nullable String hash(NewAccount account) {
    AccountName.require(account.name());
    Profile.requireEmail(account.email());
    String password = account.password();
    if (password == null) {
      return null;
    }
    Passwords.requireAcceptable(account.name(), password);
    return passwords.hash(password);
  }

  /// Sets the password that [Passwords] has made `hash` of, inside of a transaction.
  Account setPassword(Handle handle, Actor actor, Account account, String hash) {
    return apply(
        handle,
        actor,
        account,
        "account.password",
        (_, current) -> storePassword(handle, current, hash));
  }

  /// Tells what holds accounts in memory that a transaction has changed them.
  public void reload() {
    changed.run();
  }

  private static String shutOut(Handle handle, Account current) {
    AccountGuard.requireAnotherOwner(handle, current);
    setActive(handle, current, false);
    endSessions(handle, current);
    return "";
  }

  private static String letIn(Handle handle, Account current) {
    setActive(handle, current, true);
    return "";
  }

  /// What a person decides about an account, its groups at a provider do not undo.
  private static void setActive(Handle handle, Account account, boolean active) {
    handle.execute("UPDATE account SET active = ? WHERE id = ?", active, account.id());
    handle.execute("UPDATE provider_link SET shut = FALSE WHERE account_id = ?", account.id());
  }

  private static String storePassword(Handle handle, Account account, String hash) {
    handle.execute("UPDATE account SET password = ? WHERE id = ?", hash, account.id());
    endSessions(handle, account);
    return "";
  }

  /// Whoever was signed in by the old password, or is shut out, is signed in no longer, and links
  /// to a new password end.
  private static void endSessions(Handle handle, Account account) {
    handle.execute("DELETE FROM session WHERE account_id = ?", account.id());
    handle.execute("DELETE FROM password_link WHERE account_id = ?", account.id());
  }

  /// Does something to an account as it stands in the transaction; returns the audit's details.
  private interface Step {
    String apply(Handle handle, Account current);
  }

  private Account change(Actor actor, Account account, String action, Step step) {
    Account result = database.<Account>write(handle -> apply(handle, actor, account, action, step));
    changed.run();
    return result;
  }

  private Account apply(Handle handle, Actor actor, Account account, String action, Step step) {
    Account current = AccountGuard.lock(handle, account);
    AccountGuard.requireMayChange(handle, actor, current, action);
    String details = step.apply(handle, current);
    handle.execute(
        "UPDATE account SET updated = ? WHERE id = ?", trail.clock().millis(), current.id());
    record(handle, actor, new Trail.Entry(current.workspaceId(), action, current.name(), details));
    return Objects.requireNonNull(AccountRows.byId(handle, current.id()));
  }

  private void record(Handle handle, Actor actor, Trail.Entry entry) {
    trail.add(handle, actor, entry);
    Changes.raise(database, handle, Changes.Topic.ACCESS);
  }
}
