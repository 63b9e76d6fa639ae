package dev.gatehouse.app.wiring;

import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.http.Handler;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.provider.ProviderEndpoint;
import dev.gatehouse.web.api.provider.ProviderLinksEndpoint;
import dev.gatehouse.web.api.session.ProviderSignInEndpoint;
import dev.gatehouse.web.api.session.SessionEndpoint;
import java.util.ArrayList;
import java.util.List;

/// The operations that are about signing in by a provider.
final class ProviderRoutes {
  private final List<ApiRoute> routes = new ArrayList<>();

  private ProviderRoutes() {}

  static List<ApiRoute> of(ApiRoutes.Parts parts, Visitors visitors) {
    var table = new ProviderRoutes();
    SingleSignOn signOn = parts.signOn();
    var workspaces = new Workspaces(parts.database());
    var session = new SessionEndpoint(visitors, parts.access(), workspaces);
    var signIn = new ProviderSignInEndpoint(session, parts.access(), workspaces, signOn);
    table.add("GET", "sign-in/provider", signIn::options);
    table.add("POST", "sign-in/provider", signIn::begin);
    table.add("POST", "sign-in/provider/answer", signIn::answer);
    table.add("GET", "me/provider", signIn::mine);
    table.add("POST", "me/provider", signIn::link);
    var settings = new ProviderEndpoint(visitors, parts.access().accounts(), signOn);
    table.add("GET", "provider", settings::show);
    table.add("PUT", "provider", settings::set);
    table.add("DELETE", "provider", settings::remove);
    var links = new ProviderLinksEndpoint(visitors, parts.access(), signOn);
    table.add("GET", "provider/links", links::list);
    table.add("PUT", "users/{user}/provider", links::set);
    table.add("DELETE", "users/{user}/provider", links::remove);
    return List.copyOf(table.routes);
  }

  private void add(String method, String pattern, Handler handler) {
    routes.add(new ApiRoute(method, pattern, handler));
  }
}
