package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Installation;
import dev.gatehouse.testing.TestingSamlIdp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// People who sign in by a real provider that speaks SAML, `samlify` of npm, in a real browser:
/// `web/browser/saml.mjs` drives it. The machine's own npm logs in by the browser.
@Isolated("A browser needs the machine for itself")
final class SamlSignOnIT {
  @Test
  void leadsOverTheProvidersPageIntoTheApp(@TempDir Path directory) throws Exception {
    Installation.requireInstalled();
    TestingSamlIdp idp = TestingSamlIdp.create();
    Path key =
        Files.writeString(
            directory.resolve("idp.key"),
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(idp.key().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    Path certificate = Files.writeString(directory.resolve("idp.crt"), idp.pem());
    try (GatehouseProcess server = GatehouseProcess.start(directory.resolve("data"))) {
      String setup = BrowserScene.setUpLink(server);
      String base = server.url("").toString();
      // It keeps its port, and knows now how people address it.
      server.restart("--base-url", base);
      Process provider =
          new ProcessBuilder(
                  "node",
                  "e2e/saml-provider.mjs",
                  base.replaceFirst("/$", "") + "/sign-in/provider/saml/default",
                  key.toString(),
                  certificate.toString())
              .directory(Installation.ROOT.toFile())
              .redirectError(directory.resolve("provider.log").toFile())
              .start();
      try (var said = provider.inputReader(StandardCharsets.UTF_8)) {
        BrowserScene.play(directory.resolve("story.log"), "saml.mjs", base, setup, said.readLine());
      } finally {
        provider.destroy();
      }
      assertThat(server.log()).doesNotContain("\"level\":\"ERROR\"", " ERROR ", "codelibs");
    }
  }
}
