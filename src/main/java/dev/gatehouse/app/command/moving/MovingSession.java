package dev.gatehouse.app.command.moving;

import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.app.config.Config;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.app.wiring.Reading;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.registries.Upstreams;

/// The services of one command, on a store that a server may be using at the same time.
record MovingSession(OperatorSession operator, Blobs blobs, Reading reading)
    implements AutoCloseable {

  static MovingSession open(DatabaseOptions options, OperatorContext context) {
    OperatorSession operator = options.open(context);
    try {
      // First: it refuses a directory that no server has set up.
      Upstreams upstreams = operator.upstreams();
      var blobs = new Blobs(new DataDirectory(operator.data()).store());
      Config defaults = Config.defaults();
      var reading =
          new Reading(
              new Reading.Ground(operator.database(), blobs, operator.registries(), upstreams),
              new Reading.Settings(defaults.documents(), defaults.memory().indexMegabytes()),
              operator.clock());
      return new MovingSession(operator, blobs, reading);
    } catch (RuntimeException failure) {
      operator.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    reading.close();
    operator.close();
  }
}
