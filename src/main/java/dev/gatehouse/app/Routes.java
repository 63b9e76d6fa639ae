package dev.gatehouse.app;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Router;
import dev.gatehouse.web.npm.read.PackumentEndpoint;
import dev.gatehouse.web.npm.read.TarballEndpoint;
import dev.gatehouse.web.npm.read.VersionEndpoint;
import java.util.Map;

/// The table of all URLs.
final class Routes {
  private Routes() {}

  static Handler of(Wiring wiring) {
    Router registry = registry(wiring);
    Router root =
        new Router()
            .route("GET", "-/health/live", _ -> Response.json(200, Map.of("status", "live")))
            .route("GET", "-/health/ready", _ -> ready(wiring))
            .mount("r/{registry}", registry)
            .mount("w/{workspace}/r/{registry}", registry);
    return new LoopGuard(root, wiring.client);
  }

  /// Below `{base}/r/{registry}` and `{base}/w/{workspace}/r/{registry}`.
  private static Router registry(Wiring wiring) {
    var tarball = new TarballEndpoint(wiring.gate, wiring.tarballs);
    return new Router()
        .route("GET", "-/ping", request -> ping(wiring, request))
        .route("GET", "{name}", new PackumentEndpoint(wiring.gate, wiring.packuments))
        .route("GET", "{name}/{version}", new VersionEndpoint(wiring.gate, wiring.packuments))
        .route("GET", "{name}/-/{file*}", tarball);
  }

  private static Response ping(Wiring wiring, Request request) {
    wiring.gate.reader(request);
    return Response.json(200, Map.of());
  }

  private static Response ready(Wiring wiring) {
    wiring.database.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
    return Response.json(200, Map.of("status", "ready"));
  }
}
