package dev.gatehouse.app.command;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.app.wiring.Pushers;
import dev.gatehouse.app.wiring.Reading;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Changes;
import dev.gatehouse.policy.store.Policies;
import dev.gatehouse.publish.Editing;
import dev.gatehouse.publish.push.Pusher;
import dev.gatehouse.publish.version.PublishSettings;
import dev.gatehouse.publish.version.Publisher;
import dev.gatehouse.registries.Upstreams;

/// What a command needs that finds, judges or moves versions, on a store that a server may be using
/// at the same time.
public record StoreSession(
    OperatorSession operator, Changes changes, Reading.Ground ground, Reading reading)
    implements AutoCloseable {
  private static final Config DEFAULTS = Config.defaults();

  /// Opens what the options name; only on a data directory that a server has set up.
  public static StoreSession open(DatabaseOptions options, OperatorContext context) {
    OperatorSession operator = options.open(context);
    try {
      // First: it refuses a directory that no server has set up.
      Upstreams upstreams = operator.upstreams();
      var blobs = new Blobs(new DataDirectory(operator.data()).store());
      var changes = new Changes(operator.database());
      var ground =
          new Reading.Ground(
              operator.database(),
              blobs,
              operator.registries(),
              upstreams,
              operator.signingKeys(),
              new Reading.Policing(
                  new Policies(operator.database(), operator.clock()),
                  new Advisories(operator.database(), changes)));
      var reading = new Reading(ground, Reading.Settings.of(DEFAULTS), operator.clock());
      return new StoreSession(operator, changes, ground, reading);
    } catch (RuntimeException failure) {
      operator.close();
      throw failure;
    }
  }

  /// What pushes versions.
  public Pusher pusher() {
    Config.Limits limits = DEFAULTS.limits();
    var settings =
        PublishSettings.of(limits.tarballMegabytes(), limits.unpackedMegabytes(), limits.files());
    var trail = new Trail(operator.clock());
    var editing =
        new Editing(operator.database(), trail, reading.internalNames(), reading.stamps()::outdate);
    var publisher =
        new Publisher(
            editing,
            new Publisher.Parts(
                ground.blobs(), reading.views(), ground.signing(), operator.webhooks()),
            settings,
            operator.clock());
    return Pushers.on(ground, reading, publisher, settings.tarball(), trail);
  }

  @Override
  public void close() {
    reading.close();
    changes.close();
    operator.close();
  }
}
