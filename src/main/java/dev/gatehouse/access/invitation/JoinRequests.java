package dev.gatehouse.access.invitation;

import dev.gatehouse.access.account.AccountGuard;
import dev.gatehouse.access.account.Profile;
import dev.gatehouse.access.account.Role;
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
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Strangers who ask to join, in workspaces that let them. Asking makes nothing but a row for an
/// admin to look at; approving it invites them. Who may ask how often is for the caller to limit.
public final class JoinRequests {
  private static final Duration LIFE = Duration.ofDays(30);
  private static final int MOST = 100;
  private static final int LONGEST = 500;

  private final Database database;
  private final Trail trail;
  private final Invitations invitations;

  /// The requests in `database`, which become `invitations`.
  public JoinRequests(Database database, Trail trail, Invitations invitations) {
    this.database = database;
    this.trail = trail;
    this.invitations = invitations;
  }

  /// Whether strangers may ask to join that workspace.
  public boolean areAllowed(long workspaceId) {
    return database.read(handle -> areAllowed(handle, workspaceId));
  }

  /// Lets strangers ask, or no longer. Those who have asked already stay.
  public void allow(Actor actor, long workspaceId, boolean allowed) {
    database.write(handle -> {
      AccountGuard.requireManages(handle, actor, workspaceId, Role.ADMIN);
      int changed =
          handle.execute(
              "UPDATE workspace SET joining = ? WHERE id = ? AND joining <> ?",
              allowed,
              workspaceId,
              allowed);
      if (changed > 0) {
        record(handle, actor, workspaceId, "join.allow", Boolean.toString(allowed));
      }
      return changed;
    });
  }

  /// Asks to join. The same address of mail counts once, and is told nothing else the second time.
  /// A workspace that there is not (null) answers as one that takes no requests.
  public void ask(@Nullable Long workspaceId, String email, String message, InetAddress from) {
    if (email.isEmpty()) {
      throw malformed("A mail address is needed: the invitation goes there.");
    }
    Profile.requireEmail(email);
    if (message.length() > LONGEST) {
      throw malformed("The message is too long: use up to %d characters.".formatted(LONGEST));
    }
    database.write(handle -> {
      if (workspaceId == null || !areAllowed(handle, workspaceId)) {
        throw new ProblemException(
            new Problem.Forbidden(
                "This workspace takes no requests to join: ask somebody who is in it to invite"
                    + " you."));
      }
      long now = trail.clock().millis();
      handle.execute("DELETE FROM join_request WHERE created <= ?", now - LIFE.toMillis());
      requireRoom(handle, workspaceId);
      int made =
          handle.execute(
              """
              INSERT INTO join_request (workspace_id, email, message, address, created)
              VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
              """,
              workspaceId,
              email,
              message,
              from.getHostAddress(),
              now);
      if (made > 0) {
        record(handle, new Actor.Anonymous(), workspaceId, "join.ask", email);
      }
      return made;
    });
  }

  /// Who waits for an answer, the oldest first.
  public List<JoinRequest> list(long workspaceId) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, email, message, address, created FROM join_request
                WHERE workspace_id = ? AND created > ? ORDER BY id
                """)
            .bind(0, workspaceId)
            .bind(1, trail.clock().millis() - LIFE.toMillis())
            .map((row, _) -> request(row))
            .list());
  }

  /// Invites who has asked. `told` as in [Invitations#invite].
  public Invitations.Made approve(
      Actor.User actor,
      long workspaceId,
      long id,
      Role.Given role,
      BiConsumer<Handle, Invitations.Made> told) {
    return database.write(handle -> {
      JoinRequest request = take(handle, actor, workspaceId, id);
      record(handle, actor, workspaceId, "join.approve", request.email());
      var wanted = new Invitations.Wanted(role, request.email());
      return invitations.insert(handle, actor, workspaceId, wanted, told);
    });
  }

  /// Refuses who has asked; nobody tells them.
  public void refuse(Actor actor, long workspaceId, long id) {
    database.write(handle -> {
      JoinRequest request = take(handle, actor, workspaceId, id);
      record(handle, actor, workspaceId, "join.refuse", request.email());
      return request;
    });
  }

  /// Whoever deletes the row decides: of two at once the second finds nothing.
  private static JoinRequest take(Handle handle, Actor actor, long workspaceId, long id) {
    AccountGuard.requireManages(handle, actor, workspaceId, Role.READ_ONLY);
    return handle
        .createQuery(
            """
            DELETE FROM join_request WHERE id = ? AND workspace_id = ?
            RETURNING id, email, message, address, created
            """)
        .bind(0, id)
        .bind(1, workspaceId)
        .map((row, _) -> request(row))
        .findOne()
        .orElseThrow(() ->
            new ProblemException(
                new Problem.NotFound("Nobody asks so: somebody else has answered already.")));
  }

  private static boolean areAllowed(Handle handle, long workspaceId) {
    return handle
        .createQuery("SELECT joining FROM workspace WHERE id = ?")
        .bind(0, workspaceId)
        .mapTo(Boolean.class)
        .one();
  }

  private static void requireRoom(Handle handle, long workspaceId) {
    int waiting =
        handle
            .createQuery("SELECT COUNT(*) FROM join_request WHERE workspace_id = ?")
            .bind(0, workspaceId)
            .mapTo(Integer.class)
            .one();
    if (waiting >= MOST) {
      throw new ProblemException(
          new Problem.Busy(
              "Too many people wait to join this workspace: ask somebody who is in it to invite"
                  + " you.",
              Duration.ofHours(1),
              true));
    }
  }

  private static JoinRequest request(ResultSet row) throws SQLException {
    return new JoinRequest(
        row.getLong("id"),
        row.getString("email"),
        row.getString("message"),
        row.getString("address"),
        Instant.ofEpochMilli(row.getLong("created")));
  }

  private void record(Handle handle, Actor actor, long workspaceId, String action, String subject) {
    trail.add(handle, actor, new Trail.Entry(workspaceId, action, subject, ""));
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
