package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingAuthenticator;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `me/second-factor`, and wherever a password alone is not enough any more: signing in, logging a
/// client in, making tokens by the password.
@OnBothDatabases
final class SecondFactorTest {
  private static final String PROVE = "{\"password\":\"" + Api.PASSWORD + "\"}";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api page;
  private final Api ada;

  SecondFactorTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    page = api.with("x-gatehouse-app", "1");
    ada = api.session("ada", Role.DEVELOPER);
  }

  private static String code(String code) {
    return "{\"code\":\"" + code + "\"}";
  }

  private TestingAuthenticator start(Api as) {
    TestingReply started = as.post("me/second-factor", PROVE);
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    return new TestingAuthenticator(started.json().path("secret").asText());
  }

  /// What the app shows, which is not what it showed the last time.
  private String next(TestingAuthenticator app) {
    clock.advance(Duration.ofSeconds(30));
    return app.code(clock.instant());
  }

  private List<String> confirm(Api as, TestingAuthenticator app) {
    TestingReply confirmed = as.put("me/second-factor", code(next(app)));
    assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
    return confirmed.json().path("recoveryCodes").valueStream().map(JsonNode::asText).toList();
  }

  private TestingAuthenticator on() {
    TestingAuthenticator app = start(ada);
    confirm(ada, app);
    return app;
  }

  private TestingReply signIn(@Nullable String otp) {
    String plain = Api.signIn("ada", Api.PASSWORD);
    return page.post(
        "session", otp == null ? plain : plain.replace("}", ",\"otp\":\"" + otp + "\"}"));
  }

  private TestingReply login(String name, String password, @Nullable String otp) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(server.url() + "/r/default/-/user/org.couchdb.user:" + name))
            .PUT(BodyPublishers.ofString(Api.signIn(name, password)));
    if (otp != null) {
      request.header("npm-otp", otp);
    }
    return server.send(request.build());
  }

  private void assertAsked(TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(401);
    assertThat(reply.header("www-authenticate")).isEqualTo("OTP");
    assertThat(reply.text()).contains("one-time password");
    assertThat(reply.header("set-cookie")).isNull();
  }

  @Test
  void asksForACodeAtSignInOnceItIsOn() {
    TestingAuthenticator app = start(ada);
    assertThat(signIn(null).status()).isEqualTo(201);
    List<String> codes = confirm(ada, app);
    assertThat(codes).hasSize(10);
    assertAsked(signIn(null));
    assertThat(signIn(null).json().path("code").asText()).isEqualTo("second-factor-needed");
    String code = next(app);
    assertThat(signIn(code).status()).isEqualTo(201);
    assertAsked(signIn(code));
    assertThat(signIn(codes.getFirst()).status()).isEqualTo(201);
    assertAsked(signIn(codes.getFirst()));
    JsonNode standing = ada.get("me/second-factor").json();
    assertThat(standing.path("on").asBoolean()).isTrue();
    assertThat(standing.path("recoveryCodes").asInt()).isEqualTo(9);
  }

  @Test
  void saysNothingOfTheFactorToWhoeverDoesNotKnowThePassword() {
    on();
    TestingReply wrong = page.post("session", Api.signIn("ada", "wrong password"));
    TestingReply unknown = page.post("session", Api.signIn("nobody", "wrong password"));
    assertThat(wrong).hasToString(unknown.toString());
    assertThat(wrong.header("www-authenticate")).isEqualTo("Bearer");
  }

  @Test
  void drawsTheSecretForAppsByThePassword() {
    TestingReply started = ada.post("me/second-factor", PROVE);
    String uri = started.json().path("uri").asText();
    assertThat(uri)
        .startsWith("otpauth://totp/Gatehouse%20default%3Aada?secret=")
        .contains(started.json().path("secret").asText());
    assertThat(started.json().at("/qr/path").asText()).matches("(M\\d+ \\d+h1v1h-1z)+");
    assertThat(started.json().at("/qr/size").asInt()).isBetween(21, 57);
    assertThat(ada.post("me/second-factor", PROVE.replace("horse", "cow")).status()).isEqualTo(403);
    assertThat(ada.post("me/second-factor", "{}").status()).isEqualTo(400);
    assertThat(ada.put("me/second-factor", code("1")).status()).isEqualTo(403);
    assertThat(ada.put("me/second-factor", "{}").status()).isEqualTo(400);
    assertThat(ada.get("me").status()).isEqualTo(200);
    Api bob = api.session("bob", Role.DEVELOPER);
    assertThat(bob.put("me/second-factor", code("123456")).status()).isEqualTo(409);
    assertThat(bob.post("me/second-factor/recovery-codes", code("123456")).status()).isEqualTo(409);
  }

  @Test
  void isForBrowsersAndNotForTokens() {
    Api script = api.token("otto", Role.OWNER);
    assertThat(script.post("me/second-factor", PROVE).status()).isEqualTo(403);
    assertThat(script.put("me/second-factor", code("123456")).status()).isEqualTo(403);
    assertThat(script.post("me/second-factor/end", code("123456")).status()).isEqualTo(403);
    assertThat(script.post("me/second-factor/recovery-codes", code("1")).status()).isEqualTo(403);
  }

  @Test
  void drawsNewRecoveryCodesAndIsSwitchedOffByACode() {
    TestingAuthenticator app = start(ada);
    List<String> codes = confirm(ada, app);
    TestingReply redrawn = ada.post("me/second-factor/recovery-codes", code(next(app)));
    assertThat(redrawn.status()).as(redrawn.text()).isEqualTo(201);
    assertAsked(signIn(codes.getFirst()));
    assertThat(ada.post("me/second-factor/end", code("wrong")).status()).isEqualTo(403);
    assertThat(ada.post("me/second-factor/end", code(next(app))).status()).isEqualTo(204);
    assertThat(signIn(null).status()).isEqualTo(201);
    assertThat(ada.post("me/second-factor/end", code("wrong")).status()).isEqualTo(409);
  }

  @Test
  void asksClientsThatLogInByThePassword() {
    TestingAuthenticator app = on();
    assertAsked(login("ada", Api.PASSWORD, null));
    assertAsked(login("ada", Api.PASSWORD, "000000x"));
    TestingReply wrong = login("ada", "wrong password", next(app));
    assertThat(wrong.header("www-authenticate")).startsWith("Basic");
    TestingReply in = login("ada", Api.PASSWORD, next(app));
    assertThat(in.status()).as(in.text()).isEqualTo(201);
    String token = in.json().path("token").asText();
    assertThat(server.get(token, "/r/default/-/whoami").status()).isEqualTo(200);
  }

  @Test
  void takesSessionPasswordsAsBefore() {
    on();
    TestingReply drawn = ada.post("session/password", "{}");
    TestingReply in = login("gatehouse", drawn.json().path("password").asText(), null);
    assertThat(in.status()).as(in.text()).isEqualTo(201);
  }

  @Test
  void takesNoPasswordAloneFromClientsThatSendItWithEveryRequest() {
    assertThat(basic().status()).isEqualTo(200);
    TestingAuthenticator app = on();
    TestingReply refused = basic();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.error()).contains("use a token");
    ada.post("me/second-factor/end", code(next(app)));
    assertThat(basic().status()).isEqualTo(200);
  }

  private TestingReply basic() {
    String pair = "ada:" + Api.PASSWORD;
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/r/default/-/whoami"))
            .header("authorization", "Basic " + encoded)
            .build());
  }

  @Test
  void asksWhoMakesATokenByThePassword() {
    TestingAuthenticator app = on();
    String token = login("ada", Api.PASSWORD, next(app)).json().path("token").asText();
    assertAsked(createToken(token, null));
    TestingReply made = createToken(token, next(app));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  private TestingReply createToken(String token, @Nullable String otp) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/r/default/-/npm/v1/tokens"))
            .header("authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(PROVE));
    if (otp != null) {
      request.header("npm-otp", otp);
    }
    return server.send(request.build());
  }

  @Test
  void letsThoseWhoNeedOneSetItUpAndNothingElse() {
    Api olga = api.session("olga", Role.OWNER);
    Api adam = api.session("adam", Role.ADMIN);
    String on = "{\"secondFactor\":true}";
    assertThat(adam.patch("workspace/settings", on).status()).isEqualTo(403);
    assertThat(ada.patch("workspace/settings", on).status()).isEqualTo(403);
    String token = server.token(server.user("ada"), TokenLimits.NONE);
    TestingReply required = olga.patch("workspace/settings", on);
    assertThat(required.status()).as(required.text()).isEqualTo(200);
    assertThat(required.json().path("secondFactor").asBoolean()).isTrue();

    assertThat(ada.get("me").json().path("secondFactorMissing").asBoolean()).isTrue();
    assertThat(ada.get("registries").status()).isEqualTo(403);
    assertThat(ada.post("tokens", "{}").status()).isEqualTo(403);
    assertThat(ada.post("session/password", "{}").status()).isEqualTo(403);
    assertThat(ada.put("me/password", "{}").status()).isEqualTo(403);
    TestingReply login = login("ada", Api.PASSWORD, null);
    assertThat(login.status()).isEqualTo(403);
    assertThat(login.error()).contains("set yours up");
    assertThat(basic().status()).isEqualTo(401);
    // What was made before goes on.
    assertThat(server.get(token, "/r/default/-/whoami").status()).isEqualTo(200);

    confirm(ada, start(ada));
    assertThat(ada.get("me").json().path("secondFactorMissing").asBoolean()).isFalse();
    assertThat(ada.get("registries").status()).isEqualTo(200);
    assertThat(ada.post("me/second-factor/end", code("wrong")).status()).isEqualTo(403);
    Api other = Api.of(server, "other", "otto", Role.OWNER);
    assertThat(other.get("workspace/settings").json().path("secondFactor").asBoolean()).isFalse();
  }

  @Test
  void isResetByAnAdmin() {
    on();
    Api adam = api.session("adam", Role.ADMIN);
    assertThat(adam.get("users/ada").json().path("secondFactor").asBoolean()).isTrue();
    assertThat(ada.delete("users/adam/second-factor").status()).isEqualTo(403);
    assertThat(adam.delete("users/nobody/second-factor").status()).isEqualTo(404);
    assertThat(adam.delete("users/adam/second-factor").status()).isEqualTo(403);
    Api stranger = Api.of(server, "other", "otto", Role.OWNER);
    assertThat(stranger.delete("users/ada/second-factor").status()).isEqualTo(404);
    assertThat(adam.delete("users/ada/second-factor").status()).isEqualTo(204);
    assertThat(adam.delete("users/ada/second-factor").status()).isEqualTo(409);
    assertThat(ada.get("me").status()).isEqualTo(401);
    assertThat(signIn(null).status()).isEqualTo(201);
    assertThat(server.audited("user:adam")).contains("second-factor.reset ada");
  }
}
