package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `session`, `sessions`, `me`.
@OnBothDatabases
final class SessionEndpointTest {
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api page;

  SessionEndpointTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    api = Api.of(server);
    page = api.with("x-gatehouse-app", "1");
  }

  @Test
  void signsInByACookieThatScriptsCannotReadAndOtherSitesDoNotSend() {
    api.account("ada", Role.OWNER);
    TestingReply reply = page.post("session", Api.signIn("ada", Api.PASSWORD));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("role").asText()).isEqualTo("owner");
    assertThat(reply.header("set-cookie"))
        .matches(
            "gatehouse-session=[0-9A-Za-z]{40}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict");
    Api ada = page.with("cookie", "other=1; " + Api.cookie(reply));
    assertThat(ada.get("me").json().path("name").asText()).isEqualTo("ada");
    assertThat(ada.get("me").json().path("session").asBoolean()).isTrue();
  }

  @Test
  void marksTheCookieAsSecureWhereTheServerIsReachedByHttps() {
    try (var secure =
        TestingServer.start(
            Dialect.SQLITE,
            Clock.systemUTC(),
            Map.of("server.base-url", "https://npm.example.test"))) {
      Api there = Api.of(secure);
      there.account("ada", Role.OWNER);
      TestingReply reply =
          there
              .with("x-gatehouse-app", "1")
              .with("origin", "https://npm.example.test")
              .post("session", Api.signIn("ada", Api.PASSWORD));
      assertThat(reply.header("set-cookie"))
          .startsWith("__Host-gatehouse-session=")
          .contains("; Path=/;")
          .endsWith("; Secure");
      assertThat(there.with("cookie", Api.cookie(reply)).get("me").status()).isEqualTo(200);
    }
  }

  @Test
  void drawsANewSecretAtEachSignInAndEndsTheOneBefore() {
    Api first = api.session("ada", Role.OWNER);
    TestingReply again = first.post("session", Api.signIn("ada", Api.PASSWORD));
    assertThat(Api.cookie(again)).isNotEqualTo(first.headers().get("cookie"));
    assertThat(first.get("me").status()).isEqualTo(401);

    String prepared = "gatehouse-session=" + "x".repeat(40);
    TestingReply fixed =
        page.with("cookie", prepared).post("session", Api.signIn("ada", Api.PASSWORD));
    assertThat(Api.cookie(fixed)).isNotEqualTo(prepared);
    assertThat(api.with("cookie", prepared).get("me").status()).isEqualTo(401);
  }

  @Test
  void saysTheSameOfAWrongPasswordAnUnknownNameAndAnUnknownWorkspace() {
    api.account("ada", Role.OWNER);
    TestingReply wrong = page.post("session", Api.signIn("ada", "wrong"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(page.post("session", Api.signIn("eve", "wrong")).text()).isEqualTo(wrong.text());
    assertThat(
            page.post(
                    "session",
                    "{\"name\":\"ada\",\"password\":\"" + Api.PASSWORD + "\",\"workspace\":\"no\"}")
                .text())
        .isEqualTo(wrong.text());
    assertThat(wrong.header("set-cookie")).isNull();
  }

  @Test
  void slowsDownWhoeverGuesses() {
    api.account("ada", Role.OWNER);
    TestingReply last = page.post("session", Api.signIn("ada", "wrong"));
    for (int i = 0; i < 10; i++) {
      last = page.post("session", Api.signIn("ada", "wrong"));
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("retry-after")).isEqualTo("60");
    assertThat(page.post("session", Api.signIn("ada", Api.PASSWORD)).status()).isEqualTo(429);
  }

  @Test
  void signsOutHereOrEverywhere() {
    Api here = api.session("ada", Role.OWNER);
    Api there = api.signedIn("ada");
    TestingReply out = here.delete("session");
    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("set-cookie")).contains("gatehouse-session=;", "Max-Age=0");
    assertThat(here.get("me").status()).isEqualTo(401);
    assertThat(there.get("me").status()).isEqualTo(200);
    Api third = api.signedIn("ada");
    assertThat(third.delete("sessions").status()).isEqualTo(204);
    assertThat(there.get("me").status()).isEqualTo(401);
    assertThat(third.get("me").status()).isEqualTo(401);
  }

  @Test
  void shutsADeactivatedUserOutAtOnce() {
    Api dora = api.session("dora", Role.DEVELOPER);
    assertThat(dora.get("registries").status()).isEqualTo(200);
    server.services().access().accounts().deactivate(new Actor.Operator(), server.user("dora"));
    assertThat(dora.get("registries").status()).isEqualTo(401);
  }

  @Test
  void changesOnesOwnPasswordByTheOldOneAndSignsOtherBrowsersOut() {
    Api ada = api.session("ada", Role.DEVELOPER);
    Api other = api.signedIn("ada");
    assertThat(
            ada.put("me/password", "{\"current\":\"wrong\",\"password\":\"another horse 42\"}")
                .status())
        .isEqualTo(403);
    TestingReply done =
        ada.put(
            "me/password",
            "{\"current\":\"" + Api.PASSWORD + "\",\"password\":\"another horse 42\"}");
    assertThat(done.status()).as(done.text()).isEqualTo(204);
    assertThat(other.get("me").status()).isEqualTo(401);
    assertThat(ada.with("cookie", Api.cookie(done)).get("me").status()).isEqualTo(200);
    assertThat(page.post("session", Api.signIn("ada", Api.PASSWORD)).status()).isEqualTo(401);
    assertThat(page.post("session", Api.signIn("ada", "another horse 42")).status()).isEqualTo(201);
  }

  @Test
  void opensNoRegistryToASession() {
    Api ada = api.session("ada", Role.OWNER);
    String cookie = ada.headers().getOrDefault("cookie", "");
    TestingReply reply =
        server.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/r/default/left-pad"))
                .header("cookie", cookie)
                .build());
    assertThat(reply.status()).isEqualTo(401);
  }
}
