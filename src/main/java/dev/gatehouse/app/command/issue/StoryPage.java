package dev.gatehouse.app.command.issue;

import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.command.issue.IssueCommand.IssueRow;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.issues.Story;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.registries.Directory;
import dev.gatehouse.registries.Registry;
import java.io.PrintWriter;
import java.util.List;

/// What `issue show` prints.
record StoryPage(Directory directory, PrintWriter out) {

  private record Place(String registry, String version, String verdict, boolean waived) {}

  private record Fetched(
      String by,
      String token,
      String address,
      String registry,
      String version,
      String first,
      String last,
      long times) {}

  private record Event(String at, String by, String what, String text) {}

  private record Whole(
      IssueRow issue, List<Place> occurrences, List<Fetched> fetched, List<Event> history) {}

  void print(Story story, boolean json) {
    var whole =
        new Whole(
            IssueRow.of(story.issue()),
            story.occurrences().stream().map(this::place).toList(),
            story.fetched().stream().map(this::fetched).toList(),
            story.events().stream()
                .map(one -> new Event(one.at().toString(), one.actor(), one.kind(), one.text()))
                .toList());
    if (json) {
      new Listing(out).json(whole);
    } else {
      print(whole);
    }
  }

  private void print(Whole whole) {
    IssueRow issue = whole.issue;
    out.printf(
        "Issue %d, %s: %s%n%s, %s severity, about %s by %s%n",
        issue.number(),
        issue.status(),
        issue.title(),
        issue.type(),
        issue.severity(),
        issue.name(),
        issue.cause());
    if (issue.url() != null) {
      out.println(issue.url());
    }
    var listing = new Listing(out);
    if (!whole.occurrences.isEmpty()) {
      out.println();
      listing.columns(
          List.of("REGISTRY", "VERSION", "IS", "WAIVED"),
          whole.occurrences.stream()
              .map(
                  one -> List.of(one.registry, one.version, one.verdict, one.waived ? "yes" : "no"))
              .toList());
    }
    if (!whole.fetched.isEmpty()) {
      out.println();
      listing.columns(
          List.of("FETCHED BY", "TOKEN", "ADDRESS", "FROM", "VERSION", "FIRST", "LAST", "TIMES"),
          whole.fetched.stream().map(StoryPage::cells).toList());
    }
    out.println();
    listing.columns(
        List.of("AT", "BY", "WHAT", ""),
        whole.history.stream().map(one -> List.of(one.at, one.by, one.what, one.text)).toList());
  }

  private static List<String> cells(Fetched one) {
    return List.of(
        one.by,
        one.token.isEmpty() ? "-" : one.token,
        one.address,
        one.registry,
        one.version,
        one.first,
        one.last,
        Long.toString(one.times));
  }

  private Place place(Occurrence one) {
    return new Place(called(one.registryId()), one.version(), one.verdict(), one.waived());
  }

  private Fetched fetched(Download one) {
    return new Fetched(
        one.who().actor(),
        one.who().token(),
        one.who().address(),
        called(one.registryId()),
        one.version(),
        one.first().toString(),
        one.last().toString(),
        one.times());
  }

  private String called(long registryId) {
    Registry registry = directory.byId(registryId);
    return registry == null ? "(deleted)" : registry.name();
  }
}
