package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// One browser that is signed in to several workspaces.
@OnBothDatabases
final class BrowserSessionsTest {
  private static final String HEADER = BrowserSessions.HEADER;

  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api page;

  BrowserSessionsTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    api = Api.of(server);
    page = api.with("x-gatehouse-app", "1");
    account("default", "ada", Role.OWNER);
    account("mobile", "mia", Role.DEVELOPER);
  }

  private void account(String workspace, String name, Role role) {
    var operator = new Actor.Operator();
    long id = server.services().registries().workspace(operator, workspace).id();
    server
        .services()
        .access()
        .accounts()
        .create(operator, id, new NewAccount(name, role, Api.PASSWORD, ""));
  }

  /// `browser` after a sign-in: with the cookie that it is given.
  private Api in(Api browser, String workspace, String name) {
    TestingReply reply =
        browser.post(
            "session",
            "{\"name\":\"%s\",\"password\":\"%s\",\"workspace\":\"%s\"}"
                .formatted(name, Api.PASSWORD, workspace));
    is(201, reply);
    return browser.with("cookie", Api.cookie(reply));
  }

  private Api both() {
    return in(in(page, "default", "ada"), "mobile", "mia");
  }

  private static void is(int status, TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }

  private static String who(Api browser) {
    TestingReply me = browser.get("me");
    return me.status() == 200
        ? me.json().path("workspace").asText() + "/" + me.json().path("name").asText()
        : String.valueOf(me.status());
  }

  private static List<String> held(Api browser) {
    JsonNode items = browser.get("session/workspaces").json().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(one -> one.path("workspace").asText() + "/" + one.path("name").asText())
        .toList();
  }

  @Test
  void actsInTheWorkspaceThatTheRequestNames() {
    Api browser = both();
    assertThat(held(browser)).containsExactly("default/ada", "mobile/mia");
    assertThat(who(browser.with(HEADER, "default"))).isEqualTo("default/ada");
    assertThat(who(browser.with(HEADER, "mobile"))).isEqualTo("mobile/mia");
    // A developer of the one is no owner of it by being owner of the other.
    is(403, browser.with(HEADER, "mobile").get("audit"));
    is(200, browser.with(HEADER, "default").get("audit"));
    is(200, browser.get("audit?workspace=default"));
    is(403, browser.get("audit?workspace=mobile"));
  }

  @Test
  void meansTheDefaultWorkspaceWhereNoneIsNamedElseTheLastSignIn() {
    assertThat(who(both())).isEqualTo("default/ada");
    assertThat(who(in(in(page, "mobile", "mia"), "default", "ada"))).isEqualTo("default/ada");
    account("side", "sam", Role.DEVELOPER);
    assertThat(who(in(in(page, "mobile", "mia"), "side", "sam"))).isEqualTo("side/sam");
  }

  @Test
  void neverActsInAnotherWorkspaceThanTheNamedOne() {
    account("side", "sam", Role.OWNER);
    Api browser = both();
    for (String name : List.of("side", "nowhere", "", "MOBILE", "mobile,default")) {
      Api there = browser.with(HEADER, name);
      for (ApiRoute route : server.services().api()) {
        boolean open =
            route
                .pattern()
                .matches("openapi.json|sign-in.*|session|forgotten|join-requests|.*\\{secret}");
        if (!open) {
          String path =
              route.pattern().replace("{registry}", "default").replaceAll("\\{\\w+}", "1");
          String body = route.method().equals("GET") ? null : "{}";
          TestingReply reply = there.send(route.method(), path, body);
          assertThat(reply.status()).as(name + ": " + route + reply).isEqualTo(401);
        }
      }
    }
    // What changes something is not told by the address.
    is(401, browser.with(HEADER, "side").post("tokens?workspace=mobile", "{\"name\":\"x\"}"));
    is(201, browser.post("tokens?workspace=mobile", "{\"name\":\"of-ada\"}"));
    assertThat(browser.with(HEADER, "default").get("tokens").text()).contains("of-ada");
  }

  @Test
  void listsNothingOfAWorkspaceInAnother() {
    Api browser = both();
    is(201, browser.with(HEADER, "default").post("registries", "{\"name\":\"ours\"}"));
    assertThat(browser.with(HEADER, "mobile").get("registries").text()).doesNotContain("ours");
    is(404, browser.with(HEADER, "mobile").get("registries/ours"));
    is(404, browser.with(HEADER, "mobile").get("users/ada"));
  }

  @Test
  void signsOutOfOneOrOfAll() {
    Api browser = both();
    TestingReply left = browser.with(HEADER, "mobile").delete("session");
    is(204, left);
    Api after = page.with("cookie", Api.cookie(left));
    assertThat(held(after)).containsExactly("default/ada");
    // The old cookie is worth no more than the new one.
    assertThat(who(browser.with(HEADER, "mobile"))).isEqualTo("401");
    Api again = in(after, "mobile", "mia");
    TestingReply all = again.delete("session/workspaces");
    is(204, all);
    assertThat(all.header("set-cookie")).startsWith("gatehouse-session=; ").contains("Max-Age=0");
    assertThat(who(again.with(HEADER, "mobile"))).isEqualTo("401");
    assertThat(who(again.with(HEADER, "default"))).isEqualTo("401");
    is(403, api.token("tom", Role.OWNER).get("session/workspaces"));
    is(403, api.token("tim", Role.OWNER).delete("session/workspaces"));
    is(
        403,
        api.with("cookie", Api.cookie(page.post("session", Api.signIn("ada", Api.PASSWORD))))
            .delete("session/workspaces"));
  }

  @Test
  void takesThePlaceOfWhoWasSignedInToTheSameWorkspace() {
    account("mobile", "max", Role.OWNER);
    Api before = both();
    Api browser = in(before, "mobile", "max");
    assertThat(held(browser)).containsExactly("default/ada", "mobile/max");
    assertThat(who(before.with(HEADER, "mobile"))).isEqualTo("401");
    assertThat(who(before.with(HEADER, "default"))).isEqualTo("default/ada");
  }

  @Test
  void carriesNothingOnThatIsNoSession() {
    String planted = "gatehouse-session=" + "x".repeat(40) + ".." + "y".repeat(41) + ".=";
    Api browser = in(page.with("cookie", planted), "mobile", "mia");
    assertThat(browser.headers().get("cookie")).matches("gatehouse-session=[0-9A-Za-z]{40}");
    assertThat(held(browser)).containsExactly("mobile/mia");
  }

  @Test
  void endsTheSessionThatIsOneTooMany() {
    Api browser = in(page, "default", "ada");
    Api first = browser;
    for (int i = 0; i < 10; i++) {
      account("w" + i, "una", Role.OWNER);
      browser = in(browser, "w" + i, "una");
    }
    assertThat(held(browser)).hasSize(10).doesNotContain("default/ada");
    assertThat(who(first)).isEqualTo("401");
  }

  @Test
  void keepsTheOthersWhereAPasswordIsChanged() {
    Api browser = both();
    String change =
        "{\"current\":\"%s\",\"password\":\"a wholly new one\"}".formatted(Api.PASSWORD);
    TestingReply changed = browser.with(HEADER, "mobile").put("me/password", change);
    is(204, changed);
    Api after = page.with("cookie", Api.cookie(changed));
    assertThat(held(after)).containsExactly("default/ada", "mobile/mia");
    String secret =
        server
            .services()
            .access()
            .passwordLinks()
            .make(
                new Actor.Operator(),
                Objects.requireNonNull(
                    server
                        .services()
                        .access()
                        .accounts()
                        .find(
                            server
                                .services()
                                .registries()
                                .workspace(new Actor.Operator(), "mobile")
                                .id(),
                            "mia")))
            .secret();
    TestingReply used =
        after.post("password-links/" + secret, "{\"password\":\"another new one\"}");
    is(204, used);
    assertThat(held(page.with("cookie", Api.cookie(used)))).containsExactly("default/ada");
  }

  @Test
  void goesOnWhereTheWorkspaceIsRenamed() {
    Api browser = both();
    is(200, browser.with(HEADER, "default").patch("workspaces/mobile", "{\"name\":\"apps\"}"));
    assertThat(who(browser.with(HEADER, "mobile"))).isEqualTo("apps/mia");
    assertThat(who(browser.with(HEADER, "apps"))).isEqualTo("apps/mia");
  }
}
