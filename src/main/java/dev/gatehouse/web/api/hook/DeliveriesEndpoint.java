package dev.gatehouse.web.api.hook;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.hook.Deliveries;
import dev.gatehouse.notify.hook.Delivery;
import dev.gatehouse.notify.hook.Webhook;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Numbers;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `webhooks/{webhook}/deliveries`: what was sent lately, and sending something now.
public record DeliveriesEndpoint(Visitors visitors, Webhooks webhooks, Deliveries deliveries) {

  /// A delivery as the API shows it.
  record DeliveryView(
      long id,
      String message,
      String event,
      String state,
      int attempts,
      @Nullable Integer status,
      @Nullable String answer,
      String body,
      @Nullable String created,
      @Nullable String changed) {

    static DeliveryView of(Delivery delivery) {
      return new DeliveryView(
          delivery.id(),
          delivery.message(),
          delivery.event(),
          delivery.state().word(),
          delivery.attempts(),
          delivery.status(),
          delivery.answer(),
          delivery.body(),
          Answer.text(delivery.times().created()),
          Answer.text(delivery.times().changed()));
    }

    String key() {
      return Long.toString(id);
    }
  }

  /// The number of a delivery that is on its way.
  record Begun(long id) {}

  /// `GET webhooks/{webhook}/deliveries`, the newest first.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    List<DeliveryView> all =
        deliveries.list(named(visitor, request)).stream().map(DeliveryView::of).toList();
    return Answer.of(
        200,
        Page.of(
            all,
            Page.Wanted.of(request),
            DeliveryView::key,
            Comparator.comparingLong(Numbers::of).reversed()));
  }

  /// `POST webhooks/{webhook}/deliveries`: sends that of number `again` once more, else a test.
  public Response send(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    JsonBody body = ApiBody.read(request, "again");
    Webhook webhook = named(visitor, request);
    Long again = body.number("again");
    long id =
        again == null
            ? webhooks.test(visitor.actor(), visitor.workspace(), webhook.name())
            : deliveries.redeliver(visitor.actor(), webhook, again);
    return Answer.of(201, new Begun(id));
  }

  private Webhook named(Visitor visitor, Request request) {
    return webhooks.require(visitor.workspace(), request.variable("webhook"));
  }
}
