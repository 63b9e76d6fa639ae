package dev.gatehouse.app.command.advisory;

import dev.gatehouse.advisories.feed.Feed;
import dev.gatehouse.advisories.feed.FeedStatus;
import dev.gatehouse.app.command.Listing;
import dev.gatehouse.app.wiring.Advising;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `advisories status` shows.
record StatusReport(Advising advising, int mostWaiting) {
  private static final String NEVER = "never";

  private record Row(
      String feed,
      String trust,
      String source,
      long records,
      long waiting,
      @Nullable String imported,
      @Nullable String tried,
      @Nullable String failure) {}

  private record Report(List<Row> feeds, List<AdvisoryRow> waiting) {}

  int print(PrintWriter out, boolean json) {
    var report =
        new Report(
            rows(), advising.feeds().waiting(mostWaiting).stream().map(AdvisoryRow::of).toList());
    var listing = new Listing(out);
    if (json) {
      listing.json(report);
      return 0;
    }
    listing.columns(
        List.of("FEED", "TRUST", "RECORDS", "WAITING", "IMPORTED", "SOURCE"),
        report.feeds.stream().map(StatusReport::cells).toList());
    report.feeds.stream()
        .filter(row -> row.failure != null)
        .forEach(row -> out.printf("%nThe last look at %s failed. %s%n", row.feed, row.failure));
    if (!report.waiting.isEmpty()) {
      out.printf("%nWaiting for a person (`advisories accept FEED ID`) or a second feed:%n");
      listing.columns(
          List.of("FEED", "ID", "PACKAGE", "AFFECTED", "WHY"),
          report.waiting.stream()
              .map(row -> List.of(row.feed(), row.id(), row.name(), row.affected(), why(row)))
              .toList());
    }
    if (report.feeds.stream().noneMatch(row -> row.imported != null)) {
      out.printf(
          "%nNo feed was imported yet, so nothing is known to be dangerous: run `gatehouse advisories"
              + " import`.%n");
    }
    out.flush();
    return 0;
  }

  /// Configured feeds first, as they are or are to be; then those that only the database knows.
  private List<Row> rows() {
    List<FeedStatus> known = new ArrayList<>(advising.feeds().status());
    List<Row> rows = new ArrayList<>();
    for (Feed feed : advising.settings().feeds()) {
      FeedStatus status =
          known.stream().filter(one -> one.name().equals(feed.name())).findFirst().orElse(null);
      rows.add(row(feed.trust().word(), feed.source(), feed.name(), status));
      known.remove(status);
    }
    for (FeedStatus status : known) {
      boolean own = status.name().equals(Feed.OWN.name());
      String trust = own ? Feed.OWN.trust().word() : "not configured";
      rows.add(row(trust, status.source(), status.name(), status));
    }
    return rows;
  }

  private static Row row(String trust, String source, String name, @Nullable FeedStatus status) {
    return status == null
        ? new Row(name, trust, source, 0, 0, null, null, null)
        : new Row(
            name,
            trust,
            source,
            status.records(),
            status.held(),
            text(status.imported()),
            text(status.tried()),
            status.failure());
  }

  private static String why(AdvisoryRow row) {
    return row.waitsBecause() == null ? "" : row.waitsBecause();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.feed,
        row.trust,
        Long.toString(row.records),
        Long.toString(row.waiting),
        row.imported == null ? NEVER : row.imported,
        row.source);
  }
}
