package dev.gatehouse.app.wiring;

import dev.gatehouse.http.Handler;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.download.DownloadCounts;
import dev.gatehouse.packages.listing.Held;
import dev.gatehouse.packages.listing.Listing;
import dev.gatehouse.packages.need.Needs;
import dev.gatehouse.packages.team.PackageTeams;
import dev.gatehouse.publish.Attending;
import dev.gatehouse.publish.push.Promotion;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.pack.Changing;
import dev.gatehouse.web.api.pack.ComparisonEndpoint;
import dev.gatehouse.web.api.pack.ContentsEndpoint;
import dev.gatehouse.web.api.pack.DownloadsEndpoint;
import dev.gatehouse.web.api.pack.PackageTeamsEndpoint;
import dev.gatehouse.web.api.pack.PackagesEndpoint;
import dev.gatehouse.web.api.pack.TagsEndpoint;
import dev.gatehouse.web.api.pack.UploadEndpoint;
import dev.gatehouse.web.api.pack.VersionsEndpoint;
import dev.gatehouse.web.api.pack.relation.DependenciesEndpoint;
import dev.gatehouse.web.api.pack.relation.DependentsEndpoint;
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
    table.changing(parts, new Changing(visitors, new Attending(parts.access())));
    return List.copyOf(table.routes);
  }

  private void reading(ApiRoutes.Parts parts, Visitors visitors) {
    var packages =
        new PackagesEndpoint(
            visitors,
            new PackagesEndpoint.Parts(
                parts.registries(),
                new Listing(parts.database()),
                parts.reading().views(),
                new CachedTarballs(parts.database()),
                new Packages(parts.database())));
    add("GET", PACKAGES, packages::list);
    add("GET", PACKAGE, packages::show);
    var dependencies =
        new DependenciesEndpoint(
            visitors,
            new DependenciesEndpoint.Parts(
                parts.registries(),
                parts.reading().views(),
                new Held(parts.database()),
                parts.advisories()));
    add("GET", VERSION + "/dependencies", dependencies::list);
    var dependents =
        new DependentsEndpoint(
            visitors,
            new DependentsEndpoint.Parts(
                parts.registries(),
                parts.reading().views(),
                new Needs(parts.database()),
                parts.needs()));
    add("GET", PACKAGE + "/dependents", dependents::list);
    var downloads =
        new DownloadsEndpoint(visitors, new DownloadCounts(parts.database()), parts.clock());
    add("GET", PACKAGE + "/downloads", downloads::show);
    var contents = new ContentsEndpoint(visitors, parts.reading().contents());
    add("GET", VERSION + "/files", contents::list);
    add("GET", VERSION + "/files/{file}", contents::text);
    var comparison = new ComparisonEndpoint(visitors, parts.reading().contents());
    add("GET", PACKAGE + "/compare", comparison::compare);
    add("GET", PACKAGE + "/compare/text", comparison::text);
  }

  private void changing(ApiRoutes.Parts parts, Changing changing) {
    Writing writing = parts.writing();
    var upload =
        new UploadEndpoint(
            changing,
            new UploadEndpoint.Receipt(writing.publisher(), writing.blobs(), writing.settings()));
    add("POST", PACKAGES, upload::publish);
    var promotion =
        new Promotion(writing.pusher(), parts.database(), parts.registries(), changing.attending());
    var versions =
        new VersionsEndpoint(changing, writing.revisions(), promotion, parts.reading().tarballs());
    add("DELETE", PACKAGE, versions::takeAllBack);
    add("PATCH", VERSION, versions::deprecate);
    add("DELETE", VERSION, versions::takeBack);
    add("POST", VERSION + "/push", versions::push);
    add("POST", VERSION + "/pull", versions::pull);
    var tags = new TagsEndpoint(changing, writing.tags(), writing.sharing());
    add("PUT", PACKAGE + "/tags/{tag}", tags::set);
    add("DELETE", PACKAGE + "/tags/{tag}", tags::remove);
    add("PUT", PACKAGE + "/owners", tags::transfer);
    add("POST", PACKAGE + "/owners", tags::addOwner);
    add("DELETE", PACKAGE + "/owners/{user}", tags::removeOwner);
    var teams =
        new PackageTeamsEndpoint(changing, new PackageTeams(parts.database()), writing.teams());
    add("GET", PACKAGE + "/teams", teams::show);
    add("PUT", PACKAGE + "/teams", teams::set);
    add("GET", "registries/{registry}/scopes", teams::scopes);
    add("PUT", "registries/{registry}/scopes", teams::setScopes);
  }

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
