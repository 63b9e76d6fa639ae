package dev.gatehouse.web.npm.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.Token;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `-/user/org.couchdb.user:{name}`, `-/whoami`, `-/ping`.
@OnBothDatabases
final class LoginTest {
  private static final String USER = "/r/default/-/user/org.couchdb.user:";
  private static final String WRONG = "The user name or the password is wrong.";

  @AutoClose private final TestingServer server;

  LoginTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    Members.add(server, "ada", Role.DEVELOPER);
  }

  private String whoami(String token) {
    return server.get(token, "/r/default/-/whoami").json().path("username").asText();
  }

  @Test
  void givesATokenAtOnceThatOutlivesARestart() {
    TestingReply reply = Members.logIn(server, "ada", Members.PASSWORD);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    JsonNode said = reply.json();
    assertThat(said.path("ok").asBoolean()).isTrue();
    assertThat(said.path("id").asText()).isEqualTo("org.couchdb.user:ada");
    assertThat(said.path("rev").asText()).isNotEmpty();
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    String token = said.path("token").asText();
    assertThat(whoami(token)).isEqualTo("ada");
    server.restart();
    assertThat(whoami(token)).isEqualTo("ada");
  }

  @Test
  void answersEveryFormOfItsAddress() {
    String body = Members.body("ada", Members.PASSWORD);
    for (String path :
        List.of(
            USER + "ada/",
            USER + "ada/-rev/1-abc",
            "/w/default/r/default/-/user/org.couchdb.user:ada",
            "/w/default/r/default/-/user/org.couchdb.user%3aada/-rev/undefined/")) {
      TestingReply reply = server.put(null, path, body);
      assertThat(reply.status()).as(path).isEqualTo(201);
      String token = reply.json().path("token").asText();
      assertThat(server.get(token, "/w/default/r/default/-/whoami/").status()).isEqualTo(200);
    }
  }

  @Test
  void limitsTheTokenToTheRegistryAndNamesItAfterTheClient() {
    server.addRegistry("other", Registry.Settings.of(Registry.Kind.STANDARD));
    TestingReply reply =
        Members.logInAs(
            server,
            USER + "ada",
            Members.body("ada", Members.PASSWORD),
            "user-agent",
            "npm/11.19.1 node/v24 linux x64",
            "npm-session",
            "3f2a");
    String token = reply.json().path("token").asText();
    assertThat(server.get(token, "/r/default/-/whoami").status()).isEqualTo(200);
    TestingReply elsewhere = server.get(token, "/r/other/-/whoami");
    assertThat(elsewhere.status()).isEqualTo(403);
    assertThat(elsewhere.error()).contains("limited to other registries");
    List<Token> tokens = server.services().access().tokens().list(server.user("ada"));
    assertThat(tokens).extracting(Token::name).containsExactly("npm/11.19.1 login, session 3f2a");
  }

  @Test
  void doesNotCareForAnOldAuthorizationOrAName() {
    String basic =
        Base64.getEncoder()
            .encodeToString(("ada:" + Members.PASSWORD).getBytes(StandardCharsets.UTF_8));
    for (String header : List.of("Basic " + basic, "Bearer gh_old", "Basic !!")) {
      TestingReply reply =
          Members.logInAs(
              server, USER + "ada", Members.body("ada", Members.PASSWORD), "authorization", header);
      assertThat(reply.status()).as(header).isEqualTo(201);
    }
  }

  @Test
  void saysTheSameOfAWrongPasswordAnUnknownUserAndAnUnknownRegistry() {
    String body = Members.body("ada", "wrong password");
    for (TestingReply reply :
        List.of(
            Members.logIn(server, "ada", "wrong password"),
            Members.logIn(server, "eve", Members.PASSWORD),
            Members.logIn(server, "gatehouse", Members.PASSWORD),
            server.put(null, "/r/nowhere/-/user/org.couchdb.user:ada", body),
            server.put(null, "/w/nowhere/r/default/-/user/org.couchdb.user:ada", body),
            server.put(
                null,
                "/w/nowhere/r/default/-/user/org.couchdb.user:ada",
                Members.body("ada", Members.PASSWORD)))) {
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.error()).isEqualTo(WRONG);
      assertThat(reply.header("www-authenticate")).startsWith("Basic");
    }
    assertThat(server.services().access().accounts().list(server.registry().workspace().id()))
        .hasSize(1);
  }

  @Test
  void tellsAMemberThatTheRegistryIsNotThere() {
    TestingReply reply =
        server.put(
            null, "/r/nowhere/-/user/org.couchdb.user:ada", Members.body("ada", Members.PASSWORD));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error()).contains("no registry \"nowhere\"");
    assertThat(server.services().access().tokens().list(server.user("ada"))).isEmpty();
  }

  @Test
  void refusesADeactivatedMember() {
    server.services().access().accounts().deactivate(new Actor.Operator(), server.user("ada"));
    TestingReply reply = Members.logIn(server, "ada", Members.PASSWORD);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error()).contains("deactivated");
  }

  @Test
  void refusesABodyThatDoesNotAgreeOrCannotBeRead() {
    String good = Members.body("ada", Members.PASSWORD);
    for (String bad :
        List.of(
            Members.body("eve", Members.PASSWORD),
            good.replace("\"_id\":\"org.couchdb.user:ada\"", "\"_id\":\"org.couchdb.user:eve\""),
            good.replace("password", "passwort"),
            good.replace("\"" + Members.PASSWORD + "\"", "[1]"),
            good.replace("{\"_id\"", "{\"name\":\"eve\",\"_id\""),
            "[]",
            "",
            "{",
            good + "x")) {
      TestingReply reply = server.put(null, USER + "ada", bad);
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.error()).as(bad).isNotEmpty().doesNotContain(Members.PASSWORD);
    }
    TestingReply large = server.put(null, USER + "ada", good + " ".repeat(17_000));
    assertThat(large.status()).isEqualTo(413);
    assertThat(server.put(null, "/r/default/-/user/ada", good).status()).isEqualTo(404);
    assertThat(server.put(null, USER, good).status()).isEqualTo(404);
  }

  @Test
  void slowsGuessesDownAndLetsTokensWork() {
    String token = server.token("bob", Role.DEVELOPER);
    for (int i = 0; i < 10; i++) {
      assertThat(Members.logIn(server, "ada", "guess number " + i).status()).isEqualTo(401);
    }
    TestingReply refused = Members.logIn(server, "ada", Members.PASSWORD);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(Objects.requireNonNull(refused.header("retry-after"))))
        .isPositive();
    assertThat(refused.error()).contains("Too many wrong passwords");
    assertThat(whoami(token)).isEqualTo("bob");
  }

  @Test
  void neverAnswersConflictWhenSomebodyHasTooManyTokens() {
    server
        .services()
        .database()
        .write(handle ->
            handle.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                INSERT INTO token (account_id, handle, hash, shown, name, read_only, registries,
                  cidrs, created)
                SELECT ?, 'h' || i, 'h' || i, '', '', FALSE, '', '', 0 FROM n
                """,
                server.user("ada").id()));
    TestingReply reply = Members.logIn(server, "ada", Members.PASSWORD);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).contains("revoke some");
  }

  @Test
  void showsMembersToMembersOnly() {
    String bob = server.token("bob", Role.READ_ONLY);
    TestingReply reply = server.get(bob, USER + "ada");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("_id").asText()).isEqualTo("org.couchdb.user:ada");
    assertThat(reply.json().path("name").asText()).isEqualTo("ada");
    assertThat(reply.json().path("email").asText()).isEqualTo("ada@example.test");
    assertThat(server.get(bob, USER + "eve").status()).isEqualTo(404);
    assertThat(server.get(null, USER + "ada").status()).isEqualTo(401);
  }

  @Test
  void asksWhoeverWantsToKnowTheirNameForAToken() {
    server.change(server.registry(), anonymous());
    TestingReply reply = server.get(null, "/r/default/-/whoami");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("www-authenticate")).isEqualTo("Bearer");
    assertThat(reply.error()).contains("log in");
    assertThat(server.get(null, USER + "ada").status()).isEqualTo(401);
  }

  @Test
  void answersPingsOfThoseWhoMayRead() {
    String bob = server.token("bob", Role.READ_ONLY);
    assertThat(server.get(bob, "/r/default/-/ping?write=true").text()).isEqualTo("{}");
    assertThat(server.get(bob, "/w/default/r/default/-/ping/").text()).isEqualTo("{}");
    assertThat(server.get(null, "/r/default/-/ping").status()).isEqualTo(401);
    server.change(server.registry(), anonymous());
    assertThat(server.get(null, "/r/default/-/ping").status()).isEqualTo(200);
  }

  private static Registry.Settings anonymous() {
    return new Registry.Settings(Registry.Kind.STANDARD, true, false, false, false, List.of());
  }
}
