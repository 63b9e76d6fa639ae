package dev.gatehouse.notify.mail;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Who wants mails. Nobody does who has not asked for them.
public record Subscriptions(Database database, Trail trail) {

  /// Somebody who has an account.
  public record Reader(long id, String name, String email, boolean active) {}

  /// Those of the workspace who want mails, by name.
  public List<Reader> list(Workspace workspace) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT account.id, account.name, account.email, account.active
                FROM mail_subscription JOIN account ON account.id = mail_subscription.account_id
                WHERE account.workspace_id = ? ORDER BY account.name
                """)
            .bind(0, workspace.id())
            .map((row, _) ->
                new Reader(row.getLong(1), row.getString(2), row.getString(3), row.getBoolean(4)))
            .list());
  }

  /// Sends mails to the account called `name` from now on, or none any more.
  public void set(Actor actor, Workspace workspace, String name, boolean wanted) {
    database.write(handle -> {
      Reader reader = require(handle, workspace, name);
      if (wanted) {
        requireAddress(reader);
        handle.execute(
            """
            INSERT INTO mail_subscription (account_id, since) VALUES (?, ?)
            ON CONFLICT (account_id) DO UPDATE SET events = ''
            """,
            reader.id(),
            trail.clock().millis());
      } else {
        handle.execute("DELETE FROM mail_subscription WHERE account_id = ?", reader.id());
      }
      audit(handle, actor, workspace, wanted ? "mail.on" : "mail.off", name);
      Changes.raise(database, handle, Changes.Topic.WEBHOOKS);
      return reader;
    });
  }

  /// Sends the account called `name` mails about these kinds alone, from the transaction of
  /// `handle` on; none if there are none.
  public static void choose(
      Handle handle, Workspace workspace, String name, Set<EventType> events, Instant now) {
    Reader reader = require(handle, workspace, name);
    if (events.isEmpty()) {
      handle.execute("DELETE FROM mail_subscription WHERE account_id = ?", reader.id());
      return;
    }
    requireAddress(reader);
    handle.execute(
        """
        INSERT INTO mail_subscription (account_id, since, events) VALUES (?, ?, ?)
        ON CONFLICT (account_id) DO UPDATE SET events = excluded.events
        """,
        reader.id(),
        now.toEpochMilli(),
        EventType.join(events));
  }

  /// Sends a mail that tells of nothing to the account called `name`. Returns its address.
  public String test(Actor actor, Workspace workspace, String name) {
    return database.write(handle -> {
      Reader reader = require(handle, workspace, name);
      requireAddress(reader);
      var letter = Letter.of(reader.id(), workspace.name(), new Event.Test(actor.label()), true);
      Jobs.add(handle, Mailbag.KIND, letter.json(), trail.clock().millis());
      audit(handle, actor, workspace, "mail.test", name);
      return reader.email();
    });
  }

  private void audit(Handle handle, Actor actor, Workspace workspace, String action, String name) {
    trail.add(handle, actor, new Trail.Entry(workspace.id(), action, name, ""));
  }

  private static Reader require(Handle handle, Workspace workspace, String name) {
    return handle
        .createQuery(
            "SELECT id, name, email, active FROM account WHERE workspace_id = ? AND name = ?")
        .bind(0, workspace.id())
        .bind(1, name)
        .map((row, _) ->
            new Reader(row.getLong(1), row.getString(2), row.getString(3), row.getBoolean(4)))
        .findOne()
        .orElseThrow(() ->
            new ProblemException(
                new Problem.NotFound(
                    "There is no user \"%s\" in the workspace \"%s\"."
                        .formatted(name, workspace.name()))));
  }

  private static void requireAddress(Reader reader) {
    if (!reader.active() || Addresses.parse(reader.email()) == null) {
      throw new ProblemException(
          new Problem.Conflict(
              "\"%s\" has no address that mail can be sent to, or is deactivated: change the account first."
                  .formatted(reader.name())));
    }
  }
}
