package dev.gatehouse.notify.inbox;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.mail.Subscriptions;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Workspace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// What people see of what happens in their workspace: of the kinds that they want to hear of,
/// since they are there, and not what they did themselves. Of registries that those alone read who
/// are named there, nothing comes here, so whoever is active in the workspace may know.
public final class Inbox {
  /// More than that many unread ones are not counted.
  public static final int MOST_COUNTED = 100;

  private static final String VISIBLE =
      """
      FROM notification WHERE workspace_id = :workspace AND event IN (<events>)
        AND actor <> :actor AND happened >= :since
      """;

  private final Database database;
  private final Trail trail;
  private final Runnable changed;

  /// The inboxes in `database`. `changed` runs when somebody wants to hear of other things.
  public Inbox(Database database, Trail trail, Runnable changed) {
    this.database = database;
    this.trail = trail;
    this.changed = changed;
  }

  /// Whose inbox it is.
  ///
  /// @param since when they came
  public record Reader(Workspace workspace, long id, String name, Instant since) {
    Actor.User actor() {
      return new Actor.User(id, name, null);
    }
  }

  /// What somebody wants to hear of, in the app and by mail.
  public record Wants(Set<EventType> app, Set<EventType> mail) {
    /// Keeps its own copies.
    public Wants {
      app = Set.copyOf(app);
      mail = Set.copyOf(mail);
    }
  }

  /// What is unread: newer than the newest that was seen and not marked as read, or marked as
  /// unread.
  private static final String UNREAD =
      """
      ((id > :after AND id NOT IN (SELECT notification_id FROM notification_mark
          WHERE account_id = :account AND NOT unread))
        OR id IN (SELECT notification_id FROM notification_mark
          WHERE account_id = :account AND unread))
      """;

  private record State(Set<EventType> events, long readUpTo) {}

  /// The newest ones before `before`, up to `size`; unread ones alone if `unread`.
  public List<Notification> list(Reader reader, long before, int size, boolean unread) {
    return database.read(handle -> {
      State state = state(handle, reader.id);
      if (state.events.isEmpty()) {
        return List.of();
      }
      return bind(
              handle,
              "SELECT notification.*, CASE WHEN "
                  + UNREAD
                  + " THEN 1 ELSE 0 END AS unread "
                  + VISIBLE
                  + " AND id < :before"
                  + (unread ? " AND " + UNREAD : "")
                  + " ORDER BY id DESC LIMIT :size",
              reader,
              state)
          .bind("account", reader.id)
          .bind("after", state.readUpTo)
          .bind("before", before)
          .bind("size", size)
          .map((row, _) -> notification(row))
          .list();
    });
  }

  /// How many are unread, counted up to [#MOST_COUNTED].
  public int unread(Reader reader) {
    return database.read(handle -> {
      State state = state(handle, reader.id);
      if (state.events.isEmpty()) {
        return 0;
      }
      return bind(
              handle,
              "SELECT COUNT(*) FROM (SELECT id "
                  + VISIBLE
                  + " AND id >= :oldest AND "
                  + UNREAD
                  + " LIMIT :most) AS counted",
              reader,
              state)
          .bind("account", reader.id)
          .bind("after", state.readUpTo)
          .bind("oldest", oldestUnread(handle, reader, state))
          .bind("most", MOST_COUNTED)
          .mapTo(Integer.class)
          .one();
    });
  }

  /// The reader has seen that one, or wants to see it again, whatever they have read up to. Not
  /// found if they cannot see it.
  public void mark(Reader reader, long id, boolean unread) {
    var _ =
        database.write(handle -> {
          State state = state(handle, reader.id);
          boolean visible =
              !state.events.isEmpty()
                  && bind(handle, "SELECT id " + VISIBLE + " AND id = :id", reader, state)
                      .bind("id", id)
                      .mapTo(Long.class)
                      .findOne()
                      .isPresent();
          if (!visible) {
            throw new ProblemException(
                new Problem.NotFound(
                    "There is no such notification: it is older than three months, or of a kind"
                        + " that you do not hear of."));
          }
          return handle.execute(
              """
              INSERT INTO notification_mark (account_id, notification_id, unread) VALUES (?, ?, ?)
              ON CONFLICT (account_id, notification_id) DO UPDATE SET unread = excluded.unread
              """,
              reader.id,
              id,
              unread);
        });
  }

  /// The reader has seen all up to the one of that number; nothing becomes unread by it.
  public void readUpTo(Reader reader, long id) {
    var _ =
        database.write(handle -> {
          handle.execute(
              "DELETE FROM notification_mark WHERE account_id = ? AND notification_id <= ?",
              reader.id,
              id);
          return handle.execute(
              """
              INSERT INTO notification_reader (account_id, read_up_to)
              SELECT ?, id FROM notification WHERE id = ? AND workspace_id = ?
              ON CONFLICT (account_id) DO UPDATE SET read_up_to =
                CASE WHEN excluded.read_up_to > notification_reader.read_up_to
                  THEN excluded.read_up_to ELSE notification_reader.read_up_to END
              """,
              reader.id,
              id,
              reader.workspace.id());
        });
  }

  /// What the reader wants to hear of.
  public Wants wants(Reader reader) {
    return database.read(handle -> {
      String mail =
          handle
              .createQuery("SELECT events FROM mail_subscription WHERE account_id = ?")
              .bind(0, reader.id)
              .mapTo(String.class)
              .findOne()
              .orElse(null);
      return new Wants(state(handle, reader.id).events, mailed(mail));
    });
  }

  /// The reader wants to hear of these from now on. A conflict if mails are wanted and there is no
  /// address.
  public void want(Reader reader, Wants wants) {
    var _ =
        database.write(handle -> {
          handle.execute(
              """
              INSERT INTO notification_reader (account_id, events, read_up_to) VALUES (?, ?, 0)
              ON CONFLICT (account_id) DO UPDATE SET events = excluded.events
              """,
              reader.id,
              EventType.join(wants.app));
          Instant now = trail.clock().instant();
          Subscriptions.choose(handle, reader.workspace, reader.name, wants.mail, now);
          trail.add(
              handle,
              reader.actor(),
              new Trail.Entry(reader.workspace.id(), "notifications.choose", reader.name, ""));
          Changes.raise(database, handle, Changes.Topic.WEBHOOKS);
          return wants;
        });
    changed.run();
  }

  private static Set<EventType> mailed(@Nullable String events) {
    if (events == null) {
      return Set.of();
    }
    return events.isEmpty()
        ? EnumSet.complementOf(EnumSet.of(EventType.WEBHOOK_TEST))
        : EventType.parse(events);
  }

  private static State state(Handle handle, long accountId) {
    return handle
        .createQuery("SELECT events, read_up_to FROM notification_reader WHERE account_id = ?")
        .bind(0, accountId)
        .map((row, _) -> {
          String events = row.getString("events");
          return new State(
              events == null ? Notices.USUAL : EventType.parse(events), row.getLong("read_up_to"));
        })
        .findOne()
        .orElseGet(() -> new State(Notices.USUAL, 0));
  }

  private static Query bind(Handle handle, String sql, Reader reader, State state) {
    return handle
        .createQuery(sql)
        .bindList("events", state.events.stream().map(EventType::word).toList())
        .bind("workspace", reader.workspace.id())
        .bind("actor", reader.actor().label())
        .bind("since", reader.since.toEpochMilli());
  }

  /// Nothing before it is unread: whoever has read all is not counted through all there was.
  private static long oldestUnread(Handle handle, Reader reader, State state) {
    return handle
        .createQuery(
            "SELECT MIN(notification_id) FROM notification_mark WHERE account_id = ? AND unread")
        .bind(0, reader.id)
        .mapTo(Long.class)
        .findOne()
        .map(marked -> Math.min(marked, state.readUpTo))
        .orElse(state.readUpTo);
  }

  private static Notification notification(ResultSet row) throws SQLException {
    return new Notification(
        row.getLong("id"),
        Objects.requireNonNull(EventType.of(row.getString("event"))),
        Notices.message(row.getString("title"), row.getString("facts")),
        row.getString("link"),
        Instant.ofEpochMilli(row.getLong("happened")),
        row.getInt("unread") == 1);
  }
}
