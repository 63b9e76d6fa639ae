package dev.gatehouse.app.wiring;

import dev.gatehouse.http.Handler;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.trouble.TroubleshootingEndpoint;
import java.util.ArrayList;
import java.util.List;

/// The operations that help people whose client does not do what they want.
final class CareRoutes {
  private final List<ApiRoute> routes = new ArrayList<>();

  private CareRoutes() {}

  static List<ApiRoute> of(ApiRoutes.Parts parts, Visitors visitors) {
    var table = new CareRoutes();
    var trouble =
        new TroubleshootingEndpoint(
            visitors,
            new TroubleshootingEndpoint.Parts(
                parts.access(), parts.registries(), parts.reading().views(), parts.clock()));
    table.add("POST", "troubleshooting", trouble::look);
    return List.copyOf(table.routes);
  }

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
