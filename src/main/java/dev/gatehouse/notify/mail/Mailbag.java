package dev.gatehouse.notify.mail;

import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.notify.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mails that wait, written in the transaction of what they tell of. Every account reads all
/// registries of its workspace, so whoever is active there may know.
public final class Mailbag {
  /// The kind of the jobs.
  public static final String KIND = "mail";

  /// In all; a mail server that is down for long must not fill the disk.
  static final int MOST_WAITING = 10_000;

  private static final Logger log = LoggerFactory.getLogger(Mailbag.class);

  private Mailbag() {}

  /// Writes a mail about `event` to everybody in the workspace who wants mails about its kind.
  public static void tell(Handle handle, long workspaceId, Event event, Instant now) {
    List<Long> readers =
        handle
            .createQuery(
                """
                SELECT account.id FROM mail_subscription
                  JOIN account ON account.id = mail_subscription.account_id
                WHERE account.workspace_id = ? AND account.active AND account.email <> ''
                  AND (events = '' OR ' ' || events || ' ' LIKE ?)
                ORDER BY account.id
                """)
            .bind(0, workspaceId)
            .bind(1, "% " + event.type().word() + " %")
            .mapTo(Long.class)
            .list();
    if (readers.isEmpty()) {
      return;
    }
    if (waiting(handle) + readers.size() > MOST_WAITING) {
      log.warn(
          "No mail tells {} people of this ({}): {} mails are waiting. Is the mail server down?",
          readers.size(),
          event.type().word(),
          MOST_WAITING);
      return;
    }
    String workspace = workspace(handle, workspaceId);
    for (long reader : readers) {
      Letter letter = Letter.of(reader, workspace, event, false);
      Jobs.add(handle, KIND, letter.json(), now.toEpochMilli());
    }
  }

  /// The workspaces in which anybody wants mails.
  public static Set<Long> heard(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT account.workspace_id FROM mail_subscription
              JOIN account ON account.id = mail_subscription.account_id
            """)
        .mapTo(Long.class)
        .set();
  }

  static String workspace(Handle handle, long workspaceId) {
    return handle
        .createQuery("SELECT name FROM workspace WHERE id = ?")
        .bind(0, workspaceId)
        .mapTo(String.class)
        .one();
  }

  private static int waiting(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM job WHERE kind = ?")
        .bind(0, KIND)
        .mapTo(Integer.class)
        .one();
  }
}
