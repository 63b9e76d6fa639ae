package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.gatehouse.e2e.clients.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// People who sign in by a real provider, `oidc-provider` of npm, in a real browser:
/// `web/browser/single-sign-on.mjs` drives it. The machine's own npm logs in by the browser.
@Isolated("A browser needs the machine for itself")
final class SingleSignOnIT {
  @Test
  void leadsOverTheProvidersPageIntoTheAppAndOutAgain(@TempDir Path directory) throws Exception {
    Installation.requireInstalled();
    var post = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    post.setServerStartupTimeout(Duration.ofMinutes(1).toMillis());
    GreenMail mails = new GreenMail(post);
    mails.start();
    try (GatehouseProcess server = GatehouseProcess.start(directory.resolve("data"))) {
      String setup = BrowserScene.setUpLink(server);
      String base = server.url("").toString();
      // It keeps its port, and knows now how people address it.
      server.restart("--base-url", base, "--config", sendingTo(mails, directory).toString());
      Process provider =
          new ProcessBuilder(
                  "node", "e2e/provider.mjs", base + "/sign-in/provider", base + "/sign-in")
              .directory(Installation.ROOT.toFile())
              .redirectError(directory.resolve("provider.log").toFile())
              .start();
      try (var said = provider.inputReader(StandardCharsets.UTF_8)) {
        BrowserScene.play(
            directory.resolve("story.log"), "single-sign-on.mjs", base, setup, said.readLine());
      } finally {
        provider.destroy();
      }
      assertThat(mails.getReceivedMessages())
          .extracting(mail -> mail.getAllRecipients()[0].toString())
          .containsExactly("ada@mail.test");
      assertThat(server.log()).doesNotContain("\"level\":\"ERROR\"", " ERROR ");
    } finally {
      mails.stop();
    }
  }

  /// A configuration by which the server's mails arrive there.
  private static Path sendingTo(GreenMail mails, Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("gatehouse.yaml"),
        "mail:\n  host: 127.0.0.1\n  port: %d\n  security: none\n  from: gatehouse@mail.test\n"
            .formatted(mails.getSmtp().getPort()));
  }
}
