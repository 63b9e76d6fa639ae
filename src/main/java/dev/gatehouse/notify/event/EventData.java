package dev.gatehouse.notify.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Events as programs read them; `docs/WEBHOOKS.md` shows each.
public final class EventData {
  /// So many places are listed; of the others only the number.
  static final int LISTED = 50;

  private EventData() {}

  /// The data of `event`.
  public static ObjectNode of(Event event) {
    return switch (event) {
      case Event.Published published -> of(published);
      case Event.Quarantined(List<Place> places, String name, String reason, String by) ->
          listed(object().put("package", name).put("reason", reason).put("by", by), places);
      case Event.IssueOpened(Event.Subject subject, List<Place> places, boolean again) ->
          listed(of(subject).put("reopened", again), places);
      case Event.MalwareFound found -> of(found);
      case Event.WaiverAsked(Event.Waiver waiver, String by) -> of(waiver).put("by", by);
      case Event.WaiverDecided(Event.Waiver waiver, String state, String askedBy, String by) ->
          of(waiver).put("askedBy", askedBy).put("state", state).put("by", by);
      case Event.Test(String by) -> object().put("by", by);
    };
  }

  private static ObjectNode of(Event.Published event) {
    ObjectNode data =
        object()
            .put("registry", event.place().registry())
            .put("package", event.name())
            .put("version", event.place().version());
    ArrayNode tags = data.putArray("tags");
    event.tags().stream().limit(LISTED).forEach(tags::add);
    return data.put("by", event.by()).put("replaced", event.replaced());
  }

  private static ObjectNode of(Event.Subject subject) {
    return object()
        .put("number", subject.number())
        .put("kind", subject.kind())
        .put("severity", subject.severity())
        .put("package", subject.name())
        .put("cause", subject.cause())
        .put("title", subject.title())
        .put("url", subject.url());
  }

  private static ObjectNode of(Event.MalwareFound event) {
    Reach reach = Reach.of(event.exposures());
    ObjectNode data =
        of(event.subject())
            .put("people", reach.people())
            .put("addresses", reach.addresses())
            .put("downloads", reach.downloads())
            .put("first", text(reach.first()));
    return listed(data, reach.places());
  }

  private static ObjectNode of(Event.Waiver waiver) {
    return object()
        .put("id", waiver.id())
        .put("registry", waiver.place().registry())
        .put("package", waiver.name())
        .put("range", waiver.place().version())
        .put("policy", waiver.policy())
        .put("reason", waiver.reason())
        .put("until", text(waiver.until()));
  }

  private static ObjectNode listed(ObjectNode data, List<Place> places) {
    ArrayNode list = data.putArray("places");
    places.stream()
        .limit(LISTED)
        .forEach(
            one -> list.addObject().put("registry", one.registry()).put("version", one.version()));
    return data.put("more", Math.max(0, places.size() - LISTED));
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
