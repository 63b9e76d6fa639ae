package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `audit`.
@OnBothDatabases
final class AuditApiTest {
  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api adam;
  private final Api eve;

  AuditApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    adam = api.token("adam", Role.ADMIN);
    eve = api.token("eve", Role.ADMIN);
  }

  /// Two registries by adam, then, a day later, one by eve, and what she does to it.
  private void work() {
    adam.post("registries", "{\"name\":\"team\"}");
    adam.post("registries", "{\"name\":\"team2\"}");
    clock.advance(Duration.ofDays(1));
    eve.post("registries", "{\"name\":\"other\"}");
    eve.put("registries/team/policies/delay", "{\"mode\":\"observe\"}");
    eve.post("registries/team/upstreams", "{\"target\":\"public\"}");
    eve.post("users", "{\"name\":\"team\",\"role\":\"developer\"}");
  }

  private static List<String> lines(TestingReply reply) {
    return reply.json().path("items").findValuesAsText("action").stream().toList();
  }

  private static List<String> subjects(TestingReply reply) {
    return reply.json().path("items").findValuesAsText("subject");
  }

  @Test
  void listsTheNewestFirstByWhoDidWhatWhereAndWhen() {
    work();
    assertThat(lines(adam.get("audit?actor=user:eve")))
        .containsExactly("account.create", "upstream.add", "policy.set", "registry.create");
    assertThat(subjects(adam.get("audit?actor=user:adam"))).containsExactly("team2", "team");
    assertThat(subjects(adam.get("audit?action=registry.create&actor=user:adam")))
        .containsExactly("team2", "team");
    assertThat(lines(adam.get("audit?action=policy"))).containsExactly("policy.set");
    assertThat(lines(adam.get("audit?action=polic"))).isEmpty();
    assertThat(lines(adam.get("audit?registry=team")))
        .containsExactly("upstream.add", "policy.set", "registry.create");
    assertThat(
            adam.get("audit?registry=team&action=policy")
                .json()
                .at("/items/0/details/mode")
                .asText())
        .isEqualTo("observe");
    assertThat(lines(adam.get("audit?actor=user:eve&until=2026-11-23T00:00:00Z"))).isEmpty();
    assertThat(subjects(adam.get("audit?action=registry&since=2026-11-23T00:00:00Z")))
        .containsExactly("other");
  }

  @Test
  void listsInPagesAlsoOfWhatHappensInOneMoment() {
    work();
    TestingReply first = adam.get("audit?action=registry&limit=2");
    assertThat(subjects(first)).containsExactly("other", "team2");
    assertThat(first.json().path("total").asInt()).isEqualTo(4);
    adam.post("registries", "{\"name\":\"late\"}");
    TestingReply second =
        adam.get("audit?action=registry&limit=1&cursor=" + first.json().path("next").asText());
    assertThat(subjects(second)).containsExactly("team");
    TestingReply last =
        adam.get("audit?action=registry&limit=1&cursor=" + second.json().path("next").asText());
    assertThat(subjects(last)).containsExactly("default");
    assertThat(last.json().path("next").isNull()).isTrue();
    for (String bad :
        List.of("since=x", "until=tomorrow", "limit=0", "cursor=" + Page.cursor("x"))) {
      assertThat(adam.get("audit?" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void exportsAllOfItAsLines() {
    work();
    TestingReply reply = adam.get("audit/export?action=registry");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("application/x-ndjson");
    assertThat(reply.header("content-disposition")).contains("audit.jsonl");
    List<String> lines = reply.text().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst())
        .endsWith(
            ",\"at\":\"2026-11-23T12:00:00Z\",\"actor\":\"user:eve\","
                + "\"action\":\"registry.create\",\"subject\":\"other\",\"details\":null}");
    assertThat(adam.get("audit/export?since=x").status()).isEqualTo(400);
  }

  /// Enough that no buffer on the way takes it all.
  private void fillTheTrail() {
    server
        .services()
        .database()
        .write(handle ->
            handle.execute(
                """
                INSERT INTO audit (happened, workspace_id, actor, action, subject, details)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
                SELECT i, ?, 'job:test', 'test.fill', ?, '' FROM n
                """,
                server.registry().workspace().id(),
                "x".repeat(1_000)));
  }

  private HttpResponse<InputStream> exportSlowly(HttpClient client) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/audit/export"));
    adam.headers().forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  @Test
  void exportsForOneAccountTwiceAtOnceAndNoMore() throws Exception {
    fillTheTrail();
    try (var client = HttpClient.newHttpClient()) {
      var first = exportSlowly(client);
      var second = exportSlowly(client);
      assertThat(first.body().read()).isEqualTo('{');
      assertThat(second.body().read()).isEqualTo('{');
      TestingReply refused = adam.get("audit/export");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isNotNull();
      assertThat(refused.json().path("detail").asText()).contains("2 times already");
      assertThat(eve.get("audit/export?action=account").status()).isEqualTo(200);
      first.body().readAllBytes();
      second.body().close();
      // The second one ends when the server learns that its client is gone.
      TestingReply again = adam.get("audit/export?action=account");
      assertThat(again.status()).isEqualTo(200);
    }
  }

  @Test
  void isForThoseWhoManageThePeopleOfThisWorkspace() {
    work();
    Api dora = api.token("dora", Role.DEVELOPER);
    var limits = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("adam"), limits));
    Api olga = Api.of(server, "elsewhere", "olga", Role.OWNER);
    for (String path : List.of("audit", "audit/export")) {
      assertThat(dora.get(path).status()).isEqualTo(403);
      assertThat(limited.get(path).status()).isEqualTo(403);
      assertThat(olga.get(path).text()).contains("olga").doesNotContain("adam", "team");
    }
  }
}
