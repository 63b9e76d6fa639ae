package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What operators change beside a running server holds there within two seconds.
@OnBothDatabases
class OperatorBesideServerTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Dialect dialect;
  @AutoClose private final TestingServer server;
  private final String ada;

  OperatorBesideServerTest(Dialect dialect) {
    this.dialect = dialect;
    this.server = TestingServer.start(dialect);
    this.ada = server.token("ada", Role.DEVELOPER);
  }

  @Test
  void seesARegistryThatWasMadeRenamedAndDeleted() {
    server.operate("", "registry", "create", "team");
    answers(200, ada, "/r/team/-/ping");
    server.operate("", "registry", "rename", "team", "platform");
    answers(200, ada, "/r/platform/-/ping");
    assertThat(server.get(ada, "/r/team/-/ping").status()).isEqualTo(200);
    server.operate("", "registry", "delete", "platform", "--force");
    answers(404, ada, "/r/platform/-/ping");
  }

  @Test
  void seesThatReadingWasOpenedAndClosed() {
    server.operate("", "registry", "set", "default", "--anonymous-read", "on");
    answers(200, null, "/r/default/-/ping");
    server.operate("", "registry", "set", "default", "--anonymous-read", "off");
    answers(401, null, "/r/default/-/ping");
  }

  @Test
  void drawsFromAnUpstreamThatWasAddedUntilItIsRemoved() {
    TestingPackage.of("left-pad", "1.0.0").putAt(server.upstream());
    server.operate("", "registry", "create", "team");
    answers(404, ada, "/r/team/left-pad");
    server.operate("", "upstream", "add", "team", "public");
    answers(200, ada, "/r/team/left-pad");
    server.operate("", "upstream", "remove", "team", "public");
    answers(404, ada, "/r/team/left-pad");
  }

  @Test
  void refusesARevokedTokenAndADeactivatedUser() throws IOException {
    server.operate("", "user", "add", "eve", "--role", "developer");
    String eve = server.operate("", "token", "create", "--user", "eve").strip();
    answers(200, eve, "/r/default/-/ping");
    JsonNode tokens = JSON.readTree(server.operate("", "token", "list", "--user", "eve", "--json"));
    server.operate("", "token", "revoke", tokens.get(0).get("key").asText());
    answers(401, eve, "/r/default/-/ping");
    server.operate("", "user", "deactivate", "ada");
    answers(401, ada, "/r/default/-/ping");
  }

  @Test
  void startsNoSecondServerOnTheSameSqliteData() {
    if (dialect == Dialect.SQLITE) {
      assertThatThrownBy(() -> Server.start(server.config()))
          .isInstanceOf(ProblemException.class)
          .hasMessageStartingWith("Another server is running on the data directory ");
    }
    assertThat(server.get(ada, "/r/default/-/ping").status()).isEqualTo(200);
  }

  @Test
  void whatIsMadeBesideTheServerIsKnownToTheFirstRequest() {
    server.operate("", "user", "add", "eve", "--role", "developer");
    String eve = server.operate("", "token", "create", "--user", "eve").strip();
    assertThat(server.get(eve, "/r/default/-/whoami").status()).isEqualTo(200);

    server.operate("", "registry", "create", "team");
    assertThat(server.get(eve, "/r/team/-/whoami").status()).isEqualTo(200);

    server.operate("", "registry", "set", "team", "--anonymous-read", "on");
    assertThat(server.get(null, "/r/team/-/ping").status()).isEqualTo(200);
  }

  @Test
  void whoIsMadeBesideTheServerCanLogInAtOnceWhereTheRegistryIsNewToo() {
    server.operate("", "registry", "create", "team");
    server.operate(
        "a-long-password", "user", "add", "eve", "--role", "developer", "--password-stdin");
    String login =
        """
        {"_id": "org.couchdb.user:eve", "name": "eve", "password": "a-long-password"}
        """;
    assertThat(server.put(null, "/r/team/-/user/org.couchdb.user:eve", login).status())
        .isEqualTo(201);
  }

  private void answers(int status, @Nullable String token, String path) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (server.get(token, path).status() != status) {
      assertThat(System.nanoTime()).as(path).isLessThan(deadline);
    }
  }
}
