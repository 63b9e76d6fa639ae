package dev.gatehouse.app.wiring;

import dev.gatehouse.http.Handler;
import dev.gatehouse.install.ledger.WithheldLately;
import dev.gatehouse.issues.IssueSearch;
import dev.gatehouse.registries.traffic.TrafficReport;
import dev.gatehouse.review.overview.Overviews;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.overview.OverviewEndpoint;
import dev.gatehouse.web.api.overview.TrafficEndpoint;
import dev.gatehouse.web.api.registry.HealthEndpoint;
import java.util.ArrayList;
import java.util.List;

/// The operations that show a workspace at a glance.
final class GlanceRoutes {
  private final List<ApiRoute> routes = new ArrayList<>();

  private GlanceRoutes() {}

  static List<ApiRoute> of(ApiRoutes.Parts parts, Visitors visitors) {
    var table = new GlanceRoutes();
    table.overview(parts, visitors);
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

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
