package dev.gatehouse.install.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ReplacedDocumentTest {
  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);

  @Test
  void aDocumentWhoseBytesAreGoneIsFetchedAnewForTheSameRequest() throws IOException {
    TestingPackage.of("a", "1.0.0").putAt(server.upstream());
    String ada = server.token("ada", Role.DEVELOPER);
    assertThat(server.get(ada, "/r/default/a").status()).isEqualTo(200);
    // What is in memory is forgotten; the row stays, and still counts as fresh.
    server.restart();
    assertThat(server.blobs()).hasSize(1);
    for (String digest : server.blobs()) {
      server.services().blobs().delete(digest);
    }
    assertThat(server.get(ada, "/r/default/a").status()).isEqualTo(200);
    assertThat(server.upstream().requests("/a")).hasSize(2);
  }
}
