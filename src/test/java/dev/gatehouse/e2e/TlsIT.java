package dev.gatehouse.e2e;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A server with a certificate of its own, which the clients are told to trust. deno speaks HTTP/2
/// with it, the others HTTP/1.1.
@TestInstance(Lifecycle.PER_CLASS)
final class TlsIT {
  private Stage stage;
  private Certificate certificate;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    certificate = Certificate.in(directory);
    stage =
        new Stage(
            directory,
            "--tls-cert",
            certificate.chain().toString(),
            "--tls-key",
            certificate.key().toString());
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.e2e.clients.Client#inThisRun")
  void installsOverTls(Client client) {
    Seat seat = stage.seat(client).trusting(certificate.chain());
    Path project = Projects.workload(stage.directory("small"), "small", client);
    seat.run(project, Verb.INSTALL).ok();
    seat.execute(project, List.of("node", "-e", "require('express')")).ok();
  }
}
