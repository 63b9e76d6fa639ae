package dev.gatehouse.web.npm.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.AddressRange;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `-/npm/v1/tokens` and `-/user/token/{token}`.
@OnBothDatabases
final class TokensTest {
  private static final String TOKENS = "/r/default/-/npm/v1/tokens";
  private static final String WHOAMI = "/r/default/-/whoami";
  private static final String LOGOUT = "/r/default/-/user/token/";

  @AutoClose private final TestingServer server;
  private final Account ada;
  private final String token;

  TokensTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    ada = Members.add(server, "ada", Role.DEVELOPER);
    token = server.token(ada, TokenLimits.NONE);
  }

  private TestingReply create(String with, String body) {
    return server.send(with, "POST", TOKENS, body.getBytes(StandardCharsets.UTF_8));
  }

  private String readOnly() {
    return server.token(ada, new TokenLimits(true, Set.of(), Set.of(), List.of(), null));
  }

  private int status(String with, String path) {
    return server.get(with, path).status();
  }

  @Test
  void makesATokenInTheWordsOfEachNpm() {
    for (String readOnly :
        List.of("\"readonly\":true", "\"packages_and_scopes_permission\":\"read-only\"")) {
      Instant before = Instant.now();
      TestingReply reply =
          create(
              token,
              """
              {"name":"ci","password":"%s","expires":30,
               "cidr_whitelist":["127.0.0.0/8","::1"],%s}
              """
                  .formatted(Members.PASSWORD, readOnly));
      assertThat(reply.status()).as(reply.text()).isEqualTo(201);
      JsonNode made = reply.json();
      assertThat(made.path("token").asText()).startsWith("gh_").hasSize(39);
      assertThat(made.path("key").asText()).isNotEmpty();
      assertThat(made.path("name").asText()).isEqualTo("ci");
      assertThat(made.path("readonly").asBoolean()).isTrue();
      assertThat(made.at("/cidr_whitelist/0").asText()).isEqualTo("127.0.0.0/8");
      assertThat(made.path("cidr_whitelist")).hasSize(2);
      assertThat(Instant.parse(made.path("expires").asText()))
          .isBetween(
              before.plus(Duration.ofDays(30)).minusMillis(1),
              Instant.now().plus(Duration.ofDays(30)));
      assertThat(status(made.path("token").asText(), WHOAMI)).isEqualTo(200);
    }
  }

  @Test
  void listsOnesOwnTokensAndNothingThatOpensAnything() {
    server.token("bob", Role.OWNER);
    String made = create(token, "{\"name\":\"ci\"}").json().path("token").asText();
    server.restart();
    TestingReply reply = server.get(token, TOKENS);
    JsonNode list = reply.json();
    assertThat(list.path("urls").isObject()).isTrue();
    assertThat(list.path("objects")).hasSize(2);
    JsonNode listed = list.at("/objects/1");
    assertThat(listed.path("name").asText()).isEqualTo("ci");
    assertThat(made).startsWith(listed.path("token").asText());
    assertThat(listed.path("readonly").asBoolean(true)).isFalse();
    assertThat(listed.path("cidr_whitelist").isNull()).isTrue();
    assertThat(Instant.parse(listed.path("created").asText())).isBefore(Instant.now());
    assertThat(Instant.parse(listed.path("updated").asText())).isBefore(Instant.now());
    assertThat(reply.text()).doesNotContain(made).doesNotContain(token);
  }

  @Test
  void listsManyTokensPageByPage() {
    for (int i = 0; i < 100; i++) {
      server.token(ada, TokenLimits.NONE);
    }
    JsonNode first = server.get(token, TOKENS).json();
    assertThat(first.path("objects")).hasSize(100);
    String next = first.at("/urls/next").asText();
    assertThat(next).startsWith(server.url() + TOKENS + "?");
    JsonNode second = server.get(token, next.substring(server.url().length())).json();
    assertThat(second.path("objects")).hasSize(1);
    assertThat(second.path("urls")).isEmpty();
    assertThat(server.get(token, TOKENS + "?page=-1&page=x").status()).isEqualTo(200);
  }

  @Test
  void revokesByKeyAndByTextOnTheNextRequest() {
    for (String field : List.of("key", "token")) {
      JsonNode made = create(token, "{}").json();
      String text = made.path("token").asText();
      assertThat(status(text, WHOAMI)).isEqualTo(200);
      TestingReply reply = server.delete(token, TOKENS + "/token/" + made.path(field).asText());
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.text()).isEmpty();
      assertThat(status(text, WHOAMI)).isEqualTo(401);
      assertThat(server.delete(token, TOKENS + "/token/" + text).status()).isEqualTo(404);
    }
    assertThat(status(token, WHOAMI)).isEqualTo(200);
  }

  @Test
  void logsOutOnTheNextRequestAlsoAfterARestart() {
    TestingReply reply = server.delete(token, LOGOUT + token);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("ok").asBoolean()).isTrue();
    TestingReply after = server.get(token, WHOAMI);
    assertThat(after.status()).isEqualTo(401);
    assertThat(after.error()).contains("revoked");
    server.restart();
    assertThat(status(token, WHOAMI)).isEqualTo(401);
  }

  @Test
  void touchesNobodyElsesTokens() {
    String bob = server.token("bob", Role.OWNER);
    String key = server.get(token, TOKENS).json().at("/objects/0/key").asText();
    assertThat(server.delete(bob, LOGOUT + token).status()).isEqualTo(404);
    assertThat(server.delete(bob, TOKENS + "/token/" + key).status()).isEqualTo(404);
    assertThat(server.delete(null, LOGOUT + token).status()).isEqualTo(401);
    assertThat(status(token, WHOAMI)).isEqualTo(200);
  }

  @Test
  void letsAReadOnlyTokenReadAndEndItselfAndNothingElse() {
    String reader = readOnly();
    assertThat(status(reader, WHOAMI)).isEqualTo(200);
    assertThat(status(reader, "/r/default/-/v1/search?text=x")).isEqualTo(200);
    List<TestingReply> refused = new ArrayList<>();
    refused.add(create(reader, "{}"));
    refused.add(create(reader, "{\"readonly\":true}"));
    refused.add(create(reader, "{\"password\":\"" + Members.PASSWORD + "\"}"));
    refused.add(server.delete(reader, LOGOUT + token));
    refused.add(
        server.send(
            reader,
            "POST",
            "/r/default/-/npm/v1/user",
            "{\"fullname\":\"Eve\"}".getBytes(StandardCharsets.UTF_8)));
    for (TestingReply reply : refused) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.error()).contains("read-only");
    }
    assertThat(server.delete(reader, LOGOUT + reader).status()).isEqualTo(200);
    assertThat(status(reader, WHOAMI)).isEqualTo(401);
  }

  @Test
  void makesNoWiderTokenWithoutThePassword() {
    server.addRegistry("other", Registry.Settings.of(Registry.Kind.STANDARD));
    Instant soon = Instant.now().plus(Duration.ofDays(2));
    var limits =
        new TokenLimits(
            false,
            Set.of(server.registry().id()),
            Set.of(),
            List.of(AddressRange.of("127.0.0.0/8")),
            soon);
    String narrow = server.token(ada, limits);
    JsonNode made = create(narrow, "{}").json();
    String child = made.path("token").asText();
    assertThat(status(child, WHOAMI)).isEqualTo(200);
    assertThat(status(child, "/r/other/-/whoami")).isEqualTo(403);
    assertThat(made.at("/cidr_whitelist/0").asText()).isEqualTo("127.0.0.0/8");
    assertThat(Instant.parse(made.path("expires").asText())).isBeforeOrEqualTo(soon);
    assertThat(create(narrow, "{\"cidr_whitelist\":[\"0.0.0.0/0\"]}").status()).isEqualTo(403);
    assertThat(create(narrow, "{\"expires\":3}").status()).isEqualTo(403);
    assertThat(create(narrow, "{\"expires\":1}").status()).isEqualTo(201);
  }

  @Test
  void makesATokenForTheWorkspaceWithThePassword() {
    server.addRegistry("other", Registry.Settings.of(Registry.Kind.STANDARD));
    String login = Members.token(server, "ada");
    String made =
        create(login, "{\"password\":\"" + Members.PASSWORD + "\"}").json().path("token").asText();
    assertThat(status(made, "/r/other/-/whoami")).isEqualTo(200);
    assertThat(status(login, "/r/other/-/whoami")).isEqualTo(403);
  }

  @Test
  void refusesAWrongPasswordAndLimitsThatItDoesNotKnow() {
    for (String wrong : List.of("{\"password\":\"wrong\"}", "{\"password\":\"\"}")) {
      TestingReply reply = create(token, wrong);
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.error()).contains("password is wrong");
    }
    for (String bad :
        List.of(
            "{\"packages\":[\"left-pad\"]}",
            "{\"scopes\":[\"@acme\"]}",
            "{\"orgs\":[\"acme\"]}",
            "{\"packages_and_scopes_permission\":\"no-access\"}",
            "{\"packages_and_scopes_permission\":\"read-write-stage-only\"}",
            "{\"readonly\":\"yes\"}",
            "{\"expires\":0}",
            "{\"expires\":-1}",
            "{\"expires\":1.5}",
            "{\"expires\":99999999999999999999}",
            "{\"expires\":\"30\"}",
            "{\"cidr_whitelist\":[\"10.0.0.0/33\"]}",
            "{\"cidr_whitelist\":\"10.0.0.0/8\"}",
            "{\"cidr_whitelist\":[10]}",
            "{\"name\":\"a\\u0007b\"}",
            "{\"name\":1}",
            "null")) {
      TestingReply reply = create(token, bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.error()).as(bad).isNotEmpty();
    }
    assertThat(server.get(token, TOKENS).json().path("objects")).hasSize(1);
  }

  @Test
  void heedsAddressesAndExpiry() {
    var elsewhere =
        new TokenLimits(false, Set.of(), Set.of(), List.of(AddressRange.of("10.0.0.0/8")), null);
    TestingReply reply = server.get(server.token(ada, elsewhere), WHOAMI);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).contains("127.0.0.1");
    server
        .services()
        .database()
        .write(handle -> handle.execute("UPDATE token SET expires = 86400000"));
    server.restart();
    TestingReply expired = server.get(token, WHOAMI);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.error()).contains("expired on 1970-01-02");
    assertThat(expired.header("www-authenticate")).isEqualTo("Bearer");
  }

  @Test
  void recordsWhoMadeAndRevokedWhat() {
    JsonNode made = create(token, "{}").json();
    server.delete(token, TOKENS + "/token/" + made.path("key").asText());
    String subject = "ada/" + made.path("key").asText();
    assertThat(server.audited("user:ada"))
        .containsExactly("token.create " + subject, "token.revoke " + subject);
  }
}
