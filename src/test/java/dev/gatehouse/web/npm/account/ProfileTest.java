package dev.gatehouse.web.npm.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `-/npm/v1/user`.
@OnBothDatabases
final class ProfileTest {
  private static final String PROFILE = "/r/default/-/npm/v1/user";

  @AutoClose private final TestingServer server;
  private final String token;

  ProfileTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    token = server.token(Members.add(server, "ada", Role.READ_ONLY), TokenLimits.NONE);
  }

  private TestingReply post(String body) {
    return server.send(token, "POST", PROFILE, body.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode profile() {
    return server.get(token, PROFILE + "/").json();
  }

  @Test
  void showsWhatNpmPrints() {
    JsonNode profile = profile();
    assertThat(profile.path("name").asText()).isEqualTo("ada");
    assertThat(profile.path("email").asText()).isEqualTo("ada@example.test");
    assertThat(profile.path("email_verified").asBoolean(true)).isFalse();
    assertThat(profile.has("tfa")).isTrue();
    assertThat(profile.path("tfa").isNull()).isTrue();
    for (String field : List.of("fullname", "homepage", "github", "created", "updated")) {
      assertThat(profile.has(field)).as(field).isTrue();
    }
    assertThat(server.get(null, PROFILE).status()).isEqualTo(401);
  }

  @Test
  void keepsWhatIsChangedAndLeavesTheRest() {
    assertThat(post("{\"fullname\":\"Ada L.\",\"github\":\"ada\"}").status()).isEqualTo(200);
    TestingReply reply =
        post(
            "{\"name\":\"eve\",\"email\":\"new@example.test\",\"github\":null,\"tfa\":null,\"created\":\"x\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("email").asText()).isEqualTo("new@example.test");
    server.restart();
    JsonNode profile = profile();
    assertThat(profile.path("name").asText()).isEqualTo("ada");
    assertThat(profile.path("fullname").asText()).isEqualTo("Ada L.");
    assertThat(profile.path("email").asText()).isEqualTo("new@example.test");
    assertThat(profile.path("github").asText()).isEmpty();
    assertThat(server.audited("user:ada"))
        .containsExactly("account.profile ada", "account.profile ada");
  }

  @Test
  void changesThePasswordForWhoKnowsTheOldOne() {
    String change = "{\"password\":{\"old\":\"%s\",\"new\":\"battery staple\"}}";
    TestingReply wrong = post(change.formatted("wrong one"));
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.error()).contains("password is wrong");
    assertThat(Members.logIn(server, "ada", Members.PASSWORD).status()).isEqualTo(201);
    assertThat(post(change.formatted(Members.PASSWORD)).status()).isEqualTo(200);
    assertThat(Members.logIn(server, "ada", Members.PASSWORD).status()).isEqualTo(401);
    assertThat(Members.logIn(server, "ada", "battery staple").status()).isEqualTo(201);
    assertThat(server.get(token, PROFILE).status()).isEqualTo(200);
  }

  @Test
  void refusesWhatCannotBeStoredAndChangesNothing() {
    for (String bad :
        List.of(
            "{\"fullname\":\"x\",\"shoe\":\"y\"}",
            "{\"fullname\":1}",
            "{\"email\":\"nobody\"}",
            "{\"fullname\":\"" + "x".repeat(300) + "\"}",
            "{\"fullname\":\"x\",\"password\":\"new password\"}",
            "{\"fullname\":\"x\",\"password\":{\"new\":\"battery staple\"}}",
            "{\"fullname\":\"x\",\"password\":{\"old\":\"%s\",\"new\":\"short\"}}"
                .formatted(Members.PASSWORD),
            "[]")) {
      TestingReply reply = post(bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.error()).as(bad).isNotEmpty();
    }
    assertThat(profile().path("fullname").asText()).isEmpty();
    assertThat(Members.logIn(server, "ada", Members.PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void saysWhereASecondFactorIsSetUp() {
    TestingReply reply = post("{\"tfa\":{\"mode\":\"auth-only\",\"password\":\"x\"}}");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error()).contains("second factor", "web app");
  }
}
