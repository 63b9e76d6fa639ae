package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingFeed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// People in a real browser: Debian's Chromium, driven by `web/browser/story.mjs`, which keeps its
/// pictures in `target/screenshots`. The machine's own npm runs the commands that the app shows.
@Isolated("A browser needs the machine for itself")
final class BrowserIT {
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
      BrowserScene.play(
          directory.resolve("story.log"),
          "story.mjs",
          server.url("").toString(),
          BrowserScene.setUpLink(server));
      assertThat(server.log()).doesNotContain("\"level\":\"ERROR\"", " ERROR ");
    }
  }
}
