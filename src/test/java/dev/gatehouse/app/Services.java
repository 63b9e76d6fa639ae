package dev.gatehouse.app;

import dev.gatehouse.access.Access;
import dev.gatehouse.access.provider.SingleSignOn;
import dev.gatehouse.advisories.feed.Importer;
import dev.gatehouse.app.wiring.Messaging;
import dev.gatehouse.app.wiring.Reading;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Database;
import dev.gatehouse.install.Afterwards;
import dev.gatehouse.install.ledger.WithheldLog;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.download.DownloadLog;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.registries.Registries;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.traffic.Traffic;
import dev.gatehouse.review.scan.Scanner;
import dev.gatehouse.web.api.ApiRoute;
import java.util.List;

/// The services of a running server, for tests that set the stage or look behind the scenes.
public record Services(
    Access access,
    SingleSignOn signOn,
    Registries registries,
    Upstreams upstreams,
    Packages packages,
    Policies policies,
    Blobs blobs,
    DownloadLog downloads,
    Traffic traffic,
    WithheldLog withheld,
    Scanner scanner,
    Afterwards afterwards,
    Messaging messaging,
    Importer advisories,
    Reading reading,
    Database database,
    List<ApiRoute> api) {

  /// Those of `server`.
  public static Services of(Server server) {
    Wiring wiring = server.wiring();
    return new Services(
        wiring.access,
        wiring.signOn,
        wiring.registries,
        wiring.upstreams,
        wiring.packages,
        wiring.policies,
        wiring.blobs,
        wiring.downloads,
        wiring.traffic,
        wiring.withheld,
        wiring.scanner,
        wiring.afterwards,
        wiring.messaging,
        wiring.advising.importer(),
        wiring.reading,
        wiring.database,
        Routes.api(wiring));
  }
}
