package dev.gatehouse.app;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.app.config.ServeFlags;
import dev.gatehouse.app.training.SampleUpstream;
import dev.gatehouse.app.training.Training;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.registries.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gatehouse train`: runs a server on an empty directory through a typical day, so that the JVM
/// can note for its start-up cache which classes are needed and which methods are hot. The launcher
/// runs it after a build.
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  @Option(names = "--data", required = true)
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    try (SampleUpstream upstream = SampleUpstream.start()) {
      var config =
          ServeFlags.config(
              Map.of(
                      "--port", "0",
                      "--data", String.valueOf(data),
                      "--public-registry", upstream.url())
                  ::get);
      try (Server server = Server.start(config)) {
        new Training(server.port(), token(server.wiring())).run();
      }
    }
    return 0;
  }

  private static String token(Wiring wiring) {
    Actor actor = new Actor.Operator();
    long workspace =
        wiring.registries.require(Workspace.DEFAULT, Workspace.DEFAULT).workspace().id();
    Account account =
        wiring
            .access
            .accounts()
            .create(actor, workspace, new NewAccount("trainer", Role.DEVELOPER, null, ""));
    return wiring
        .access
        .tokens()
        .create(actor, account, new NewToken("training", TokenLimits.NONE, null))
        .text();
  }
}
