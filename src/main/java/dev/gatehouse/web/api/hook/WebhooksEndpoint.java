package dev.gatehouse.web.api.hook;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.form.Form;
import dev.gatehouse.notify.hook.Choice;
import dev.gatehouse.notify.hook.Target;
import dev.gatehouse.notify.hook.Webhook;
import dev.gatehouse.notify.hook.Webhooks;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `webhooks`: who outside is told what happens in the workspace. Those who manage its registries
/// see and change them; those of other workspaces do not exist.
public record WebhooksEndpoint(Visitors visitors, Webhooks webhooks, Registries registries) {

  /// A webhook as the API shows it: of its address only the origin.
  record WebhookView(
      String name,
      String origin,
      String form,
      List<String> events,
      List<String> registries,
      boolean active,
      @Nullable String created,
      String createdBy) {}

  /// A new one, with its secret.
  record MadeWebhook(WebhookView webhook, String secret) {}

  /// `GET webhooks`, by name.
  public Response list(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    List<WebhookView> all = webhooks.list(visitor.workspace()).stream().map(this::shown).toList();
    return Answer.of(
        200, Page.of(all, Page.Wanted.of(request), WebhookView::name, Comparator.naturalOrder()));
  }

  /// `POST webhooks`: makes one. The secret that signs its messages is in no other answer.
  public Response create(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    JsonBody body = ApiBody.read(request, "name", "url", "form", "events", "registries");
    String form = body.text("form");
    var wanted =
        new Webhooks.Wanted(
            body.requireText("name"),
            Target.url(body.requireText("url")),
            form == null ? Form.JSON : ApiBody.choice(Form.class, "form", form),
            choice(visitor, body, Choice.ALL));
    Webhooks.Added added = webhooks.add(visitor.actor(), visitor.workspace(), wanted);
    return Answer.of(201, new MadeWebhook(shown(added.webhook()), added.secret()));
  }

  /// `GET webhooks/{webhook}`.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    return Answer.of(
        200, shown(webhooks.require(visitor.workspace(), request.variable("webhook"))));
  }

  /// `PATCH webhooks/{webhook}`: tells it of other things, or of nothing for a while.
  public Response change(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    JsonBody body = ApiBody.read(request, "events", "registries", "active");
    String name = request.variable("webhook");
    Webhook before = webhooks.require(visitor.workspace(), name);
    Webhook changed =
        webhooks.change(
            visitor.actor(),
            visitor.workspace(),
            name,
            choice(visitor, body, before.choice()),
            body.has("active") ? body.flag("active") : before.active());
    return Answer.of(200, shown(changed));
  }

  /// `DELETE webhooks/{webhook}`.
  public Response remove(Request request) {
    Visitor visitor = visitors.visitor(request, Right.MANAGE_REGISTRIES);
    webhooks.remove(visitor.actor(), visitor.workspace(), request.variable("webhook"));
    return Answer.done();
  }

  private Choice choice(Visitor visitor, JsonBody body, Choice before) {
    Set<EventType> events =
        body.texts("events").stream().map(WebhooksEndpoint::event).collect(Collectors.toSet());
    Set<Long> chosen =
        body.texts("registries").stream()
            .map(name -> visitors.registry(visitor, name).id())
            .collect(Collectors.toSet());
    return new Choice(
        body.has("events") ? events : before.events(),
        body.has("registries") ? chosen : before.registries());
  }

  private static EventType event(String word) {
    EventType found = EventType.of(word);
    if (found == null || found == EventType.WEBHOOK_TEST) {
      throw ApiBody.malformed(
          "\"events\" are some of %s.".formatted(String.join(", ", EventType.choices())));
    }
    return found;
  }

  private WebhookView shown(Webhook webhook) {
    return new WebhookView(
        webhook.name(),
        webhook.origin(),
        webhook.form().word(),
        webhook.choice().events().stream().map(EventType::word).sorted().toList(),
        webhook.choice().registries().stream().map(this::called).sorted().toList(),
        webhook.active(),
        Answer.text(webhook.made().at()),
        webhook.made().by());
  }

  private String called(long id) {
    Registry registry = registries.directory().byId(id);
    return registry == null ? "(deleted)" : registry.name();
  }
}
