package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Founder;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `workspaces`, and the link that makes the first owner of one.
@OnBothDatabases
final class WorkspacesApiTest {
  private static final String MOBILE = "{\"name\":\"mobile\"}";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api ada;

  WorkspacesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    ada = api.token("ada", Role.OWNER);
  }

  private static void is(int status, TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }

  private URI link(TestingReply made) {
    is(201, made);
    return URI.create(made.json().path("link").asText());
  }

  private TestingReply open(URI link) {
    return server.send(HttpRequest.newBuilder(link).build());
  }

  private TestingReply become(URI link, String name) {
    return server.send(
        HttpRequest.newBuilder(link)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "name=%s&password=correct+horse+battery&again=correct+horse+battery"
                        .formatted(name)))
            .build());
  }

  private long id(String workspace) {
    return Objects.requireNonNull(server.services().registries().directory().workspace(workspace))
        .id();
  }

  /// A token of a new account in `workspace`.
  private String token(String workspace, String name, Role role) {
    Account made =
        server
            .services()
            .access()
            .accounts()
            .create(new Actor.Operator(), id(workspace), new NewAccount(name, role, null, ""));
    return server.token(made, TokenLimits.NONE);
  }

  private Api by(String token) {
    return api.with("authorization", "Bearer " + token);
  }

  private JsonNode row(String name) {
    for (JsonNode one : ada.get("workspaces").json().path("items")) {
      if (one.path("name").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError("no workspace " + name);
  }

  @Test
  void areMadeWithARegistryAndALinkThatMakesTheFirstOwner() {
    URI link = link(ada.post("workspaces", MOBILE));
    assertThat(row("mobile").path("registries").asInt()).isEqualTo(1);
    assertThat(row("mobile").path("owned").asBoolean()).isFalse();
    assertThat(open(link).text()).contains("<b>mobile</b>", "<form");
    TestingReply done = become(link, "mia");
    is(200, done);
    assertThat(done.text())
        .contains("/w/mobile/r/default/", "/w/mobile/sign-in?name=mia")
        .doesNotContain("own this server");
    assertThat(row("mobile").path("owned").asBoolean()).isTrue();
    assertThat(row("mobile").path("users").asInt()).isEqualTo(1);
    Account mia = server.services().access().accounts().require(id("mobile"), "mia");
    assertThat(mia.role()).isEqualTo(Role.OWNER);
    Api hers = by(server.token(mia, TokenLimits.NONE));
    assertThat(hers.get("me").json().path("workspace").asText()).isEqualTo("mobile");
    JsonNode upstreams = hers.get("registries/default/upstreams").json().path("items");
    assertThat(upstreams.toString()).contains("\"name\":\"public\"");
    // It works once.
    is(403, open(link));
    is(403, become(link, "eve"));
    assertThat(server.audited("user:ada"))
        .contains("workspace.create mobile", "workspace.owner-link mobile");
    assertThat(server.audited("job:setup")).contains("account.create mia");
  }

  @Test
  void drawANewLinkWhileThereIsNoOwner() {
    URI first = link(ada.post("workspaces", MOBILE));
    URI second = link(ada.post("workspaces/mobile/owner-link", "{}"));
    is(403, open(first));
    is(200, open(second));
    clock.advance(Duration.ofDays(8));
    is(403, become(second, "eve"));
    URI third = link(ada.post("workspaces/mobile/owner-link", "{}"));
    // An owner who came in by another door makes it worthless.
    token("mobile", "otto", Role.OWNER);
    is(403, open(third));
    is(403, become(third, "eve"));
    is(409, ada.post("workspaces/mobile/owner-link", "{}"));
    is(409, ada.post("workspaces/default/owner-link", "{}"));
  }

  @Test
  void areMadeOnceForAKeyAndTheirLinkIsNotShownAgain() {
    Api keyed = ada.with("idempotency-key", "0123456789abcdef");
    link(keyed.post("workspaces", MOBILE));
    TestingReply again = keyed.post("workspaces", MOBILE);
    is(409, again);
    assertThat(again.text()).contains("draw a new one").doesNotContain("/setup/");
    assertThat(ada.get("workspaces").json().path("total").asInt()).isEqualTo(2);
  }

  @Test
  void areLookedAfterByOwnersOfTheDefaultWorkspaceAlone() {
    is(201, ada.post("workspaces", MOBILE));
    String otto = token("mobile", "otto", Role.OWNER);
    for (Api stranger :
        List.of(
            by(otto),
            by(token("mobile", "anna", Role.ADMIN)),
            api.token("adam", Role.ADMIN),
            api.token("dora", Role.DEVELOPER))) {
      is(403, stranger.get("workspaces"));
      is(403, stranger.post("workspaces", "{\"name\":\"theirs\"}"));
    }
    is(401, api.get("workspaces"));
    is(404, by(otto).get("workspaces/default"));
    is(404, by(otto).patch("workspaces/default", "{\"name\":\"mine\"}"));
    is(404, by(otto).post("workspaces/default/owner-link", "{}"));
    is(403, by(otto).post("workspaces/mobile/owner-link", "{}"));
    is(403, by(token("mobile", "andi", Role.ADMIN)).patch("workspaces/mobile", "{\"name\":\"x\"}"));
    String limited =
        server.token(
            server.user("ada"), new TokenLimits(true, Set.of(), Set.of(), List.of(), null));
    is(403, by(limited).post("workspaces", "{\"name\":\"theirs\"}"));
    assertThat(ada.get("workspaces").json().path("total").asInt()).isEqualTo(2);
  }

  @Test
  void goOnAnsweringUnderTheirOldNames() {
    is(201, ada.post("workspaces", MOBILE));
    String token = server.token(server.user("ada"), TokenLimits.NONE);
    String otto = token("mobile", "otto", Role.OWNER);
    byte[] document = PackageBuilder.named("acme-odd-pad").version("1.0.0").publishBody();
    is(201, server.put(otto, "/w/mobile/r/default/acme-odd-pad", document));
    TestingReply renamed = by(otto).patch("workspaces/mobile", "{\"name\":\"apps\"}");
    is(200, renamed);
    assertThat(renamed.json().path("formerNames").toString()).isEqualTo("[\"mobile\"]");
    is(200, ada.patch("workspaces/mobile", "{\"name\":\"handhelds\"}"));
    for (String name : List.of("mobile", "apps", "handhelds")) {
      TestingReply found = server.get(otto, "/w/" + name + "/r/default/acme-odd-pad");
      is(200, found);
      assertThat(found.text()).contains("/w/" + name + "/r/default/acme-odd-pad/-/");
      assertThat(server.get(null, "/w/" + name + "/r/default/acme-odd-pad").status())
          .isEqualTo(401);
      is(409, ada.post("workspaces", "{\"name\":\"" + name + "\"}"));
      // Whoever runs the server has no way in for that.
      assertThat(server.get(token, "/w/" + name + "/r/default/acme-odd-pad").status())
          .isBetween(403, 404);
    }
    assertThat(by(otto).get("me").json().path("workspace").asText()).isEqualTo("handhelds");
    // Its own old name it may have back.
    is(200, ada.patch("workspaces/apps", MOBILE));
    assertThat(row("mobile").path("formerNames").toString()).isEqualTo("[\"apps\",\"handhelds\"]");
    assertThat(server.audited("user:otto")).contains("workspace.rename mobile apps");
    assertThat(server.audited("operator")).contains("workspace.rename apps handhelds");
    server.restart();
    is(200, server.get(otto, "/w/handhelds/r/default/acme-odd-pad"));
  }

  @Test
  void letPeopleInUnderTheirOldNames() {
    URI link = link(ada.post("workspaces", MOBILE));
    is(200, ada.patch("workspaces/mobile", "{\"name\":\"apps\"}"));
    is(200, become(link, "mia"));
    String signIn =
        "{\"name\":\"mia\",\"password\":\"correct horse battery\",\"workspace\":\"mobile\"}";
    is(201, api.with("x-gatehouse-app", "1").post("session", signIn));
    String couch = "{\"name\":\"mia\",\"password\":\"correct horse battery\"}";
    is(201, server.put(null, "/w/mobile/r/default/-/user/org.couchdb.user:mia", couch));
    assertThat(server.operate("", "user", "list", "--workspace", "mobile")).contains("mia");
  }

  @Test
  void refuseNamesThatCannotBe() {
    for (String name : List.of("", "A", "-x", "a/b", "..", "x".repeat(65))) {
      is(400, ada.post("workspaces", "{\"name\":\"" + name + "\"}"));
    }
    is(400, ada.post("workspaces", "{}"));
    is(400, ada.post("workspaces", "{\"name\":7}"));
    is(400, ada.post("workspaces", "{\"name\":\"x\",\"owner\":\"ada\"}"));
    is(201, ada.post("workspaces", MOBILE));
    is(400, ada.patch("workspaces/mobile", "{\"name\":\"A\"}"));
    is(409, ada.patch("workspaces/mobile", "{\"name\":\"default\"}"));
    is(409, ada.patch("workspaces/default", "{\"name\":\"first\"}"));
    is(404, ada.get("workspaces/nowhere"));
    is(200, ada.patch("workspaces/mobile", MOBILE));
  }

  @Test
  void areRenamedByWhoeverHasSeenTheirName() {
    is(201, ada.post("workspaces", MOBILE));
    String tag = Objects.requireNonNull(ada.get("workspaces/mobile").header("etag"));
    is(200, ada.with("if-match", tag).patch("workspaces/mobile", "{\"name\":\"apps\"}"));
    is(412, ada.with("if-match", tag).patch("workspaces/mobile", "{\"name\":\"tablets\"}"));
  }

  @Test
  void areRenamedOnceByTwoOwnersOfTwoWorkspacesWhoHaveSeenTheSame() {
    is(201, ada.post("workspaces", MOBILE));
    var founder = new Founder(server.services().registries(), new Trail(clock));
    Workspace seen =
        Objects.requireNonNull(server.services().registries().directory().workspace("mobile"));
    var by = new Founder.By(new Actor.Operator(), id("default"));
    assertThat(founder.rename(by, seen, "apps").name()).isEqualTo("apps");
    assertThatThrownBy(() -> founder.rename(by, seen, "tablets"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem()).isInstanceOf(Problem.Outdated.class));
    assertThat(row("apps").path("formerNames").toString()).isEqualTo("[\"mobile\"]");
  }
}
