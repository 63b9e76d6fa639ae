package dev.gatehouse.issues;

import dev.gatehouse.issues.Occurrence.Spot;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.Exposure;
import dev.gatehouse.notify.event.Place;
import dev.gatehouse.notify.hook.Outbox;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.policy.store.VersionDecisions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// Tells whoever wants to hear of it what comes of the issues about one package, in the
/// transaction.
final class Telling {
  private static final String QUARANTINED = "quarantined";

  private final Handle handle;
  private final Reconciling.By by;
  private final Reporting.About about;

  /// What is in quarantine and was told of, for whatever cause.
  private final Set<Spot> told = new HashSet<>();

  Telling(Handle handle, Reconciling.By by, Reporting.About about) {
    this.handle = handle;
    this.by = by;
    this.about = about;
  }

  /// It was opened, `again` if it was closed before.
  void opened(Issue issue, Finding finding, boolean again) {
    List<Place> places = places(finding, one -> !one.waived());
    tell(new Event.IssueOpened(subject(issue, finding), places, again));
  }

  /// That these are where an issue was found when somebody last looked.
  void knows(List<Occurrence> known) {
    known.stream().filter(Telling::isIn).map(Occurrence::spot).forEach(told::add);
  }

  /// What of it was not in quarantine before, for whatever cause, and is now: each version once,
  /// whatever the number of issues. Those that people have put there were told of when they did.
  void quarantined(Finding finding) {
    List<Place> places =
        places(
            finding,
            one ->
                isIn(one)
                    && told.add(one.spot())
                    && !VersionDecisions.isQuarantined(
                        handle, one.registryId(), about.name(), one.version()));
    if (!places.isEmpty()) {
      String reason = finding.text().title();
      tell(new Event.Quarantined(places, about.name(), reason, by.actor().label()));
    }
  }

  private static boolean isIn(Occurrence occurrence) {
    return occurrence.verdict().equals(QUARANTINED);
  }

  /// Somebody has it who was not known to have it.
  void fetched(Issue issue, Finding finding, List<Download> all) {
    List<Exposure> exposures =
        all.stream()
            .map(one ->
                new Exposure(
                    place(one.registryId(), one.version()),
                    one.who().actor(),
                    one.who().address(),
                    one.first(),
                    one.times()))
            .toList();
    tell(new Event.MalwareFound(subject(issue, finding), exposures));
  }

  private void tell(Event event) {
    Outbox.tell(handle, about.workspaceId(), event, by.trail().clock().instant());
  }

  private static Event.Subject subject(Issue issue, Finding finding) {
    return new Event.Subject(
        issue.number(),
        issue.type().word(),
        finding.text().severity(),
        issue.name(),
        issue.cause(),
        finding.text().title(),
        finding.text().url());
  }

  private List<Place> places(Finding finding, Predicate<Occurrence> wanted) {
    return finding.occurrences().stream()
        .filter(wanted)
        .map(one -> place(one.registryId(), one.version()))
        .sorted(Comparator.comparing(Place::registry).thenComparing(Place::version))
        .toList();
  }

  private Place place(long registryId, String version) {
    String name = about.registries().apply(registryId);
    return new Place(registryId, Objects.requireNonNullElse(name, ""), version);
  }
}
