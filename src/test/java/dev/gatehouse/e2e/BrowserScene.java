package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A scene of `web/browser`, played in a real browser by the machine's own node.
final class BrowserScene {
  private static final Pattern LINK = Pattern.compile("http\\S+/setup/\\S+");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private BrowserScene() {}

  /// Plays `script` with `arguments` to its end. What it says is kept in `told`.
  static void play(Path told, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "web/browser/" + script));
    command.addAll(List.of(arguments));
    Process scene =
        new ProcessBuilder(command)
            .directory(Installation.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    boolean ended = scene.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      scene.destroyForcibly().waitFor();
    }
    assertThat(ended).as(Files.readString(told)).isTrue();
    assertThat(scene.exitValue()).as(Files.readString(told)).isZero();
  }

  /// The server prints it after it has begun to listen.
  static String setUpLink(GatehouseProcess server) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher link = LINK.matcher(server.log());
      if (link.find()) {
        return link.group();
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new IOException("the server prints no set-up link:\n" + server.log());
  }
}
