package dev.gatehouse.notify.hook;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;

/// What was sent to webhooks lately, for people.
public record Deliveries(Database database, Trail trail) {
  /// So many that are over are remembered of each webhook.
  public static final int KEPT = 200;

  private static final int SHOWN = 1_000;

  /// The deliveries to a webhook, the newest first.
  public List<Delivery> list(Webhook webhook) {
    return database.read(handle -> DeliveryRows.list(handle, webhook.id(), SHOWN));
  }

  /// Sends the message of the delivery with that number once more, under its own id, as a delivery
  /// of its own. Returns the new one's number.
  public long redeliver(Actor actor, Webhook webhook, long id) {
    return database.write(handle -> {
      Delivery found = DeliveryRows.find(handle, id);
      if (found == null || found.webhookId() != webhook.id()) {
        throw new ProblemException(
            new Problem.NotFound(
                "There is no delivery %d to \"%s\": list them to see."
                    .formatted(id, webhook.name())));
      }
      trail.add(
          handle,
          actor,
          new Trail.Entry(
              webhook.workspaceId(), "webhook.redeliver", webhook.name() + " " + id, ""));
      return Outbox.put(
          handle,
          new DeliveryRows.Fresh(webhook.id(), found.message(), found.event(), found.body()),
          trail.clock().instant());
    });
  }
}
