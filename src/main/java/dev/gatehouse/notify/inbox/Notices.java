package dev.gatehouse.notify.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.EventType;
import dev.gatehouse.notify.event.Message;
import dev.gatehouse.notify.event.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What happened in a workspace, written once for all who want to hear of it, in the transaction of
/// what it tells of.
public final class Notices {
  /// What people hear of who have not said anything: all that waits for somebody, or may.
  static final Set<EventType> USUAL =
      EnumSet.of(
          EventType.VERSION_QUARANTINED,
          EventType.ISSUE_OPENED,
          EventType.WAIVER_ASKED,
          EventType.WAIVER_DECIDED,
          EventType.MALWARE_FOUND);

  static final JsonMapper JSON = new JsonMapper();

  /// How long they are kept.
  public static final Duration KEPT = Duration.ofDays(90);

  private Notices() {}

  /// Writes down that `event` happened, unless nobody in the workspace wants to hear of its kind.
  public static void tell(Handle handle, long workspaceId, Event event, Instant now) {
    boolean wanted =
        USUAL.contains(event.type())
            || (event.type() == EventType.VERSION_PUBLISHED && heard(handle).contains(workspaceId));
    if (!wanted) {
      return;
    }
    Message message = Message.of(event);
    handle.execute("DELETE FROM notification WHERE happened < ?", now.minus(KEPT).toEpochMilli());
    handle.execute(
        """
        INSERT INTO notification (workspace_id, event, title, facts, link, actor, happened)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        workspaceId,
        event.type().word(),
        message.title(),
        facts(message),
        link(event),
        actor(event),
        now.toEpochMilli());
  }

  /// The workspaces in which somebody wants to hear of every version that is published.
  public static Set<Long> heard(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT account.workspace_id FROM notification_reader
              JOIN account ON account.id = notification_reader.account_id
            WHERE account.active AND ' ' || events || ' ' LIKE '% version.published %'
            """)
        .mapTo(Long.class)
        .set();
  }

  static Message message(String title, String facts) {
    try {
      List<Message.Fact> read = new ArrayList<>();
      JSON.readTree(facts)
          .forEach(one -> read.add(new Message.Fact(one.path(0).asText(), one.path(1).asText())));
      return new Message(title, read);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException(damaged);
    }
  }

  private static String facts(Message message) {
    ArrayNode facts = JSON.createArrayNode();
    message.facts().forEach(one -> facts.addArray().add(one.label()).add(one.value()));
    return facts.toString();
  }

  private static String link(Event event) {
    return switch (event) {
      case Event.Published published -> page(published.place(), published.name());
      case Event.Quarantined quarantined ->
          quarantined.places().isEmpty()
              ? "/registries"
              : page(quarantined.places().getFirst(), quarantined.name());
      case Event.IssueOpened opened -> "/issues/" + opened.subject().number();
      case Event.MalwareFound found -> "/issues/" + found.subject().number();
      case Event.WaiverAsked asked -> waivers(asked.waiver());
      case Event.WaiverDecided decided -> waivers(decided.waiver());
      case Event.Test _ -> "/notifications";
    };
  }

  private static String page(Place place, String name) {
    return "/registries/" + place.registry() + "/package/" + name;
  }

  private static String waivers(Event.Waiver waiver) {
    return "/registries/" + waiver.place().registry() + "/withheld?package=" + waiver.name();
  }

  private static String actor(Event event) {
    return switch (event) {
      case Event.Published published -> published.by();
      case Event.Quarantined quarantined -> quarantined.by();
      case Event.WaiverAsked asked -> asked.by();
      case Event.WaiverDecided decided -> decided.by();
      case Event.IssueOpened _, Event.MalwareFound _ -> "";
      case Event.Test test -> test.by();
    };
  }
}
