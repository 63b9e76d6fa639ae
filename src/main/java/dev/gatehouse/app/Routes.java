package dev.gatehouse.app;

import dev.gatehouse.app.wiring.ApiRoutes;
import dev.gatehouse.app.wiring.GlanceRoutes;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Router;
import dev.gatehouse.packages.PackageSearch;
import dev.gatehouse.registries.Workspaces;
import dev.gatehouse.web.Gate;
import dev.gatehouse.web.api.ApiProblems;
import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.provider.LogoutEndpoint;
import dev.gatehouse.web.api.provider.SamlEndpoint;
import dev.gatehouse.web.api.provider.Unproven;
import dev.gatehouse.web.app.AppEndpoint;
import dev.gatehouse.web.npm.account.ProfileEndpoint;
import dev.gatehouse.web.npm.account.TeamEndpoint;
import dev.gatehouse.web.npm.account.TokensEndpoint;
import dev.gatehouse.web.npm.account.UserEndpoint;
import dev.gatehouse.web.npm.account.WebLoginEndpoint;
import dev.gatehouse.web.npm.audit.Audits;
import dev.gatehouse.web.npm.audit.BulkEndpoint;
import dev.gatehouse.web.npm.audit.TreeEndpoint;
import dev.gatehouse.web.npm.read.KeysEndpoint;
import dev.gatehouse.web.npm.read.PackumentEndpoint;
import dev.gatehouse.web.npm.read.TarballEndpoint;
import dev.gatehouse.web.npm.read.VersionEndpoint;
import dev.gatehouse.web.npm.search.SearchEndpoint;
import dev.gatehouse.web.npm.unsupported.Feature;
import dev.gatehouse.web.npm.unsupported.UnsupportedEndpoint;
import dev.gatehouse.web.npm.why.WhyEndpoint;
import dev.gatehouse.web.npm.why.WithheldEndpoint;
import dev.gatehouse.web.setup.SetupEndpoint;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/// The table of all URLs.
final class Routes {
  private Routes() {}

  static Handler of(Wiring wiring) {
    Router registry = registry(wiring);
    var setup =
        new SetupEndpoint(
            wiring.access.setupLink(),
            wiring.access.ownerLinks(),
            wiring.registries,
            new Workspaces(wiring.database));
    var unproven = new Unproven(wiring.clock);
    var saml = new SamlEndpoint(wiring.signOn, new Workspaces(wiring.database), unproven);
    Router root =
        new Router()
            .route("GET", "setup/{secret}", setup::show)
            .route("POST", "setup/{secret}", setup::submit)
            // npm asks the host for it, not the registry.
            .route(
                "POST",
                "-/npm/v1/oidc/{rest*}",
                new UnsupportedEndpoint(Feature.IDENTITY_EXCHANGE, null))
            .route("GET", "-/health/live", _ -> Response.json(200, Map.of("status", "live")))
            .route("GET", "-/health/ready", _ -> ready(wiring))
            .route("POST", "sign-in/provider/logout", new LogoutEndpoint(wiring.signOn, unproven))
            .route("POST", "sign-in/provider/saml", saml::answer)
            .route("GET", "sign-in/provider/saml/{workspace}", saml::metadata)
            .mount("r/{registry}", registry)
            .mount("w/{workspace}/r/{registry}", registry);
    AppEndpoint.route(root);
    root.mount("api/v1", ApiRoutes.router(api(wiring)));
    return new LoopGuard(
        new ApiProblems(new HostGuard(root, new Workspaces(wiring.database))),
        wiring.reading.client());
  }

  /// Below `{base}/api/v1`.
  static List<ApiRoute> api(Wiring wiring) {
    return ApiRoutes.of(
        new ApiRoutes.Parts(
            wiring.database,
            wiring.changes,
            wiring.access,
            wiring.registries,
            wiring.upstreams,
            wiring.policies,
            wiring.advisories,
            wiring.reading,
            wiring.needs,
            wiring.clock,
            wiring.messaging,
            wiring.forgotten,
            new GlanceRoutes.About(wiring.facts, wiring.advising, wiring.signing),
            wiring.writing,
            wiring.signOn));
  }

  /// Below `{base}/r/{registry}` and `{base}/w/{workspace}/r/{registry}`; a workspace's own host is
  /// the base of its registries.
  private static Router registry(Wiring wiring) {
    var tarball =
        new TarballEndpoint(
            wiring.gate, wiring.tarballs, wiring.downloads, wiring.scanner, wiring.traffic);
    var router = new Router();
    accounts(router, wiring);
    teams(router, new TeamEndpoint(wiring.gate, wiring.access));
    wiring.publishing.route(router, wiring);
    unsupported(router, wiring.gate);
    audits(router, wiring);
    var searched =
        new SearchEndpoint.Parts(
            wiring.registries, new PackageSearch(wiring.database), wiring.views);
    router.route("GET", "-/v1/search", new SearchEndpoint(wiring.gate, searched, wiring.clock));
    return router
        .route("GET", "-/ping", request -> ping(wiring, request))
        .route(
            "GET",
            "-/why/{spec*}",
            new WhyEndpoint(
                wiring.gate,
                wiring.views,
                wiring.reading.servedKeys(),
                wiring.reading.attestationChecks(),
                wiring.registries))
        .route("GET", "-/npm/v1/keys", new KeysEndpoint(wiring.gate, wiring.reading.servedKeys()))
        .route(
            "GET", "-/withheld/{name}", new WithheldEndpoint(wiring.gate, wiring.reading.ledgers()))
        .route(
            "GET", "{name}", new PackumentEndpoint(wiring.gate, wiring.packuments, wiring.traffic))
        .route(
            "GET",
            "{name}/{version}",
            new VersionEndpoint(wiring.gate, wiring.packuments, wiring.traffic))
        .route("GET", "{name}/-/{file*}", tarball);
  }

  private static void accounts(Router router, Wiring wiring) {
    var user = new UserEndpoint(wiring.gate, wiring.access);
    var profile = new ProfileEndpoint(wiring.gate, wiring.access, wiring.messaging.links());
    var tokens = new TokensEndpoint(wiring.gate, wiring.access, wiring.clock);
    var login = new WebLoginEndpoint(wiring.access, wiring.registries);
    router
        .route("POST", "-/v1/login", login::open)
        .route("GET", "-/v1/login/{secret}", login::ask)
        .route("GET", "-/whoami", user::whoami)
        .route("GET", "-/user/{user}", user::show)
        .route("PUT", "-/user/{user}", user::login)
        .route("PUT", "-/user/{user}/-rev/{rev}", user::login)
        .route("DELETE", "-/user/token/{token}", tokens::logout)
        .route("GET", "-/npm/v1/user", profile::show)
        .route("POST", "-/npm/v1/user", profile::change)
        .route("GET", "-/npm/v1/tokens", tokens::list)
        .route("POST", "-/npm/v1/tokens", tokens::create)
        .route("DELETE", "-/npm/v1/tokens/token/{token}", tokens::revoke);
  }

  private static void teams(Router router, TeamEndpoint teams) {
    router
        .route("GET", "-/org/{scope}/team", teams::list)
        .route("PUT", "-/org/{scope}/team", teams::create)
        .route("DELETE", "-/team/{scope}/{team}", teams::destroy)
        .route("GET", "-/team/{scope}/{team}/user", teams::members)
        .route("PUT", "-/team/{scope}/{team}/user", teams::add)
        .route("DELETE", "-/team/{scope}/{team}/user", teams::remove);
  }

  private static void audits(Router router, Wiring wiring) {
    var audits =
        new Audits(
            new Audits.Parts(
                wiring.advisories,
                wiring.views,
                wiring.reading.client(),
                wiring.reading.origins(),
                wiring.registries),
            wiring.clock);
    var tree = new TreeEndpoint(wiring.gate, audits);
    router
        .route("POST", "-/npm/v1/security/advisories/bulk", new BulkEndpoint(wiring.gate, audits))
        .route("POST", "-/npm/v1/security/audits", tree)
        .route("POST", "-/npm/v1/security/audits/quick", tree);
  }

  private static void unsupported(Router router, Gate gate) {
    unsupported(
        router, "-/npm/v1/oidc/{rest*}", new UnsupportedEndpoint(Feature.IDENTITY_EXCHANGE, null));
    unsupported(router, "-/npm/v1/security/{rest*}", new UnsupportedEndpoint(Feature.AUDIT, gate));
    unsupported(router, "-/stage/{rest*}", new UnsupportedEndpoint(Feature.STAGING, gate));
    unsupported(
        router, "-/package/{name}/trust/{rest*}", new UnsupportedEndpoint(Feature.TRUST, gate));
    unsupported(router, "-/team/{rest*}", new UnsupportedEndpoint(Feature.TEAMS, gate));
    unsupported(router, "-/org/{rest*}", new UnsupportedEndpoint(Feature.TEAMS, gate));
    unsupported(router, "-/npm/v1/hooks/{rest*}", new UnsupportedEndpoint(Feature.HOOKS, gate));
  }

  private static void unsupported(Router router, String pattern, Handler handler) {
    for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
      router.route(method, pattern, handler);
    }
  }

  private static Response ping(Wiring wiring, Request request) {
    wiring.gate.reader(request);
    return Response.json(200, Map.of());
  }

  private static Response ready(Wiring wiring) {
    try {
      wiring.database.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
      return Response.json(200, Map.of("status", "ready"));
    } catch (JdbiException _) {
      return Response.json(503, Map.of("status", "the database does not answer"));
    }
  }
}
