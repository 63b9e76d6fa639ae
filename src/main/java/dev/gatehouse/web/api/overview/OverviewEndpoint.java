package dev.gatehouse.web.api.overview;

import dev.gatehouse.advisories.Severity;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.install.ledger.WithheldLately;
import dev.gatehouse.issues.IssueSearch;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.review.overview.Overviews;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.Sight;
import dev.gatehouse.web.api.Visitor;
import dev.gatehouse.web.api.Visitors;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `GET overview`: what needs somebody and what goes on, in the registries that one may read.
public final class OverviewEndpoint {
  private static final int MOST_REGISTRIES = 200;
  private static final Duration LATELY = Duration.ofDays(1);

  private final Visitors visitors;
  private final IssueSearch issues;
  private final Overviews overviews;
  private final WithheldLately withheld;
  private final Clock clock;

  /// What it counts.
  public record Counted(IssueSearch issues, Overviews overviews, WithheldLately withheld) {}

  /// Numbers of what is `counted`.
  public OverviewEndpoint(Visitors visitors, Counted counted, Clock clock) {
    this.visitors = visitors;
    this.issues = counted.issues();
    this.overviews = counted.overviews();
    this.withheld = counted.withheld();
    this.clock = clock;
  }

  /// The workspace at a glance.
  ///
  /// @param issues open ones by severity, the worst first; every severity is named
  /// @param registries those where something waits for a person, or was withheld
  /// @param fetched what was fetched today; null for those who may not read the whole workspace
  record Overview(
      Map<String, Integer> issues,
      List<Desk> registries,
      List<Recent> recent,
      @Nullable Fetched fetched) {}

  /// @param waivers exceptions that wait for somebody to decide
  /// @param quarantined versions that people have withheld and not released
  /// @param withheld versions that it began to withhold within a day
  record Desk(String registry, int waivers, int quarantined, int withheld) {}

  /// @param version null where the package was changed as a whole
  record Recent(String registry, String name, @Nullable String version, @Nullable String at) {}

  record Fetched(long times, long people) {}

  /// The numbers as they are now.
  public Response show(Request request) {
    Visitor visitor = visitors.visitor(request);
    Sight sight = visitors.sight(visitor);
    long workspace = visitor.workspace().id();
    List<Registry> shown = sight.registries().stream().limit(MOST_REGISTRIES).toList();
    Set<Long> ids = shown.stream().map(Registry::id).collect(Collectors.toSet());
    return Answer.of(
        200,
        new Overview(
            bySeverity(workspace, sight),
            desks(shown, ids),
            recent(sight, ids),
            sight.whole() ? fetched(workspace) : null));
  }

  private Map<String, Integer> bySeverity(long workspace, Sight sight) {
    Map<String, Integer> counts =
        issues.bySeverity(
            workspace, new IssueSearch.Wanted(true, null, null, null, null, sight.ids()));
    Map<String, Integer> all = new LinkedHashMap<>();
    for (Severity one : List.of(Severity.values()).reversed()) {
      all.put(one.word(), counts.getOrDefault(one.word(), 0));
    }
    return all;
  }

  private List<Desk> desks(List<Registry> shown, Set<Long> ids) {
    Map<Long, Integer> waiting = overviews.waiting(ids);
    Map<Long, Integer> quarantined = overviews.quarantined(ids);
    Map<Long, Integer> lately = withheld.counts(ids, clock.instant().minus(LATELY));
    return shown.stream()
        .map(one ->
            new Desk(
                one.name(),
                waiting.getOrDefault(one.id(), 0),
                quarantined.getOrDefault(one.id(), 0),
                lately.getOrDefault(one.id(), 0)))
        .filter(one -> one.waivers() + one.quarantined() + one.withheld() > 0)
        .toList();
  }

  private List<Recent> recent(Sight sight, Set<Long> ids) {
    Map<Long, Registry> known = sight.byId();
    return overviews.recent(ids).stream()
        .map(one ->
            new Recent(
                Objects.requireNonNull(known.get(one.registryId())).name(),
                one.name(),
                one.version().isEmpty() ? null : one.version(),
                Answer.text(one.at())))
        .toList();
  }

  private Fetched fetched(long workspace) {
    Overviews.Fetched today = overviews.today(workspace, clock.instant());
    return new Fetched(today.times(), today.people());
  }
}
