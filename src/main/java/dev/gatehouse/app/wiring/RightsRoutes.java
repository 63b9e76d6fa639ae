package dev.gatehouse.app.wiring;

import dev.gatehouse.audit.Trail;
import dev.gatehouse.http.Handler;
import dev.gatehouse.registries.Founder;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.team.RegistryRightsEndpoint;
import dev.gatehouse.web.api.team.RolesEndpoint;
import dev.gatehouse.web.api.team.TeamsEndpoint;
import dev.gatehouse.web.api.workspace.WorkspacesEndpoint;
import java.util.ArrayList;
import java.util.List;

/// The operations that are about who may do what.
final class RightsRoutes {
  private final List<ApiRoute> routes = new ArrayList<>();

  private RightsRoutes() {}

  static List<ApiRoute> of(ApiRoutes.Parts parts, Visitors visitors) {
    var table = new RightsRoutes();
    var teams = new TeamsEndpoint(visitors, parts.access());
    table.add("GET", "teams", teams::list);
    table.add("POST", "teams", teams::create);
    table.add("GET", "teams/{team}", teams::show);
    table.add("PATCH", "teams/{team}", teams::change);
    table.add("DELETE", "teams/{team}", teams::delete);
    table.add("PUT", "teams/{team}/members/{user}", teams::add);
    table.add("DELETE", "teams/{team}/members/{user}", teams::remove);
    var roles = new RolesEndpoint(visitors, parts.access());
    table.add("GET", "roles", roles::list);
    table.add("POST", "roles", roles::create);
    table.add("GET", "roles/{role}", roles::show);
    table.add("PATCH", "roles/{role}", roles::change);
    table.add("DELETE", "roles/{role}", roles::delete);
    var rights = new RegistryRightsEndpoint(visitors, parts.access());
    table.add("GET", "registries/{registry}/rights", rights::show);
    table.add("PUT", "registries/{registry}/rights", rights::set);
    var workspaces =
        new WorkspacesEndpoint(
            visitors,
            new Workspaces(parts.database()),
            new Founder(parts.registries(), new Trail(parts.clock())),
            parts.access().ownerLinks());
    table.add("GET", "workspaces", workspaces::list);
    table.add("POST", "workspaces", workspaces::create);
    table.add("GET", "workspaces/{workspace}", workspaces::show);
    table.add("PATCH", "workspaces/{workspace}", workspaces::rename);
    table.add("POST", "workspaces/{workspace}/owner-link", workspaces::redraw);
    return List.copyOf(table.routes);
  }

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
