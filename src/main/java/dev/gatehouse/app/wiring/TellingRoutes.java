package dev.gatehouse.app.wiring;

import dev.gatehouse.audit.Trail;
import dev.gatehouse.http.Handler;
import dev.gatehouse.notify.inbox.Inbox;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.hook.DeliveriesEndpoint;
import dev.gatehouse.web.api.hook.WebhooksEndpoint;
import dev.gatehouse.web.api.inbox.NotificationsEndpoint;
import java.util.ArrayList;
import java.util.List;

/// The operations that are about who is told what happens.
final class TellingRoutes {
  private final List<ApiRoute> routes = new ArrayList<>();

  private TellingRoutes() {}

  static List<ApiRoute> of(ApiRoutes.Parts parts, Visitors visitors) {
    var table = new TellingRoutes();
    table.webhooks(parts, visitors);
    table.notifications(parts, visitors);
    return List.copyOf(table.routes);
  }

  private void webhooks(ApiRoutes.Parts parts, Visitors visitors) {
    Messaging messaging = parts.messaging();
    var webhooks = new WebhooksEndpoint(visitors, messaging.webhooks(), parts.registries());
    var deliveries = new DeliveriesEndpoint(visitors, messaging.webhooks(), messaging.deliveries());
    add("GET", "webhooks", webhooks::list);
    add("POST", "webhooks", webhooks::create);
    add("GET", "webhooks/{webhook}", webhooks::show);
    add("PATCH", "webhooks/{webhook}", webhooks::change);
    add("DELETE", "webhooks/{webhook}", webhooks::remove);
    add("GET", "webhooks/{webhook}/deliveries", deliveries::list);
    add("POST", "webhooks/{webhook}/deliveries", deliveries::send);
  }

  private void notifications(ApiRoutes.Parts parts, Visitors visitors) {
    Messaging messaging = parts.messaging();
    var inbox = new Inbox(parts.database(), new Trail(parts.clock()), messaging.webhooks()::reload);
    var notifications = new NotificationsEndpoint(visitors, inbox, messaging.links().arePossible());
    add("GET", "notifications", notifications::list);
    add("GET", "notifications/unread", notifications::count);
    add("POST", "notifications/read", notifications::read);
    add("PATCH", "notifications/{notification}", notifications::mark);
    add("GET", "me/notifications", notifications::wants);
    add("PUT", "me/notifications", notifications::want);
  }

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
