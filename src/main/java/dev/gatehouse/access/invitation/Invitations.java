package dev.gatehouse.access.invitation;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.AccountGuard;
import dev.gatehouse.access.account.AccountRows;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.CustomRole;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Profile;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Inviting people: whoever has the link chooses a name and a password and is in, once. Only the
/// hash of its secret is stored. An invitation rests on the rights of who made it, when it is made
/// and when it is used: nobody gives a role that they do not manage, and with an inviter who is
/// shut out or has another role their invitations end.
public final class Invitations {
  /// How long a link works.
  public static final Duration LIFE = Duration.ofDays(5);

  private static final int LENGTH = 40;
  private static final int MOST = 500;
  private static final String SELECT =
      """
      SELECT invitation.id, invitation.workspace_id, invitation.role, invitation.email,
        invitation.custom_role_id, given.name AS given_name, given.rights AS given_rights,
        invitation.created, invitation.expires, account.id AS inviter, account.name,
        account.role AS inviter_role, account.active,
        (SELECT rights FROM custom_role WHERE id = account.custom_role_id) AS inviter_rights
      FROM invitation JOIN account ON account.id = invitation.account_id
        LEFT JOIN custom_role AS given ON given.id = invitation.custom_role_id
      WHERE expires > :now AND
      """;

  private final Database database;
  private final Trail trail;
  private final Accounts accounts;

  /// Invitations into `database` that make `accounts`.
  public Invitations(Database database, Trail trail, Accounts accounts) {
    this.database = database;
    this.trail = trail;
    this.accounts = accounts;
  }

  /// Whom somebody wants to invite, by mail unless `email` is empty.
  public record Wanted(Role.Given role, String email) {}

  /// An invitation that was just made: the only time that its secret is there.
  public record Made(Invitation invitation, String secret) {
    @Override
    public String toString() {
      return "Made[invitation=" + invitation + ", secret=***]";
    }
  }

  /// A row, and whether its inviter may still invite so.
  private record Row(Invitation invitation, boolean holds) {}

  /// Invites somebody. `told` runs in the same transaction: what it writes is there exactly if the
  /// invitation is.
  public Made invite(
      Actor.User actor, long workspaceId, Wanted wanted, BiConsumer<Handle, Made> told) {
    return database.write(handle -> insert(handle, actor, workspaceId, wanted, told));
  }

  /// An operator invites somebody in the name of `inviter`, on whose rights it rests. The trail
  /// names the operator. Its link is handed over: an address that came without a mail is not
  /// proved.
  public Made inviteFor(Actor.Operator operator, Account inviter, Role.Given role) {
    var wanted = new Wanted(role, "");
    var actor = new Actor.User(inviter.id(), inviter.name(), null);
    return database.write(handle -> {
      Made made = write(handle, actor, inviter.workspaceId(), wanted);
      record(handle, operator, "invitation.create", made.invitation);
      return made;
    });
  }

  /// The invitations of a workspace that nobody has used yet, the newest first.
  public List<Invitation> list(long workspaceId) {
    return database.read(handle ->
        handle
            .createQuery(
                SELECT + "invitation.workspace_id = :workspace ORDER BY invitation.id DESC")
            .bind("now", trail.clock().millis())
            .bind("workspace", workspaceId)
            .map((row, _) -> row(row))
            .filter(Row::holds)
            .map(Row::invitation)
            .list());
  }

  /// Takes an invitation back.
  public void revoke(Actor actor, long workspaceId, long id) {
    database.write(handle -> {
      Row row =
          find(handle, "invitation.id = :key AND invitation.workspace_id = " + workspaceId, id);
      if (row == null || handle.execute("DELETE FROM invitation WHERE id = ?", id) == 0) {
        throw new ProblemException(
            new Problem.NotFound("There is no such invitation: it was used, or has expired."));
      }
      Invitation invitation = row.invitation;
      AccountGuard.requireManages(handle, actor, workspaceId, invitation.role().rights());
      record(handle, actor, "invitation.revoke", invitation);
      return invitation;
    });
  }

  /// The invitation with that secret in its link.
  public Invitation require(String secret) {
    return database.read(handle -> require(handle, Secrets.sha256(secret)));
  }

  /// Makes the account of whoever was invited, and spends the invitation: both or neither. An
  /// invitation that came by mail has proved its address; else `email` is what they say.
  public Account accept(String secret, String name, String password, String email) {
    Invitation asked = require(secret);
    String address = asked.email().isEmpty() ? email : asked.email();
    var wanted = new NewAccount(name, asked.role(), password, address);
    String passwordHash = accounts.hash(wanted);
    String hash = Secrets.sha256(secret);
    Account made =
        database.write(handle -> {
          Invitation invitation = require(handle, hash);
          if (handle.execute("DELETE FROM invitation WHERE hash = ?", hash) == 0) {
            throw missing();
          }
          Invitation.Inviter inviter = invitation.inviter();
          var actor = new Actor.User(inviter.id(), inviter.name(), null);
          record(handle, actor, "invitation.accept", invitation);
          return accounts.insert(handle, actor, invitation.workspaceId(), wanted, passwordHash);
        });
    accounts.reload();
    return made;
  }

  Made insert(
      Handle handle,
      Actor.User actor,
      long workspaceId,
      Wanted wanted,
      BiConsumer<Handle, Made> told) {
    Made made = write(handle, actor, workspaceId, wanted);
    record(handle, actor, "invitation.create", made.invitation);
    told.accept(handle, made);
    return made;
  }

  private Made write(Handle handle, Actor.User actor, long workspaceId, Wanted wanted) {
    Profile.requireEmail(wanted.email);
    Role.Given role = AccountRows.current(handle, workspaceId, wanted.role);
    AccountGuard.requireManages(handle, actor, workspaceId, role.rights());
    long now = trail.clock().millis();
    handle.execute("DELETE FROM invitation WHERE expires <= ?", now);
    requireRoom(handle, workspaceId);
    String secret = Secrets.draw(LENGTH);
    String hash = Secrets.sha256(secret);
    handle.execute(
        """
        INSERT INTO invitation
          (workspace_id, account_id, hash, role, custom_role_id, email, created, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        workspaceId,
        actor.id(),
        hash,
        role.role().label(),
        role.customId(),
        wanted.email,
        now,
        now + LIFE.toMillis());
    return new Made(require(handle, hash), secret);
  }

  private static void requireRoom(Handle handle, long workspaceId) {
    int waiting =
        handle
            .createQuery("SELECT COUNT(*) FROM invitation WHERE workspace_id = ?")
            .bind(0, workspaceId)
            .mapTo(Integer.class)
            .one();
    if (waiting >= MOST) {
      throw new ProblemException(
          new Problem.Conflict(
              "%d invitations wait to be used: take some of them back first.".formatted(waiting)));
    }
  }

  private Invitation require(Handle handle, String hash) {
    Row row = find(handle, "invitation.hash = :key", hash);
    if (row == null || !row.holds) {
      throw missing();
    }
    return row.invitation;
  }

  private @Nullable Row find(Handle handle, String where, Object key) {
    return handle
        .createQuery(SELECT + where)
        .bind("now", trail.clock().millis())
        .bind("key", key)
        .map((row, _) -> row(row))
        .findOne()
        .orElse(null);
  }

  private static Row row(ResultSet row) throws SQLException {
    Role.Given role = role(row);
    var invitation =
        new Invitation(
            row.getLong("id"),
            row.getLong("workspace_id"),
            role,
            row.getString("email"),
            new Invitation.Inviter(row.getLong("inviter"), row.getString("name")),
            Instant.ofEpochMilli(row.getLong("created")),
            Instant.ofEpochMilli(row.getLong("expires")));
    String custom = row.getString("inviter_rights");
    Set<Right> own =
        custom == null ? Role.of(row.getString("inviter_role")).rights() : CustomRole.parse(custom);
    boolean holds = own.contains(Right.MANAGE_ACCOUNTS) && own.containsAll(role.rights());
    return new Row(invitation, row.getBoolean("active") && holds);
  }

  private static Role.Given role(ResultSet row) throws SQLException {
    String custom = row.getString("given_name");
    return custom == null
        ? Role.Given.of(Role.of(row.getString("role")))
        : Role.Given.of(
            new CustomRole(
                row.getLong("custom_role_id"),
                custom,
                "",
                CustomRole.parse(row.getString("given_rights"))));
  }

  private void record(Handle handle, Actor actor, String action, Invitation invitation) {
    String subject = invitation.email().isEmpty() ? "a link" : invitation.email();
    String details = "{\"role\":\"%s\"}".formatted(invitation.role().label());
    trail.add(handle, actor, new Trail.Entry(invitation.workspaceId(), action, subject, details));
  }

  private static ProblemException missing() {
    return new ProblemException(
        new Problem.NotFound(
            "This invitation was used, taken back, or is older than five days: ask for another"
                + " one."));
  }
}
