package dev.gatehouse.app;

import dev.gatehouse.app.config.Config;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.publish.Editing;
import dev.gatehouse.publish.version.PublishSettings;
import dev.gatehouse.publish.version.Publisher;

/// The services of the writing side.
record Publishing(PublishSettings settings, Publisher publisher) {

  static Publishing of(Wiring wiring, Config.Limits limits) {
    var settings =
        PublishSettings.of(limits.tarballMegabytes(), limits.unpackedMegabytes(), limits.files());
    var editing =
        new Editing(wiring.database, new Trail(wiring.clock), wiring.internalNames, wiring.stamps);
    return new Publishing(
        settings,
        new Publisher(
            editing, new Publisher.Parts(wiring.blobs, wiring.views), settings, wiring.clock));
  }
}
