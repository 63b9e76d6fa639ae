package dev.gatehouse.web.api.inbox;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.event.Message;
import dev.gatehouse.notify.inbox.Inbox;
import dev.gatehouse.notify.inbox.Notification;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Numbers;
import dev.gatehouse.web.api.Page;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `notifications` and `me/notifications`: what happened that one wants to hear of. Not for tokens
/// that are limited to some registries.
///
/// @param mail whether this server sends mail
public record NotificationsEndpoint(Visitors visitors, Inbox inbox, boolean mail) {

  /// Something that happened.
  ///
  /// @param link the page of the web app that shows more
  record NotificationView(
      long id,
      String event,
      String title,
      List<Message.Fact> facts,
      String link,
      @Nullable String happened,
      boolean unread) {}

  record NotificationList(List<NotificationView> items, @Nullable String next) {}

  /// @param unread counted up to `most`
  record Count(int unread, int most) {}

  /// What one wants to hear of.
  ///
  /// @param kinds what there is to choose from
  /// @param mailPossible whether mails can be sent: the server does, and one has an address
  record WantsView(List<String> kinds, List<String> app, List<String> mail, boolean mailPossible) {}

  /// `GET notifications`, the newest first; with `unread=true` those alone.
  public Response list(Request request) {
    Inbox.Reader reader = reader(visitors.visitor(request, Right.READ));
    Page.Wanted wanted = Page.Wanted.of(request);
    String after = wanted.after();
    if (after != null && !after.matches("\\d{1,18}")) {
      throw ApiBody.malformed(
          "\"cursor\" is not one that this server has given: begin without one.");
    }
    long before = after == null ? Long.MAX_VALUE : Long.parseLong(after);
    boolean unread = "true".equals(request.query("unread"));
    List<Notification> found = inbox.list(reader, before, wanted.limit() + 1, unread);
    boolean more = found.size() > wanted.limit();
    List<NotificationView> items =
        found.stream().limit(wanted.limit()).map(NotificationsEndpoint::view).toList();
    String next = more ? Page.cursor(Long.toString(items.getLast().id())) : null;
    return Answer.of(200, new NotificationList(items, next));
  }

  /// `GET notifications/unread`.
  public Response count(Request request) {
    Inbox.Reader reader = reader(visitors.visitor(request, Right.READ));
    return Answer.of(200, new Count(inbox.unread(reader), Inbox.MOST_COUNTED));
  }

  /// `POST notifications/read`: all up to the one of that number are seen.
  public Response read(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.READ);
    JsonBody body = ApiBody.read(request, "upTo");
    visitor.requireSelfService();
    Long upTo = body.number("upTo");
    if (upTo == null) {
      throw ApiBody.malformed("Say by \"upTo\" which notification is the newest that was seen.");
    }
    inbox.readUpTo(reader(visitor), upTo);
    return Answer.done();
  }

  /// `PATCH notifications/{notification}`: that one alone is seen, or is to be seen again.
  public Response mark(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.READ);
    JsonBody body = ApiBody.read(request, "unread");
    visitor.requireSelfService();
    if (!body.has("unread")) {
      throw ApiBody.malformed("Say by \"unread\" whether it is to be seen again.");
    }
    long id = Numbers.of(request.variable("notification"));
    inbox.mark(reader(visitor), id, body.flag("unread"));
    return Answer.done();
  }

  /// `GET me/notifications`.
  public Response wants(Request request) {
    Visitor visitor = visitors.visitor(request, Right.READ);
    return Answer.tagged(request, wants(visitor));
  }

  /// `PUT me/notifications`.
  public Response want(Request request) throws IOException {
    Visitor visitor = visitors.visitor(request, Right.READ);
    JsonBody body = ApiBody.read(request, "app", "mail");
    visitor.requireSelfService();
    Answer.requireMatch(request, wants(visitor));
    inbox.want(reader(visitor), new Inbox.Wants(types(body, "app"), types(body, "mail")));
    return Answer.tagged(request, wants(visitor));
  }

  private WantsView wants(Visitor visitor) {
    Inbox.Wants wants = inbox.wants(reader(visitor));
    return new WantsView(
        EventType.choices(),
        words(wants.app()),
        words(wants.mail()),
        mail && !visitor.account().email().isEmpty());
  }

  private static Set<EventType> types(JsonBody body, String member) {
    if (!body.has(member)) {
      throw ApiBody.malformed("Say by \"app\" and \"mail\" what you want to hear of.");
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String word : body.texts(member)) {
      EventType type = EventType.of(word);
      if (type == null || !EventType.choices().contains(word)) {
        throw ApiBody.malformed(
            "\"%s\" holds of these: %s.".formatted(member, String.join(", ", EventType.choices())));
      }
      types.add(type);
    }
    return types;
  }

  private static List<String> words(Set<EventType> types) {
    return types.stream().sorted().map(EventType::word).toList();
  }

  private static NotificationView view(Notification one) {
    return new NotificationView(
        one.id(),
        one.event().word(),
        one.message().title(),
        one.message().facts(),
        one.link(),
        Answer.text(one.happened()),
        one.unread());
  }

  private static Inbox.Reader reader(Visitor visitor) {
    Account account = visitor.account();
    return new Inbox.Reader(visitor.workspace(), account.id(), account.name(), account.created());
  }
}
