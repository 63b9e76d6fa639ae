package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Requests with an `Idempotency-Key`.
@OnBothDatabases
final class OnceOnlyApiTest {
  private static final String KEY = "0123456789abcdef";
  private static final String TEAM = "{\"name\":\"team\"}";
  private static final String WEBHOOK =
      "{\"name\":\"w\",\"url\":\"https://hooks.example/x\",\"form\":\"json\",\"events\":[\"issue.opened\"],\"registries\":[]}";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api ada;

  OnceOnlyApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    ada = api.token("ada", Role.OWNER);
  }

  private static Api keyed(Api as, String key) {
    return as.with("idempotency-key", key);
  }

  private long count(String table) {
    return server
        .services()
        .database()
        .read(
            handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }

  @Test
  void repeatsTheFirstAnswerAndDoesNothingAgain() {
    TestingReply first = keyed(ada, KEY).post("registries", TEAM);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("idempotency-replayed")).isNull();
    TestingReply again = keyed(ada, KEY).post("registries", TEAM);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    server.restart();
    assertThat(keyed(ada, KEY).post("registries", TEAM).text()).isEqualTo(first.text());
    // Without a key, or with another, it is another request.
    assertThat(ada.post("registries", TEAM).status()).isEqualTo(409);
    assertThat(keyed(ada, KEY + "x").post("registries", TEAM).status()).isEqualTo(409);
    assertThat(server.audited("user:ada")).containsOnlyOnce("registry.create team");
  }

  @Test
  void doesNotRepeatASecret() {
    for (Map.Entry<String, String> one :
        Map.of(
                "tokens", "{\"name\":\"ci\"}",
                "invitations", "{\"role\":\"developer\"}",
                "webhooks", WEBHOOK,
                "workspaces", "{\"name\":\"mobile\"}")
            .entrySet()) {
      TestingReply first = keyed(ada, KEY).post(one.getKey(), one.getValue());
      assertThat(first.status()).as(first.text()).isEqualTo(201);
      TestingReply again = keyed(ada, KEY).post(one.getKey(), one.getValue());
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.json().path("detail").asText()).contains("already", "shown once");
    }
    assertThat(count("invitation")).isEqualTo(1);
    assertThat(count("webhook")).isEqualTo(1);
    assertThat(ada.get("tokens").json().path("total").asInt()).isEqualTo(2);
    assertThat(kept()).hasSize(4).containsOnly("");
  }

  /// The answers that the database holds.
  private List<String> kept() {
    return server
        .services()
        .database()
        .read(handle ->
            handle
                .createQuery("SELECT COALESCE(answer, '') FROM attempt")
                .mapTo(String.class)
                .list());
  }

  @Test
  void refusesAnotherRequestUnderTheSameKey() {
    keyed(ada, KEY).post("registries", TEAM);
    TestingReply other = keyed(ada, KEY).post("registries", "{\"name\":\"other\"}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("code").asText()).isEqualTo("key-reused");
    assertThat(other.json().path("detail").asText()).contains("draw a new key");
    assertThat(ada.get("registries/other").status()).isEqualTo(404);
    for (String bad : List.of("short", "with a space in it", "x".repeat(201))) {
      assertThat(keyed(ada, bad).post("registries", TEAM).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void letsWhatWasRefusedBeTriedAgain() {
    assertThat(keyed(ada, KEY).post("registries", "{\"name\":\"Bad Name\"}").status())
        .isEqualTo(400);
    assertThat(keyed(ada, KEY).post("registries", TEAM).status()).isEqualTo(201);
    Api dora = api.token("dora", Role.DEVELOPER);
    assertThat(keyed(dora, KEY).post("registries", TEAM).status()).isEqualTo(403);
    assertThat(keyed(dora, KEY).post("registries", TEAM).status()).isEqualTo(403);
    assertThat(keyed(api, KEY).post("registries", TEAM).status()).isEqualTo(401);
    assertThat(count("attempt")).isEqualTo(1);
  }

  @Test
  void keepsEveryonesKeysApartAndThoseOfEachToken() {
    assertThat(keyed(ada, KEY).post("registries", TEAM).status()).isEqualTo(201);
    Api adam = api.token("adam", Role.ADMIN);
    assertThat(keyed(adam, KEY).post("registries", TEAM).status()).isEqualTo(409);
    String second = server.token(server.user("ada"), TokenLimits.NONE);
    Api hers = api.with("authorization", "Bearer " + second);
    assertThat(keyed(hers, KEY).post("registries", TEAM).status()).isEqualTo(409);
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    TestingReply theirs = keyed(olga, KEY).post("registries", TEAM);
    assertThat(theirs.status()).isEqualTo(201);
    assertThat(theirs.json().path("url").asText()).contains("/w/other/");
    // At another place it is another thing.
    assertThat(keyed(ada, KEY).post("tokens", "{\"name\":\"ci\"}").status()).isEqualTo(201);
  }

  @Test
  void forgetsAfterADay() {
    keyed(ada, KEY).post("tokens", "{\"name\":\"ci\"}");
    clock.advance(Duration.ofHours(23));
    assertThat(keyed(ada, KEY).post("tokens", "{\"name\":\"ci\"}").status()).isEqualTo(409);
    clock.advance(Duration.ofHours(2));
    assertThat(keyed(ada, KEY).post("tokens", "{\"name\":\"ci\"}").status()).isEqualTo(201);
    assertThat(count("attempt")).isEqualTo(1);
  }

  @Test
  void keepsAThousandOfADayForAnAccountAndNoMore() {
    assertThat(keyed(ada, KEY).post("registries", TEAM).status()).isEqualTo(201);
    clock.advance(Duration.ofHours(1));
    long id = server.user("ada").id();
    server
        .services()
        .database()
        .write(handle -> {
          var batch =
              handle.prepareBatch(
                  "INSERT INTO attempt (account_id, token_id, route, key_hash, body_hash, created)"
                      + " VALUES (?, 0, 'POST tokens', ?, '', ?)");
          for (int i = 1; i < 1_000; i++) {
            batch.add(id, Integer.toString(i), clock.millis());
          }
          return batch.execute().length;
        });
    TestingReply refused = keyed(ada, KEY + "x").post("tokens", "{\"name\":\"ci\"}");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().path("detail").asText()).contains("1,000 requests", "without");
    assertThat(refused.header("retry-after")).isEqualTo(Long.toString(23 * 3_600));
    assertThat(count("attempt")).isEqualTo(1_000);
    // What is known is still known, others and requests without a key are not concerned.
    assertThat(keyed(ada, KEY).post("registries", TEAM).status()).isEqualTo(201);
    assertThat(ada.post("tokens", "{\"name\":\"ci\"}").status()).isEqualTo(201);
    Api adam = api.token("adam", Role.ADMIN);
    assertThat(keyed(adam, KEY).post("tokens", "{\"name\":\"ci\"}").status()).isEqualTo(201);
    clock.advance(Duration.ofHours(23).plusSeconds(1));
    assertThat(keyed(ada, KEY + "x").post("tokens", "{\"name\":\"ci\"}").status()).isEqualTo(201);
  }

  @Test
  void saysWhenNobodyKnowsWhatBecameOfTheFirst() {
    keyed(ada, KEY).post("registries", TEAM);
    server
        .services()
        .database()
        .write(handle -> handle.execute("UPDATE attempt SET status = NULL, answer = NULL"));
    TestingReply unknown = keyed(ada, KEY).post("registries", TEAM);
    assertThat(unknown.status()).isEqualTo(409);
    assertThat(unknown.json().path("detail").asText()).contains("see whether it was done");
  }

  @Test
  void letsOneOfManyAtOnceThrough() throws Exception {
    Api keyed = keyed(ada, KEY);
    int many = 12;
    var start = new CountDownLatch(1);
    List<Future<TestingReply>> sent = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(many)) {
      for (int i = 0; i < many; i++) {
        sent.add(
            threads.submit(() -> {
              start.await();
              return keyed.post("tokens", "{\"name\":\"ci\"}");
            }));
      }
      start.countDown();
      int made = 0;
      for (Future<TestingReply> one : sent) {
        int status = one.get().status();
        assertThat(status).isIn(201, 409);
        made += status == 201 ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
    assertThat(ada.get("tokens").json().path("total").asInt()).isEqualTo(2);
  }

  @Test
  void isDescribedWhereItIsTaken() {
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.document().path("paths").properties()) {
      path.getValue()
          .properties()
          .forEach(one -> {
            if (one.getValue().path("parameters").toString().contains("idempotencyKey")) {
              described.add(path.getKey());
            }
          });
    }
    assertThat(described)
        .containsExactlyInAnyOrder(
            "/tokens",
            "/invitations",
            "/webhooks",
            "/workspaces",
            "/registries",
            "/issues/{issue}/comments");
  }
}
