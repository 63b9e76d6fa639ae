package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// People who sign in by a real provider, `oidc-provider` of npm, in a real browser:
/// `web/browser/single-sign-on.mjs` drives it. The machine's own npm logs in by the browser.
@Isolated("A browser needs the machine for itself")
final class SingleSignOnIT {
  private static final Pattern LINK = Pattern.compile("http\\S+/setup/\\S+");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Test
  void leadsOverTheProvidersPageIntoTheAppAndOutAgain(@TempDir Path directory) throws Exception {
    Installation.requireInstalled();
    try (GatehouseProcess server = GatehouseProcess.start(directory.resolve("data"))) {
      String setup = setUpLink(server);
      String base = server.url("").toString();
      // It keeps its port, and knows now how people address it.
      server.restart("--base-url", base);
      Process provider =
          new ProcessBuilder(
                  "node", "e2e/provider.mjs", base + "/sign-in/provider", base + "/sign-in")
              .directory(Installation.ROOT.toFile())
              .redirectError(directory.resolve("provider.log").toFile())
              .start();
      try (var said = provider.inputReader(StandardCharsets.UTF_8)) {
        Path told = directory.resolve("story.log");
        Process story =
            new ProcessBuilder(
                    "node", "web/browser/single-sign-on.mjs", base, setup, said.readLine())
                .directory(Installation.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        boolean ended = story.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
          story.destroyForcibly().waitFor();
        }
        assertThat(ended).as(Files.readString(told)).isTrue();
        assertThat(story.exitValue()).as(Files.readString(told)).isZero();
      } finally {
        provider.destroy();
      }
      assertThat(server.log()).doesNotContain("\"level\":\"ERROR\"", " ERROR ");
    }
  }

  /// The server prints it after it has begun to listen.
  private static String setUpLink(GatehouseProcess server) throws IOException {
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
