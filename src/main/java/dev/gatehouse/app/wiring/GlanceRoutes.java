package dev.gatehouse.app.wiring;

import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.http.Handler;
import dev.gatehouse.install.ledger.WithheldLately;
import dev.gatehouse.issues.IssueSearch;
import dev.gatehouse.registries.signing.SigningKeys;
import dev.gatehouse.registries.traffic.TrafficReport;
import dev.gatehouse.review.overview.Overviews;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.overview.OverviewEndpoint;
import dev.gatehouse.web.api.overview.TrafficEndpoint;
import dev.gatehouse.web.api.registry.HealthEndpoint;
import dev.gatehouse.web.api.settings.FetchNow;
import dev.gatehouse.web.api.settings.ServerFacts;
import dev.gatehouse.web.api.settings.SettingsEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The operations that show a workspace at a glance.
public final class GlanceRoutes {
  private static final int MAILS_PER_HOUR = 5;

  private final List<ApiRoute> routes = new ArrayList<>();

  private GlanceRoutes() {}

  /// What is shown of the server.
  public record About(ServerFacts facts, Advising advising, SigningKeys keys) {}

  static List<ApiRoute> of(ApiRoutes.Parts parts, Visitors visitors) {
    var table = new GlanceRoutes();
    table.overview(parts, visitors);
    table.settings(parts, visitors);
    return List.copyOf(table.routes);
  }

  private void overview(ApiRoutes.Parts parts, Visitors visitors) {
    var overview =
        new OverviewEndpoint(
            visitors,
            new OverviewEndpoint.Counted(
                new IssueSearch(parts.database()),
                new Overviews(parts.database()),
                new WithheldLately(parts.database())),
            parts.clock());
    add("GET", "overview", overview::show);
    var traffic = new TrafficEndpoint(visitors, new TrafficReport(parts.database()), parts.clock());
    add("GET", "traffic", traffic::show);
    var health = new HealthEndpoint(visitors, parts.reading().origins(), parts.reading().health());
    add("GET", "upstream-health", health::list);
  }

  private void settings(ApiRoutes.Parts parts, Visitors visitors) {
    Messaging messaging = parts.messaging();
    About about = parts.about();
    Advising advising = about.advising();
    var settings =
        new SettingsEndpoint(
            visitors,
            about.facts(),
            new SettingsEndpoint.Shown(
                messaging.webhooks(),
                advising.feeds(),
                about.keys(),
                messaging.mailTest(),
                new FetchNow(
                    advising.settings(), advising.refresh(), parts.database(), parts.clock())),
            new Allowance(parts.clock(), MAILS_PER_HOUR, Duration.ofHours(1)));
    add("GET", "settings", settings::show);
    add("POST", "settings/mail-test", settings::testMail);
    add("POST", "settings/feeds/fetch", settings::fetchFeeds);
  }

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
