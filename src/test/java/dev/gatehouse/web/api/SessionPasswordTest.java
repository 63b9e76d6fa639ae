package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a client may be given in place of the account's password.
@OnBothDatabases
final class SessionPasswordTest {
  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api ada;

  SessionPasswordTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    ada = api.session("ada", Role.DEVELOPER);
  }

  private static String draw(Api session) {
    TestingReply reply = session.post("session/password", "{}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("user").asText()).isEqualTo("gatehouse");
    return reply.json().path("password").asText();
  }

  private TestingReply logIn(String name, String password) {
    return server.put(
        null,
        "/r/default/-/user/org.couchdb.user:" + name,
        "{\"_id\":\"org.couchdb.user:%s\",\"name\":\"%s\",\"password\":\"%s\"}"
            .formatted(name, name, password));
  }

  @Test
  void logsAClientInAsWhoeverIsSignedIn() {
    TestingReply reply = logIn("gatehouse", draw(ada));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    String token = reply.json().path("token").asText();
    TestingReply whoami = server.get(token, "/r/default/-/whoami");
    assertThat(whoami.json().path("username").asText()).isEqualTo("ada");
  }

  @Test
  void isTakenWhereNpmAsksForThePasswordOfATokensOwner() {
    String token = server.token(server.user("ada"), dev.gatehouse.access.token.TokenLimits.NONE);
    assertThat(makeAToken(token, draw(ada))).isEqualTo(201);
    assertThat(makeAToken(token, draw(api.session("bob", Role.OWNER))))
        .as("another person's")
        .isEqualTo(403);
  }

  private int makeAToken(String token, String password) {
    byte[] body = "{\"password\":\"%s\"}".formatted(password).getBytes(StandardCharsets.UTF_8);
    return server.send(token, "POST", "/r/default/-/npm/v1/tokens", body).status();
  }

  @Test
  void endsWithItsSession() {
    String password = draw(ada);
    ada.delete("session");
    assertThat(logIn("gatehouse", password).status()).isEqualTo(401);
  }

  @Test
  void endsWhenTheSessionExpires() {
    String password = draw(ada);
    clock.advance(Duration.ofDays(7));
    assertThat(logIn("gatehouse", password).status()).isEqualTo(401);
  }

  @Test
  void endsWithTheAccount() {
    String password = draw(ada);
    server.operate("", "user", "deactivate", "ada");
    assertThat(logIn("gatehouse", password).status()).isEqualTo(401);
  }

  @Test
  void endsWhenTheNextIsDrawn() {
    String first = draw(ada);
    String second = draw(ada);
    assertThat(logIn("gatehouse", first).status()).isEqualTo(401);
    assertThat(logIn("gatehouse", second).status()).isEqualTo(201);
  }

  @Test
  void isGoodForNothingButAToken() {
    String password = draw(ada);
    assertThat(logIn("ada", password).status()).as("with the account's name").isEqualTo(401);
    assertThat(
            api.with("x-gatehouse-app", "1")
                .post("session", Api.signIn("gatehouse", password))
                .status())
        .as("in the web app")
        .isEqualTo(401);
    assertThat(server.get(password, "/r/default/-/whoami").status())
        .as("as a token")
        .isEqualTo(401);
    String basic =
        Base64.getEncoder()
            .encodeToString(("gatehouse:" + password).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/r/default/-/whoami"))
            .header("authorization", "Basic " + basic)
            .build();
    assertThat(server.send(request).status()).as("with a request").isEqualTo(401);
  }

  @Test
  void isForAnotherWorkspaceNoPassword() {
    String password = draw(ada);
    server.services().registries().workspace(new dev.gatehouse.audit.Actor.Operator(), "other");
    TestingReply reply =
        server.put(
            null,
            "/w/other/r/theirs/-/user/org.couchdb.user:gatehouse",
            "{\"name\":\"gatehouse\",\"password\":\"%s\"}".formatted(password));
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void isDrawnByABrowserAndNotByAToken() {
    assertThat(api.token("bob", Role.OWNER).post("session/password", "{}").status()).isEqualTo(403);
  }

  @Test
  void isNotKeptInPlain() {
    String password = draw(ada);
    String kept =
        server
            .services()
            .database()
            .read(handle ->
                handle.createQuery("SELECT password FROM session").mapTo(String.class).one());
    assertThat(kept).hasSize(64).isNotEqualTo(password);
  }
}
