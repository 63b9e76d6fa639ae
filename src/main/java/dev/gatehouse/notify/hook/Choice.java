package dev.gatehouse.notify.hook;

import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.EventType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a webhook is told of.
///
/// @param events of these kinds; empty for all
/// @param registries the ids of the only registries; empty for all. One that is deleted stays, so
///   that a webhook for one registry never becomes one for all
public record Choice(Set<EventType> events, Set<Long> registries) {
  /// Keeps its own copies.
  public Choice {
    events = Set.copyOf(events);
    registries = Set.copyOf(registries);
  }

  /// Everything.
  public static final Choice ALL = new Choice(EnumSet.noneOf(EventType.class), Set.of());

  /// As much of `event` as it may be told, or null.
  @Nullable Event of(Event event) {
    boolean wanted =
        events.isEmpty() || events.contains(event.type()) || event.type() == EventType.WEBHOOK_TEST;
    return wanted ? event.within(id -> registries.isEmpty() || registries.contains(id)) : null;
  }
}
