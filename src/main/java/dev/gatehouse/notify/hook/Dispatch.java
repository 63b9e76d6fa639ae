package dev.gatehouse.notify.hook;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.jobs.Work;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.hook.Delivery.State;
import dev.gatehouse.notify.hook.DeliveryRows.Result;
import dev.gatehouse.upstream.wire.Courier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Delivers what is in the outbox. A receiver has a message when it answers 2xx; whatever else it
/// says, the message comes again after growing pauses, for some seventeen hours, unless it says
/// 410: then it is gone and told nothing any more. A crash may make a message come twice, under one
/// id.
public final class Dispatch implements Work {
  /// The kind of its jobs.
  public static final String KIND = "webhook";

  /// Attempts before a message is given up: fewer than the queue would make.
  static final int ATTEMPTS = 8;

  /// How long a receiver that was silent is left alone, so that the others need not wait for it.
  static final Duration REST = Duration.ofSeconds(30);

  private static final Actor ACTOR = new Actor.Job(KIND);
  private static final int GONE = 410;

  private final Database database;
  private final Webhooks webhooks;
  private final Courier courier;
  private final Trail trail;
  private final Map<Long, Instant> resting = new ConcurrentHashMap<>();

  /// Delivers by `courier`.
  public Dispatch(Database database, Webhooks webhooks, Courier courier, Trail trail) {
    this.database = database;
    this.webhooks = webhooks;
    this.courier = courier;
    this.trail = trail;
  }

  @Override
  public Outcome run(String payload) {
    long id = Long.parseLong(payload);
    Delivery delivery = database.read(handle -> DeliveryRows.find(handle, id));
    if (delivery == null || delivery.state() != State.WAITING) {
      return new Done();
    }
    Webhooks.Addressed to = webhooks.find(delivery.webhookId());
    if (to == null) {
      database.write(handle -> {
        DeliveryRows.remove(handle, id);
        return id;
      });
      return new Done();
    }
    return settle(to.webhook(), delivery, attempt(to, delivery));
  }

  private Result attempt(Webhooks.Addressed to, Delivery delivery) {
    Instant now = trail.clock().instant();
    Instant until = resting.get(to.webhook().id());
    if (until != null && now.isBefore(until)) {
      return new Result(State.WAITING, null, "Not sent: it was silent a moment ago.");
    }
    if (!to.webhook().active() && !delivery.event().equals(EventType.WEBHOOK_TEST.word())) {
      return new Result(State.FAILED, null, "Not sent: the webhook is switched off.");
    }
    resting.remove(to.webhook().id());
    byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        new LinkedHashMap<>(Signature.headers(to.target().secret(), delivery.message(), now, body));
    headers.put("content-type", "application/json");
    headers.put("user-agent", "gatehouse-webhook");
    return switch (courier.post(to.target().url(), headers, body)) {
      case Courier.Answered(int status, String answer) -> new Result(state(status), status, answer);
      case Courier.Failed(String sentence, boolean silent) -> {
        if (silent) {
          resting.put(to.webhook().id(), trail.clock().instant().plus(REST));
        }
        yield new Result(State.WAITING, null, sentence);
      }
    };
  }

  private static State state(int status) {
    if (status == GONE) {
      return State.FAILED;
    }
    return status >= 200 && status < 300 ? State.DELIVERED : State.WAITING;
  }

  private Outcome settle(Webhook webhook, Delivery delivery, Result result) {
    boolean last = delivery.attempts() + 1 >= ATTEMPTS;
    State state = last && result.state() == State.WAITING ? State.FAILED : result.state();
    Result written = new Result(state, result.status(), result.answer());
    database.write(handle -> {
      DeliveryRows.settle(handle, delivery.id(), written, trail.clock().millis());
      DeliveryRows.trim(handle, webhook.id(), Deliveries.KEPT);
      return written;
    });
    if (Integer.valueOf(GONE).equals(result.status()) && webhook.active()) {
      webhooks.switchOff(ACTOR, webhook);
    }
    return state == State.WAITING ? new Again(said(result)) : new Done();
  }

  private static String said(Result result) {
    return result.status() == null ? result.answer() : "It answered %d.".formatted(result.status());
  }
}
