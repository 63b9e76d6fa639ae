package dev.gatehouse.issues;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.issues.Occurrence.Spot;
import dev.gatehouse.issues.Reporting.About;
import dev.gatehouse.issues.Reporting.News;
import dev.gatehouse.packages.download.Download;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Brings the issues about one package to what was found of it, in one transaction.
final class Reconciling {
  private static final int NAMED = 10;

  private final Handle handle;
  private final By by;
  private final About about;
  private final long now;
  private final Telling telling;
  private final List<News> news = new ArrayList<>();

  /// Who does it, and where that is written.
  record By(Actor actor, Trail trail) {}

  Reconciling(Handle handle, By by, About about) {
    this.handle = handle;
    this.by = by;
    this.about = about;
    this.now = by.trail().clock().millis();
    this.telling = new Telling(handle, by, about);
  }

  List<News> run(List<Finding> findings) {
    List<Issue> left = new ArrayList<>(IssueRows.of(handle, about.workspaceId(), about.name()));
    left.forEach(issue -> telling.knows(OccurrenceRows.of(handle, issue.id())));
    for (Finding finding : findings) {
      if (finding.occurrences().isEmpty()) {
        continue;
      }
      Issue known = take(left, finding.cause());
      if (known != null || finding.isOpen()) {
        update(known == null ? open(finding) : known, finding, known == null);
      }
    }
    left.forEach(this::end);
    return List.copyOf(news);
  }

  private static @Nullable Issue take(List<Issue> left, Cause cause) {
    for (Iterator<Issue> each = left.iterator(); each.hasNext(); ) {
      Issue issue = each.next();
      if (cause.isKnownBy(issue.type(), issue.cause())) {
        each.remove();
        return issue;
      }
    }
    return null;
  }

  private Issue open(Finding finding) {
    Issue issue = IssueRows.open(handle, about.workspaceId(), about.name(), finding, now);
    note(issue, "opened", finding.text().title());
    return issue;
  }

  private void update(Issue issue, Finding finding, boolean isNew) {
    IssueRows.describe(handle, issue.id(), finding.text());
    List<Occurrence> known = OccurrenceRows.of(handle, issue.id());
    Set<Spot> before = spots(known);
    Set<Spot> after = spots(finding.occurrences());
    Set<Spot> fresh = without(after, before);
    Set<Spot> gone = without(before, after);
    OccurrenceRows.save(handle, issue.id(), finding.occurrences(), now);
    OccurrenceRows.remove(handle, issue.id(), gone);
    if (!fresh.isEmpty()) {
      note(issue, "found", listed(fresh));
    }
    if (!gone.isEmpty()) {
      note(issue, "gone", listed(gone));
    }
    boolean again = settle(issue, fresh.isEmpty());
    if (isNew || again) {
      telling.opened(issue, finding, again);
    }
    telling.quarantined(finding);
    expose(issue, finding);
  }

  /// Whether it was opened again.
  private boolean settle(Issue issue, boolean nothingNew) {
    boolean anywhere = OccurrenceRows.isAnywhere(handle, issue.id(), true);
    if (issue.status().open() && !anywhere) {
      set(issue, false, "Everything that has it is waived.");
    } else if (!issue.status().open() && OccurrenceRows.isAnywhere(handle, issue.id(), false)) {
      set(issue, true, nothingNew ? "It is waived no longer." : "It was found again.");
      return true;
    }
    return false;
  }

  /// Nothing of it was found any more.
  private void end(Issue issue) {
    Set<Spot> before = spots(OccurrenceRows.of(handle, issue.id()));
    OccurrenceRows.remove(handle, issue.id(), before);
    if (issue.status().open()) {
      boolean there = before.stream().anyMatch(about.known()::contains);
      set(
          issue,
          false,
          there
              ? "Nobody says so of these versions any more."
              : "The versions that had it are here no longer.");
    }
  }

  private void set(Issue issue, boolean open, String why) {
    IssueRows.setOpen(handle, issue.id(), open);
    note(issue, open ? "reopened" : "closed", why);
  }

  /// Who has malware is written down for good.
  private void expose(Issue issue, Finding finding) {
    List<Download> known = ExposureRows.of(handle, issue.id(), issue.name());
    ExposureRows.save(handle, issue.id(), finding.fetched());
    List<Download> all = ExposureRows.of(handle, issue.id(), issue.name());
    if (all.size() > known.size()) {
      Set<String> actors =
          all.stream().map(one -> one.who().actor()).collect(Collectors.toCollection(TreeSet::new));
      note(issue, "fetched", "Fetched by %s.".formatted(joined(actors)));
      telling.fetched(issue, finding, all);
    }
  }

  private void note(Issue issue, String kind, String text) {
    var at = Instant.ofEpochMilli(now);
    IssueRows.note(handle, issue.id(), new Story.Event(at, by.actor().label(), kind, text));
    news.add(new News(issue, kind, text));
    by.trail()
        .add(
            handle,
            by.actor(),
            new Trail.Entry(
                about.workspaceId(),
                "issue." + kind,
                "#" + issue.number() + " " + issue.name(),
                ""));
  }

  private String listed(Set<Spot> spots) {
    return joined(
        spots.stream()
            .map(one ->
                "%s@%s in %s"
                    .formatted(
                        about.name(), one.version(), about.registries().apply(one.registryId())))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String joined(Collection<String> all) {
    String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
    return all.size() > NAMED ? named + " and %d more".formatted(all.size() - NAMED) : named;
  }

  private static Set<Spot> spots(List<Occurrence> occurrences) {
    return occurrences.stream().map(Occurrence::spot).collect(Collectors.toSet());
  }

  private static Set<Spot> without(Set<Spot> some, Set<Spot> others) {
    Set<Spot> left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }
}
