package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class TestingServerTest {
  @AutoClose private final TestingServer server;

  TestingServerTest(Dialect dialect) {
    server = TestingServer.start(dialect);
  }

  @Test
  void servesWhatItsUpstreamHasToItsUsersAlsoAfterARestart() {
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    String ada = server.token("ada", Role.DEVELOPER);
    server.restart();
    assertThat(server.get(null, "/r/default/left-pad").status()).isEqualTo(401);
    TestingReply reply = server.get(ada, "/r/default/left-pad");
    assertThat(reply.json().at("/dist-tags/latest").asText()).isEqualTo("1.3.0");
    assertThat(server.get(ada, "/r/default/left-pad/-/left-pad-1.3.0.tgz").body())
        .isEqualTo(TestingPackage.of("left-pad", "1.3.0").tarball());
  }
}
