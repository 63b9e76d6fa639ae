package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real projects through the `default` registry: cold from the public upstream, and again from the
/// store alone.
@Execution(ExecutionMode.CONCURRENT)
final class InstallIT {
  private static final List<String> LOADS_SMALL =
      List.of(
          "node",
          "-e",
          "for (const name of ['express', 'morgan', 'cookie-parser', 'dotenv']) require(name)");

  /// Loads a native binding and runs a native binary, both optional dependencies for this platform.
  private static final List<String> LOADS_MEDIUM =
      List.of(
          "node",
          "--input-type=module",
          "-e",
          """
          const vite = await import('vite');
          await vite.transformWithEsbuild('let x: number = 1', 'x.ts');
          await import('typescript-eslint');
          await import('react-dom/server');
          process.exit(0);
          """);

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.e2e.clients.Client#inThisRun")
  void installsASmallProjectColdAndAgainWithoutTheUpstream(Client client) {
    installsColdAndAgain("small", client, LOADS_SMALL);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsForMedium")
  void installsAMediumProjectColdAndAgainWithoutTheUpstream(Client client) {
    installsColdAndAgain("medium", client, LOADS_MEDIUM);
  }

  static Stream<Client> clientsForMedium() {
    return Client.isFullRun()
        ? Client.inThisRun()
        : Stream.of(Client.NPM_12, Client.PNPM_12, Client.BUN);
  }

  private void installsColdAndAgain(String workload, Client client, List<String> proof) {
    try (PublicRelay upstream = new PublicRelay();
        Stage stage = new Stage(directory, "--public-registry", upstream.url())) {
      Path project = Projects.workload(stage.directory(workload), workload, client);
      Seat first = stage.seat(client);
      first.run(project, Verb.INSTALL).ok();
      first.execute(project, proof).ok();

      upstream.vanish();
      stage.server().restart();
      Path elsewhere = Projects.clone(project, stage.directory("clone"));
      Seat second = stage.seat(client);
      second.run(elsewhere, Verb.FROZEN_INSTALL).ok();
      second.execute(elsewhere, proof).ok();
      assertThat(Projects.dependencies(elsewhere)).isEqualTo(Projects.dependencies(project));
    }
  }
}
