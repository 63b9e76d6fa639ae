package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingRequest;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.testing.TestingUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `webhooks`, with a receiver that is really there.
@OnBothDatabases
final class WebhooksApiTest {
  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  @AutoClose private final TestingUpstream receiver = TestingUpstream.start();
  private final Api api;
  private final Api admin;

  WebhooksApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock, Map.of("webhooks.private-hosts", "127.0.0.1"));
    api = Api.of(server);
    admin = api.token("adam", Role.ADMIN);
  }

  private String body(String name, String more) {
    return "{\"name\":\"%s\",\"url\":\"%s\"%s}".formatted(name, receiver.url("/hook"), more);
  }

  private JsonNode deliveries(String name) {
    return admin.get("webhooks/" + name + "/deliveries").json().path("items");
  }

  private void awaitState(String name, String state) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!deliveries(name).path(0).path("state").asText().equals(state)) {
      assertThat(System.nanoTime()).as("the end of waiting").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void makesOneShowsItsSecretOnceAndChangesIt() {
    TestingReply made =
        admin.post(
            "webhooks", body("ci", ",\"events\":[\"issue.opened\"],\"registries\":[\"default\"]"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("secret").asText()).startsWith("whsec_");
    assertThat(made.json().at("/webhook/createdBy").asText()).isEqualTo("user:adam");
    assertThat(admin.get("webhooks").text())
        .contains("issue.opened")
        .doesNotContain("whsec_", "/hook");
    JsonNode changed = admin.patch("webhooks/ci", "{\"events\":[],\"active\":false}").json();
    assertThat(changed.path("events")).isEmpty();
    assertThat(changed.path("registries").toString()).isEqualTo("[\"default\"]");
    assertThat(changed.path("active").asBoolean()).isFalse();
    assertThat(admin.get("webhooks/ci").json()).isEqualTo(changed);
    assertThat(server.audited("user:adam"))
        .containsExactly("webhook.add ci " + origin(), "webhook.change ci " + origin());
    assertThat(admin.delete("webhooks/ci").status()).isEqualTo(204);
    assertThat(admin.get("webhooks/ci").status()).isEqualTo(404);
  }

  private String origin() {
    return "http://127.0.0.1:" + receiver.port();
  }

  @Test
  void sendsATestAndTheSameOnceMore() throws InterruptedException {
    receiver.at("/hook").body("thanks");
    admin.post("webhooks", body("ci", ""));
    TestingReply begun = admin.post("webhooks/ci/deliveries", "{}");
    assertThat(begun.status()).isEqualTo(201);
    receiver.awaitRequests("/hook", 1);
    awaitState("ci", "delivered");
    assertThat(deliveries("ci").path(0).path("answer").asText()).isEqualTo("thanks");
    String again = "{\"again\":" + begun.json().path("id") + "}";
    assertThat(admin.post("webhooks/ci/deliveries", again).status()).isEqualTo(201);
    receiver.awaitRequests("/hook", 2);
    assertThat(receiver.requests("/hook"))
        .extracting(TestingRequest::body)
        .containsOnly(receiver.requests("/hook").getFirst().body());
  }

  @Test
  void whatWasPublishedIsToldAlsoIfTheServerIsStartedAnewBeforeTheReceiverIsThere()
      throws InterruptedException {
    receiver.at("/hook").status(500);
    admin.post("webhooks", body("ci", ""));
    byte[] document = PackageBuilder.named("a").version("1.0.0").publishBody();
    String ada = server.token("ada", Role.DEVELOPER);
    assertThat(server.put(ada, "/r/default/a", document).status()).isEqualTo(201);
    receiver.awaitRequests("/hook", 1);
    server.restart();
    receiver.at("/hook").status(200);
    // The queue's lease, should the end have come in the middle of an attempt.
    clock.advance(Duration.ofHours(1));
    awaitState("ci", "delivered");
    assertThat(receiver.requests("/hook").getLast().body())
        .contains("version.published", "\"version\":\"1.0.0\"");
  }

  @Test
  void saysWhatIsWrong() {
    admin.post("webhooks", body("ci", ""));
    assertThat(admin.post("webhooks", body("ci", "")).status()).isEqualTo(409);
    for (String bad :
        List.of(
            "{\"name\":\"x\"}",
            "{\"name\":\"x\",\"url\":\"gopher://a/\"}",
            "{\"name\":\"X\",\"url\":\"https://a/\"}",
            body("x", ",\"form\":\"xml\""),
            body("x", ",\"events\":[\"webhook.test\"]"),
            body("x", ",\"events\":\"issue.opened\""))) {
      TestingReply reply = admin.post("webhooks", bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.json().path("detail").asText()).as(bad).endsWith(".");
    }
    assertThat(admin.post("webhooks", body("x", ",\"registries\":[\"none\"]")).status())
        .isEqualTo(404);
    assertThat(admin.post("webhooks/ci/deliveries", "{\"again\":99}").status()).isEqualTo(404);
    assertThat(admin.post("webhooks/none/deliveries", "{}").status()).isEqualTo(404);
  }

  @Test
  void isForThoseWhoManageTheWorkspaceAndNobodyElse() {
    admin.post("webhooks", body("ci", ""));
    Api developer = api.token("dora", Role.DEVELOPER);
    assertThat(developer.get("webhooks").status()).isEqualTo(403);
    assertThat(developer.get("webhooks/ci/deliveries").status()).isEqualTo(403);
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(stranger.get("webhooks").json().path("total").asInt()).isZero();
    assertThat(stranger.get("webhooks/ci").status()).isEqualTo(404);
    assertThat(stranger.patch("webhooks/ci", "{\"active\":false}").status()).isEqualTo(404);
    assertThat(stranger.delete("webhooks/ci").status()).isEqualTo(404);
    assertThat(stranger.get("webhooks/ci/deliveries").status()).isEqualTo(404);
    assertThat(stranger.post("webhooks/ci/deliveries", "{}").status()).isEqualTo(404);
    assertThat(stranger.post("webhooks", body("x", ",\"registries\":[\"default\"]")).status())
        .isEqualTo(404);
    assertThat(stranger.post("webhooks", body("ci", "")).status()).isEqualTo(201);
  }
}
