package dev.gatehouse.app.command.advisory;

import dev.gatehouse.app.command.DatabaseOptions;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.app.command.OperatorSession;
import dev.gatehouse.app.wiring.Advising;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.UpstreamLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// What brings advisories in, for the length of one command. A running server is told through the
/// database.
record AdvisorySession(OperatorSession operator, UpstreamClient client, Advising advising)
    implements AutoCloseable {

  static AdvisorySession open(DatabaseOptions options, OperatorContext context) {
    OperatorSession operator = options.open(context);
    Path scratch = scratch(operator.data());
    var client =
        new UpstreamClient(UpstreamLimits.defaults(), scratch, UUID.randomUUID().toString());
    return new AdvisorySession(
        operator,
        client,
        Advising.on(
            operator.database(),
            options.config(context).advisories(),
            new Advising.Fetching(client, scratch),
            operator.clock(),
            () -> {}));
  }

  /// Beside the server's store, where there is room, if that is on this machine.
  private static Path scratch(Path data) {
    Path own = data.resolve("store").resolve("scratch");
    return Files.isDirectory(own) ? own : Path.of(System.getProperty("java.io.tmpdir"));
  }

  @Override
  public void close() {
    client.close();
    operator.close();
  }
}
