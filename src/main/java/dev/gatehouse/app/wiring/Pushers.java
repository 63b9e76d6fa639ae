package dev.gatehouse.app.wiring;

import dev.gatehouse.audit.Trail;
import dev.gatehouse.npm.tarball.InspectionLimits;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.publish.push.Outbound;
import dev.gatehouse.publish.push.PushTrail;
import dev.gatehouse.publish.push.Pusher;
import dev.gatehouse.publish.push.Stock;
import dev.gatehouse.publish.version.Publisher;

/// Puts together what pushes versions.
public final class Pushers {
  private Pushers() {}

  /// One that publishes to registries here by `publisher`, and asks those elsewhere as `reading`
  /// does. Writes into `trail` what left.
  public static Pusher on(
      Reading.Ground ground,
      Reading reading,
      Publisher publisher,
      InspectionLimits limits,
      Trail trail) {
    var sent = new PushTrail(ground.database(), trail);
    var stock =
        new Stock(
            new Packages(ground.database()),
            new CachedTarballs(ground.database()),
            reading.views());
    return new Pusher(
        new Pusher.Parts(
            stock,
            ground.blobs(),
            ground.registries(),
            publisher,
            new Outbound(reading.client(), reading.origins(), sent)),
        limits);
  }
}
