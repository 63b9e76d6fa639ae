package dev.gatehouse.app.command.advisory;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.feed.Held;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An advisory as commands show it.
///
/// @param state `counts`, `waits` or `withdrawn`
/// @param waitsBecause why it waits for a person or a second feed
record AdvisoryRow(
    String id,
    String feed,
    String name,
    String kind,
    String severity,
    @Nullable Double score,
    String affected,
    String summary,
    @Nullable String url,
    String state,
    @Nullable String waitsBecause) {
  static final List<String> HEADER =
      List.of("ID", "FEED", "KIND", "SEVERITY", "AFFECTED", "STATE", "SUMMARY");

  static AdvisoryRow of(Held held) {
    Advisory advisory = held.advisory();
    Advisory.Cvss cvss = advisory.cvss();
    String state = held.reason() == null ? "counts" : "waits";
    return new AdvisoryRow(
        advisory.id(),
        advisory.feed(),
        held.name(),
        advisory.kind().name().toLowerCase(Locale.ROOT),
        advisory.severity().word(),
        cvss == null ? null : cvss.score(),
        advisory.affected().range(),
        advisory.summary(),
        advisory.url(),
        held.withdrawn() ? "withdrawn" : state,
        held.reason());
  }

  static List<String> cells(AdvisoryRow row) {
    return List.of(row.id, row.feed, row.kind, row.severity, row.affected, row.state, row.summary);
  }
}
