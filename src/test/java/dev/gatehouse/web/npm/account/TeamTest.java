package dev.gatehouse.web.npm.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What `npm team` sends.
@OnBothDatabases
final class TeamTest {
  private static final String ORG = "/r/default/-/org/default/team";
  private static final String TEAM = "/r/default/-/team/default/devs";

  @AutoClose private final TestingServer server;
  private final String owner;
  private final String rita;

  TeamTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    owner = server.token("olga", Role.OWNER);
    rita = server.token("rita", Role.READ_ONLY);
  }

  private TestingReply send(
      @Nullable String as, String method, String path, @Nullable String json) {
    return server.send(
        as, method, path, json == null ? null : json.getBytes(StandardCharsets.UTF_8));
  }

  private void is(int status, TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }

  @Test
  void makesFillsListsEmptiesAndRemovesATeam() {
    is(201, send(owner, "PUT", ORG, "{\"name\":\"devs\",\"description\":\"\"}"));
    is(200, send(owner, "PUT", TEAM + "/user", "{\"user\":\"rita\"}"));
    assertThat(server.get(rita, ORG + "?format=cli").text()).isEqualTo("[\"default:devs\"]");
    assertThat(server.get(rita, TEAM + "/user?format=cli").text()).isEqualTo("[\"rita\"]");
    is(200, send(owner, "DELETE", TEAM + "/user", "{\"user\":\"rita\"}"));
    assertThat(server.get(rita, TEAM + "/user?format=cli").text()).isEqualTo("[]");
    is(200, send(owner, "DELETE", TEAM, null));
    is(404, server.get(rita, TEAM + "/user"));
    assertThat(server.audited("user:olga"))
        .contains("team.create devs", "team.add devs/rita", "team.delete devs");
  }

  @Test
  void refusesWhoeverManagesNobodyAndTokensForSomeRegistries() {
    is(403, send(rita, "PUT", ORG, "{\"name\":\"devs\"}"));
    is(401, server.get(null, ORG));
    var limits = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    String limited = server.token(server.user("olga"), limits);
    is(403, send(limited, "PUT", ORG, "{\"name\":\"devs\"}"));
    var readOnly = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    String reader = server.token(server.user("olga"), readOnly);
    is(403, send(reader, "PUT", ORG, "{\"name\":\"devs\"}"));
  }

  @Test
  void knowsNoScopeButTheWorkspaceAndThoseThatTheRegistryClaims() {
    is(404, server.get(owner, "/r/default/-/org/acme/team"));
    is(404, send(owner, "PUT", "/r/default/-/org/acme/team", "{\"name\":\"devs\"}"));
    server.change(
        server.registry(),
        new Registry.Settings(
            Registry.Kind.STANDARD, false, false, false, false, List.of("@acme")));
    is(200, server.get(owner, "/r/default/-/org/acme/team"));
    is(400, send(owner, "PUT", ORG, "{\"name\":\"Not a name\"}"));
    is(404, send(owner, "PUT", TEAM + "/user", "{\"user\":\"rita\"}"));
  }
}
