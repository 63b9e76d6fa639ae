package dev.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class InviteCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @AutoClose private final TestingServer server;

  InviteCommandTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    server.token("ada", Role.OWNER);
    server.token("adam", Role.ADMIN);
    server.token("dora", Role.DEVELOPER);
  }

  private JsonNode list() {
    try {
      return JSON.readTree(server.operate("", "invite", "list", "--json"));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private TestingReply join(String link, String name) {
    String secret = link.strip().replaceFirst(".*/invite/", "");
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/invited/" + secret))
            .header("x-gatehouse-app", "1")
            .POST(
                BodyPublishers.ofString(
                    "{\"name\":\"%s\",\"password\":\"correct horse battery\"}".formatted(name)))
            .build());
  }

  @Test
  void printsALinkByWhichSomebodyJoinsOnce() {
    String link = server.operate("", "invite", "create", "--role", "developer");
    assertThat(link)
        .matches(java.util.regex.Pattern.quote(server.url()) + "/invite/[0-9A-Za-z]{40}\n");
    JsonNode waiting = list();
    assertThat(waiting).hasSize(1);
    assertThat(waiting.at("/0/role").asText()).isEqualTo("developer");
    assertThat(waiting.at("/0/by").asText()).isEqualTo("ada");
    assertThat(server.operate("", "invite", "list")).contains("a link", "developer");
    assertThat(waiting.toString()).doesNotContain(link.strip().replaceFirst(".*/", ""));
    assertThat(join(link, "nina").status()).isEqualTo(201);
    assertThat(server.user("nina").role()).isEqualTo(Role.DEVELOPER);
    assertThat(join(link, "nora").status()).isEqualTo(404);
    assertThat(list()).isEmpty();
    assertThat(server.audited("operator")).contains("invitation.create a link");
  }

  @Test
  void takesAnInvitationBack() {
    String link = server.operate("", "invite", "create", "--role", "read-only", "--by", "adam");
    String id = list().at("/0/id").asText();
    assertThat(server.operate("", "invite", "revoke", id)).contains("Took invitation " + id);
    assertThat(join(link, "nina").status()).isEqualTo(404);
    assertThat(server.audited("operator"))
        .contains("invitation.create a link", "invitation.revoke a link");
  }

  @Test
  void givesNoRoleThatTheInviterDoesNotManage() throws IOException {
    try (var operator = new TestingOperator()) {
      Outcome unknown = operator.run("", "invite", "create", "--role", "developer");
      assertThat(unknown.code()).isEqualTo(1);
      assertThat(unknown.err()).contains("run `gatehouse serve` once");
      assertThat(operator.run("", "invite", "create", "--role", "king").err()).isNotEmpty();
      assertThat(operator.run("", "invite", "create").code()).isEqualTo(2);
      assertThat(operator.run("", "invite", "revoke", "7").err()).contains("no such invitation");
      assertThat(operator.run("", "invite").code()).isEqualTo(2);
    }
    assertThat(refused("--role", "owner", "--by", "adam")).contains("Only owners manage");
    assertThat(refused("--role", "developer", "--by", "dora")).contains("Only owners and admins");
    assertThat(refused("--role", "developer", "--by", "nobody")).isNotEmpty();
    assertThat(list()).isEmpty();
  }

  /// What a command says that has to fail.
  private String refused(String... options) {
    String[] whole = new String[options.length + 2];
    whole[0] = "invite";
    whole[1] = "create";
    System.arraycopy(options, 0, whole, 2, options.length);
    try (var operator = new TestingOperator()) {
      Outcome outcome = operator.runAt(server.environment(), "", whole);
      assertThat(outcome.code()).isEqualTo(1);
      return outcome.err();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
