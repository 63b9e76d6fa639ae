package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Installation;
import dev.gatehouse.testing.TestingFeed;
import java.io.IOException;
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

/// People in a real browser: Debian's Chromium, driven by `web/browser/story.mjs`, which keeps its
/// pictures in `target/screenshots`. The machine's own npm runs the commands that the app shows.
@Isolated("A browser needs the machine for itself")
final class BrowserIT {
  private static final Pattern LINK = Pattern.compile("http\\S+/setup/\\S+");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /// What opens an issue about the package that the story publishes. Its text is hostile.
  private static final String LOUD =
      """
      {"id":"TEAM-1","modified":"2026-01-01T00:00:00Z",
      "summary":"<img src=x onerror=\\"globalThis.__ran = true\\"> says hello too loudly",
      "database_specific":{"severity":"MODERATE"},
      "references":[{"type":"WEB","url":"javascript:globalThis.__ran = true"}],
      "affected":[{"package":{"ecosystem":"npm","name":"@acme/hello"},
      "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
      """;

  /// What withholds an old version of something that everybody knows.
  private static final String MALWARE =
      TestingFeed.malwareRecord("MAL-TEAM-1", "express", "\"4.0.0\"");

  @Test
  void leadsFromTheSetUpLinkToATeammatesInstall(@TempDir Path directory) throws Exception {
    try (GatehouseProcess server = GatehouseProcess.start(directory.resolve("data"))) {
      server.operator(LOUD, "advisories", "add", "-").ok();
      server.operator(MALWARE, "advisories", "add", "-").ok();
      Path told = directory.resolve("story.log");
      Process story =
          new ProcessBuilder(
                  "node", "web/browser/story.mjs", server.url("").toString(), setUpLink(server))
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
