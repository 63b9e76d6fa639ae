package dev.gatehouse.web.api.pack;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.npm.PackageName;
import dev.gatehouse.packages.download.DownloadCounts;
import dev.gatehouse.packages.download.DownloadCounts.Counts;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitors;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `registries/{registry}/packages/{name}/downloads`: how often a package was fetched from the
/// registry.
public record DownloadsEndpoint(Visitors visitors, DownloadCounts counts, Clock clock) {
  private static final Map<String, Integer> SPANS = Map.of("30", 30, "90", 90);
  private static final int MOST_VERSIONS = 500;

  /// @param day as `2026-11-27`, of UTC
  record DayView(String day, long times) {}

  record VersionTimes(String version, long times) {}

  /// @param versions the most fetched of `versionCount`
  record DownloadsView(
      long total, List<DayView> days, List<VersionTimes> versions, int versionCount) {}

  /// `GET registries/{registry}/packages/{name}/downloads`. What was fetched from another registry
  /// that draws from this one counts there.
  public Response show(Request request) {
    Registry registry = visitors.at(request, Right.READ).registry();
    String name = PackageName.parse(request.variable("name")).value();
    Integer days = SPANS.get(Objects.requireNonNullElse(request.query("days"), "30"));
    if (days == null) {
      throw ApiBody.malformed("\"days\" is one of 30, 90.");
    }
    Counts found = counts.of(registry.id(), name, days, clock.instant());
    return Answer.of(
        200,
        new DownloadsView(
            found.total(),
            found.days().stream()
                .map(one -> new DayView(one.day().toString(), one.times()))
                .toList(),
            found.versions().stream()
                .limit(MOST_VERSIONS)
                .map(one -> new VersionTimes(one.version(), one.times()))
                .toList(),
            found.versions().size()));
  }
}
