package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `tokens` and `users`.
@OnBothDatabases
final class PeopleApiTest {
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api admin;

  PeopleApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    api = Api.of(server);
    admin = api.session("adam", Role.ADMIN);
  }

  @Test
  void showsANewTokenOnceAndItWorksAtOnce() {
    TestingReply made =
        admin.post(
            "tokens", "{\"name\":\"laptop\",\"registries\":[\"default\"],\"readOnly\":true}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String text = made.json().path("text").asText();
    assertThat(server.get(text, "/r/default/-/whoami").json().path("username").asText())
        .isEqualTo("adam");
    TestingReply list = admin.get("tokens");
    assertThat(list.text()).doesNotContain(text);
    JsonNode token = list.json().path("items").path(0);
    assertThat(token).isEqualTo(made.json().path("token"));
    assertThat(token.path("registries").toString()).isEqualTo("[\"default\"]");
    assertThat(admin.delete("tokens/" + token.path("key").asText()).status()).isEqualTo(204);
    assertThat(server.get(text, "/r/default/-/whoami").status()).isEqualTo(401);
    assertThat(admin.delete("tokens/" + token.path("key").asText()).status()).isEqualTo(404);
  }

  @Test
  void makesATokenForSomePackagesFromSomeAddresses() {
    TestingReply made =
        admin.post(
            "tokens", "{\"packages\":[\"left-pad\",\"@acme/*\"],\"cidrs\":[\"127.0.0.0/8\"]}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    JsonNode token = admin.get("tokens").json().path("items").path(0);
    assertThat(token.path("packages").toString()).isEqualTo("[\"@acme/*\",\"left-pad\"]");
    assertThat(token.path("cidrs").toString()).isEqualTo("[\"127.0.0.0/8\"]");
    String many =
        IntStream.range(0, 101).mapToObj(i -> "\"p" + i + "\"").collect(Collectors.joining(","));
    for (String bad :
        List.of("[\"*\"]", "[\"\"]", "[7]", "\"left-pad\"", "[\"@acme\"]", "[" + many + "]")) {
      assertThat(admin.post("tokens", "{\"packages\":" + bad + "}").status())
          .as(bad)
          .isEqualTo(400);
    }
  }

  @Test
  void listsTokensTheNewestFirstInPages() {
    for (int i = 0; i < 5; i++) {
      admin.post("tokens", "{\"name\":\"t" + i + "\"}");
    }
    TestingReply first = admin.get("tokens?limit=3");
    assertThat(first.json().path("items").findValuesAsText("name"))
        .containsExactly("t4", "t3", "t2");
    TestingReply second = admin.get("tokens?limit=3&cursor=" + first.json().path("next").asText());
    assertThat(second.json().path("items").findValuesAsText("name")).containsExactly("t1", "t0");
  }

  @Test
  void makesNoTokenThatMakesNoSense() {
    for (String bad :
        List.of(
            "{\"expires\":\"tomorrow\"}",
            "{\"expires\":\"2001-01-01T00:00:00Z\"}",
            "{\"cidrs\":[\"300.0.0.1\"]}",
            "{\"name\":7}",
            "[]",
            "{")) {
      assertThat(admin.post("tokens", bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(admin.post("tokens", "{\"registries\":[\"none\"]}").status()).isEqualTo(404);
  }

  @Test
  void letsNoTokenMakeAWiderOne() {
    var limits = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("adam"), limits));
    TestingReply made = limited.post("tokens", "{}");
    assertThat(made.json().at("/token/registries").toString()).isEqualTo("[\"default\"]");
    var readOnly = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    Api reader = api.with("authorization", "Bearer " + server.token(server.user("adam"), readOnly));
    assertThat(reader.post("tokens", "{}").status()).isEqualTo(403);
  }

  @Test
  void keepsTheTokensOfOthersToThemselves() {
    Api dora = api.session("dora", Role.DEVELOPER);
    TestingReply made = dora.post("tokens", "{\"name\":\"hers\"}");
    String key = made.json().at("/token/key").asText();
    assertThat(admin.get("tokens").json().path("total").asInt()).isZero();
    assertThat(admin.delete("tokens/" + key).status()).isEqualTo(404);
  }

  @Test
  void makesAUserWhoThenSignsIn() {
    TestingReply made =
        admin.post(
            "users",
            "{\"name\":\"dora\",\"role\":\"developer\",\"email\":\"d@example.test\",\"password\":\""
                + Api.PASSWORD
                + "\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(api.signedIn("dora").get("me").json().path("role").asText()).isEqualTo("developer");
    assertThat(admin.get("users").json().path("items").findValuesAsText("name"))
        .containsExactly("adam", "dora");
    assertThat(admin.get("users?search=EXAMPLE").json().path("total").asInt()).isEqualTo(1);
    assertThat(admin.post("users", "{\"name\":\"dora\",\"role\":\"developer\"}").status())
        .isEqualTo(409);
    for (String bad :
        List.of(
            "{\"name\":\"x\"}",
            "{\"name\":\"x\",\"role\":\"king\"}",
            "{\"name\":\"x y\",\"role\":\"developer\"}",
            "{\"name\":\"x\",\"role\":\"developer\",\"password\":\"short\"}")) {
      assertThat(admin.post("users", bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void letsNoAdminMakeOrTouchOwnersNorAnybodyTheirOwnRole() {
    api.account("olga", Role.OWNER);
    assertThat(admin.post("users", "{\"name\":\"eve\",\"role\":\"owner\"}").status())
        .isEqualTo(403);
    for (String change :
        List.of(
            "{\"role\":\"developer\"}", "{\"active\":false}", "{\"password\":\"long enough 1\"}")) {
      assertThat(admin.patch("users/olga", change).status()).as(change).isEqualTo(403);
      assertThat(admin.patch("users/adam", change).status()).as(change).isEqualTo(403);
    }
    assertThat(admin.patch("users/nobody", "{\"active\":false}").status()).isEqualTo(404);
  }

  @Test
  void changesOnesOwnAddressByThePassword() {
    String right = "{\"email\":\"adam@example.test\",\"current\":\"" + Api.PASSWORD + "\"}";
    assertThat(admin.put("me/email", right).status()).isEqualTo(204);
    assertThat(admin.get("me").json().path("email").asText()).isEqualTo("adam@example.test");
    assertThat(admin.put("me/email", right.replace("battery", "horse")).status()).isEqualTo(403);
    assertThat(admin.put("me/email", right.replace("@", " at ")).status()).isEqualTo(400);
    assertThat(admin.put("me/email", "{\"email\":\"\"}").status()).isEqualTo(400);
    assertThat(admin.put("me/email", right.replace("adam@example.test", "")).status())
        .isEqualTo(204);
    assertThat(admin.get("me").json().path("email").asText()).isEmpty();
  }

  @Test
  void changesRoleAndShutsOutAndLetsInAgain() {
    Api dora = api.session("dora", Role.DEVELOPER);
    String seen = Objects.requireNonNull(admin.get("users/dora").header("etag"));
    TestingReply changed =
        admin.with("if-match", seen).patch("users/dora", "{\"role\":\"read-only\"}");
    assertThat(changed.json().path("role").asText()).isEqualTo("read-only");
    assertThat(dora.get("me").json().path("role").asText()).isEqualTo("read-only");
    assertThat(
            admin.with("if-match", seen).patch("users/dora", "{\"role\":\"developer\"}").status())
        .isEqualTo(412);
    assertThat(admin.patch("users/dora", "{\"active\":false}").status()).isEqualTo(200);
    assertThat(dora.get("me").status()).isEqualTo(401);
    admin.patch("users/dora", "{\"active\":true,\"password\":\"a new one for dora\"}");
    TestingReply in =
        api.with("x-gatehouse-app", "1").post("session", Api.signIn("dora", "a new one for dora"));
    assertThat(in.status()).isEqualTo(201);
  }
}
