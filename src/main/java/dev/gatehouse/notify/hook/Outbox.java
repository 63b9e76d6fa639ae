package dev.gatehouse.notify.hook;

import dev.gatehouse.jobs.Jobs;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.form.Form;
import dev.gatehouse.notify.inbox.Notices;
import dev.gatehouse.notify.mail.Mailbag;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is to be told, written in the transaction of what it tells of; a job delivers it.
public final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  /// For one webhook; a receiver that takes nothing must not fill the disk.
  static final int MOST_WAITING = 10_000;

  private Outbox() {}

  /// Tells everybody of `event` who is to know, once the transaction of `handle` is committed.
  public static void tell(Handle handle, long workspaceId, Event event, Instant now) {
    Event open = event.within(new Closed(handle)::isOpen);
    if (open != null) {
      Mailbag.tell(handle, workspaceId, open, now);
      Notices.tell(handle, workspaceId, open, now);
    }
    for (Webhook webhook : WebhookRows.active(handle, workspaceId)) {
      Event visible = webhook.choice().of(event);
      if (visible == null) {
        continue;
      }
      if (DeliveryRows.waiting(handle, webhook.id()) < MOST_WAITING) {
        put(handle, webhook, visible, now);
      } else {
        log.warn(
            "The webhook \"{}\" is not told of this: it has {} messages waiting.",
            webhook.name(),
            MOST_WAITING);
      }
    }
  }

  /// The registries that those alone read who are named there: inboxes and mails, which everybody
  /// has, tell nothing of them. Webhooks are set up by those who manage all registries.
  private record Closed(Handle handle) {
    boolean isOpen(long registry) {
      return handle
          .createQuery(
              "SELECT registry_id FROM registry_audience WHERE registry_id = ? AND audience ="
                  + " 'named'")
          .bind(0, registry)
          .mapTo(Long.class)
          .findOne()
          .isEmpty();
    }
  }

  /// Returns the number of the delivery.
  static long put(Handle handle, Webhook webhook, Event event, Instant now) {
    String id = "msg_" + UUID.randomUUID();
    String body = webhook.form().body(new Form.Envelope(id, webhook.workspace(), event, now));
    return put(handle, new DeliveryRows.Fresh(webhook.id(), id, event.type().word(), body), now);
  }

  static long put(Handle handle, DeliveryRows.Fresh fresh, Instant now) {
    long number = DeliveryRows.add(handle, fresh, now.toEpochMilli());
    Jobs.add(handle, Dispatch.KIND, Long.toString(number), now.toEpochMilli());
    return number;
  }
}
