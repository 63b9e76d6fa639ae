package dev.gatehouse.app.wiring;

import dev.gatehouse.npm.tarball.InspectionLimits;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.publish.push.Outbound;
import dev.gatehouse.publish.push.Pusher;
import dev.gatehouse.publish.version.Publisher;

/// Puts together what pushes versions.
public final class Pushers {
  private Pushers() {}

  /// One that publishes to registries here by `publisher`, and asks those elsewhere as `reading`
  /// does.
  public static Pusher on(
      Reading.Ground ground, Reading reading, Publisher publisher, InspectionLimits limits) {
    return new Pusher(
        new Pusher.Parts(
            new Packages(ground.database()),
            ground.blobs(),
            ground.registries(),
            publisher,
            new Outbound(reading.client(), reading.origins())),
        limits);
  }
}
