package dev.gatehouse.notify.event;

import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Something that happened. Each one is written in the transaction of what it tells of, so that
/// nothing is told that was rolled back and nothing is lost that was not.
public sealed interface Event {

  /// Its kind.
  EventType type();

  /// As much of it as concerns the registries that `visible` holds: whoever is told of some
  /// registries must not hear of others. Null if nothing is left.
  @Nullable Event within(LongPredicate visible);

  /// A version was published.
  ///
  /// @param name the package
  /// @param by who did it, as the trail names them
  /// @param replaced whether it had other bytes before
  record Published(Place place, String name, String by, List<String> tags, boolean replaced)
      implements Event {
    /// Keeps its own copy.
    public Published {
      tags = List.copyOf(tags);
    }

    @Override
    public EventType type() {
      return EventType.VERSION_PUBLISHED;
    }

    @Override
    public @Nullable Event within(LongPredicate visible) {
      return visible.test(place.registryId()) ? this : null;
    }
  }

  /// Versions were quarantined.
  record Quarantined(List<Place> places, String name, String reason, String by) implements Event {
    /// Keeps its own copy.
    public Quarantined {
      places = List.copyOf(places);
    }

    @Override
    public EventType type() {
      return EventType.VERSION_QUARANTINED;
    }

    @Override
    public @Nullable Event within(LongPredicate visible) {
      List<Place> left = Event.within(places, visible);
      return left.isEmpty() ? null : new Quarantined(left, name, reason, by);
    }
  }

  /// What an issue is about.
  ///
  /// @param kind malware, vulnerability or policy
  /// @param cause the advisory's id, or what a policy objects to
  record Subject(
      long number,
      String kind,
      String severity,
      String name,
      String cause,
      String title,
      @Nullable String url) {}

  /// An issue was opened.
  ///
  /// @param again whether it was closed before
  record IssueOpened(Subject subject, List<Place> places, boolean again) implements Event {
    /// Keeps its own copy.
    public IssueOpened {
      places = List.copyOf(places);
    }

    @Override
    public EventType type() {
      return EventType.ISSUE_OPENED;
    }

    @Override
    public @Nullable Event within(LongPredicate visible) {
      List<Place> left = Event.within(places, visible);
      return left.isEmpty() ? null : new IssueOpened(subject, left, again);
    }
  }

  /// Somebody was found to have malware.
  ///
  /// @param exposures everybody who is known to have it
  record MalwareFound(Subject subject, List<Exposure> exposures) implements Event {
    /// Keeps its own copy.
    public MalwareFound {
      exposures = List.copyOf(exposures);
    }

    @Override
    public EventType type() {
      return EventType.MALWARE_FOUND;
    }

    @Override
    public @Nullable Event within(LongPredicate visible) {
      List<Exposure> left =
          exposures.stream().filter(one -> visible.test(one.place().registryId())).toList();
      return left.isEmpty() ? null : new MalwareFound(subject, left);
    }
  }

  /// What a waiver is for.
  ///
  /// @param place the range in a registry
  record Waiver(long id, Place place, String name, String policy, String reason, Instant until) {}

  /// A waiver was asked for.
  record WaiverAsked(Waiver waiver, String by) implements Event {
    @Override
    public EventType type() {
      return EventType.WAIVER_ASKED;
    }

    @Override
    public @Nullable Event within(LongPredicate visible) {
      return visible.test(waiver.place().registryId()) ? this : null;
    }
  }

  /// A waiver was decided about.
  ///
  /// @param state approved, refused or revoked
  record WaiverDecided(Waiver waiver, String state, String askedBy, String by) implements Event {
    @Override
    public EventType type() {
      return EventType.WAIVER_DECIDED;
    }

    @Override
    public @Nullable Event within(LongPredicate visible) {
      return visible.test(waiver.place().registryId()) ? this : null;
    }
  }

  /// Somebody tries whether messages arrive.
  record Test(String by) implements Event {
    @Override
    public EventType type() {
      return EventType.WEBHOOK_TEST;
    }

    @Override
    public Event within(LongPredicate visible) {
      return this;
    }
  }

  private static List<Place> within(List<Place> places, LongPredicate visible) {
    return places.stream().filter(one -> visible.test(one.registryId())).toList();
  }
}
