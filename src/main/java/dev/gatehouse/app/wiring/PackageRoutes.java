package dev.gatehouse.app.wiring;

import dev.gatehouse.http.Handler;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.PackageSearch;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.pack.ComparisonEndpoint;
import dev.gatehouse.web.api.pack.ContentsEndpoint;
import dev.gatehouse.web.api.pack.PackagesEndpoint;
import java.util.ArrayList;
import java.util.List;

/// The operations that are about packages.
final class PackageRoutes {
  private static final String PACKAGES = "registries/{registry}/packages";
  private static final String PACKAGE = PACKAGES + "/{name}";
  private static final String VERSION = PACKAGE + "/versions/{version}";

  private final List<ApiRoute> routes = new ArrayList<>();

  private PackageRoutes() {}

  static List<ApiRoute> of(ApiRoutes.Parts parts, Visitors visitors) {
    var table = new PackageRoutes();
    table.reading(parts, visitors);
    return List.copyOf(table.routes);
  }

  private void reading(ApiRoutes.Parts parts, Visitors visitors) {
    var packages =
        new PackagesEndpoint(
            visitors,
            new PackagesEndpoint.Parts(
                parts.registries(),
                new PackageSearch(parts.database()),
                parts.reading().views(),
                new CachedTarballs(parts.database())));
    add("GET", PACKAGES, packages::list);
    add("GET", PACKAGE, packages::show);
    var contents = new ContentsEndpoint(visitors, parts.reading().contents());
    add("GET", VERSION + "/files", contents::list);
    add("GET", VERSION + "/files/{file}", contents::text);
    var comparison = new ComparisonEndpoint(visitors, parts.reading().contents());
    add("GET", PACKAGE + "/compare", comparison::compare);
    add("GET", PACKAGE + "/compare/text", comparison::text);
  }

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
