package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Accounts;
import dev.gatehouse.access.account.NewAccount;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.secret.Passwords;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.registries.Workspace;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every workspace at a host of its own: `team.npm.test`, behind a proxy that is believed.
final class WorkspaceHostsTest {
  private static final Actor OPERATOR = new Actor.Operator();
  private static final String TEAM = "team.npm.test:4874";
  private static final String BASE = "npm.test:4874";

  private TestingServer server;
  private String cleo;
  private String ann;

  @BeforeEach
  void start() {
    server =
        TestingServer.start(
            Dialect.SQLITE,
            Clock.systemUTC(),
            Map.of("server.domain", "npm.test", "server.trusted-proxies", "127.0.0.1"));
    ann = server.token("ann", Role.ADMIN);
    cleo = server.token(member("team", "cleo"), TokenLimits.NONE);
    Workspace team = server.services().registries().workspace(OPERATOR, "team");
    server
        .services()
        .registries()
        .create(OPERATOR, team, "apps", Registry.Settings.of(Registry.Kind.STANDARD));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Account member(String workspace, String name) {
    long id = server.services().registries().workspace(OPERATOR, workspace).id();
    var account = new NewAccount(name, Role.ADMIN, null, "");
    Account made = server.services().access().accounts().create(OPERATOR, id, account);
    return new Accounts(
            server.services().database(), new Trail(Clock.systemUTC()), Passwords.cheap(), () -> {})
        .changePassword(OPERATOR, made, Api.PASSWORD);
  }

  private TestingReply ask(String host, @Nullable String token, String path) {
    return send(host, token, "GET", path, null);
  }

  private TestingReply send(
      String host, @Nullable String token, String method, String path, byte @Nullable [] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("x-forwarded-host", host)
            .header("content-type", "application/json")
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    return server.send(request.build());
  }

  private TestingReply publish(String host, String path, String token, String name) {
    byte[] body = PackageBuilder.named(name).publishBody();
    return send(host, token, "PUT", path + name, body);
  }

  private Api at(String host) {
    return Api.of(server).with("x-forwarded-host", host);
  }

  private static String tarball(TestingReply document) {
    return document.json().at("/versions/1.0.0/dist/tarball").asText();
  }

  @Test
  void servesItsRegistriesThereWithAndWithoutTheLastSlash() {
    assertThat(publish(TEAM, "/r/apps/", cleo, "gh-own").status()).isEqualTo(201);
    assertThat(ask(TEAM, cleo, "/r/apps/gh-own").status()).isEqualTo(200);
    assertThat(ask(TEAM, cleo, "/r/apps/gh-own/").status()).isEqualTo(200);
    assertThat(ask("TEAM.NPM.TEST.:4874", cleo, "/r/apps/gh-own").status()).isEqualTo(200);
    assertThat(ask(TEAM, cleo, "/r/apps/-/ping").status()).isEqualTo(200);
    assertThat(ask(BASE, cleo, "/w/team/r/apps/gh-own").status()).isEqualTo(200);
    assertThat(ask(TEAM, cleo, "/w/team/r/apps/gh-own").status()).isEqualTo(200);
  }

  @Test
  void everyAddressHasADocumentOfItsOwnWhoseTarballsAreBelowIt() {
    publish(TEAM, "/r/apps/", cleo, "gh-own");
    Map<String, String> places =
        Map.of(
            "http://" + TEAM + "/r/apps", "/r/apps/gh-own",
            "http://" + TEAM + "/w/team/r/apps", "/w/team/r/apps/gh-own",
            "http://" + BASE + "/w/team/r/apps", "/w/team/r/apps/gh-own");
    for (int i = 0; i < 3; i++) { // the second time and the third it is a warm answer
      places.forEach((base, path) -> {
        String host = URI.create(base).getAuthority();
        TestingReply document = ask(host, cleo, path);
        assertThat(tarball(document)).startsWith(base + "/gh-own/-/");
        assertThat(ask(host, cleo, URI.create(tarball(document)).getPath()).status())
            .isEqualTo(200);
      });
    }
    assertThat(
            places.entrySet().stream()
                .map(one ->
                    ask(URI.create(one.getKey()).getAuthority(), cleo, one.getValue())
                        .header("etag"))
                .distinct())
        .hasSize(3);
  }

  @Test
  void oneWorkspacesDocumentIsNeverAnothersAlthoughTheirPathsAreTheSame() {
    Workspace team = server.services().registries().workspace(OPERATOR, "team");
    server
        .services()
        .registries()
        .create(OPERATOR, team, "default", Registry.Settings.of(Registry.Kind.STANDARD));
    publish(BASE, "/r/default/", ann, "gh-theirs");
    for (int i = 0; i < 3; i++) {
      assertThat(ask(BASE, ann, "/r/default/gh-theirs").status()).isEqualTo(200);
      assertThat(ask(TEAM, cleo, "/r/default/gh-theirs").status()).isEqualTo(404);
    }
    String etag = ask(BASE, ann, "/r/default/gh-theirs").header("etag");
    HttpRequest conditional =
        HttpRequest.newBuilder(URI.create(server.url() + "/r/default/gh-theirs"))
            .header("x-forwarded-host", TEAM)
            .header("authorization", "Bearer " + cleo)
            .header("if-none-match", String.valueOf(etag))
            .build();
    assertThat(server.send(conditional).status()).isEqualTo(404);
  }

  @Test
  void otherWorkspacesAreNotThereWhetherTheyExistOrNot() {
    for (String path : new String[] {"/w/default/r/default/", "/w/no/r/default/", "/%77/no/r/x"}) {
      for (String token : new String[] {cleo, ann, null}) {
        TestingReply refused = ask(TEAM, token, path);
        assertThat(refused.status()).as(path).isEqualTo(404);
        assertThat(refused.text()).contains("address of the workspace \\\"team\\\"");
      }
    }
    assertThat(ask(TEAM, null, "/setup/whatever").status()).isEqualTo(404);
  }

  @Test
  void tokensOfOtherWorkspacesAreAsDeadThereAsElsewhere() {
    publish(TEAM, "/r/apps/", cleo, "gh-own");
    for (String path : new String[] {"/r/apps/gh-own", "/r/apps/-/whoami", "/r/default/gh-own"}) {
      assertThat(ask(TEAM, ann, path).status()).as(path).isEqualTo(404);
    }
    assertThat(publish(TEAM, "/r/apps/", ann, "gh-alien").status()).isEqualTo(404);
    TestingReply api = ask(TEAM, ann, "/api/v1/registries");
    assertThat(api.status()).isEqualTo(401);
    assertThat(api.text()).contains("good in another workspace");
    assertThat(ask(TEAM, cleo, "/api/v1/registries").status()).isEqualTo(200);
    assertThat(ask(BASE, cleo, "/api/v1/registries").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no.npm.test", "evil.example", "npm.test", "team.npm.test.evil", "[::1]:4874"})
  void aHostThatIsNotTheirsSelectsNoOtherWorkspace(String host) {
    publish(TEAM, "/r/apps/", cleo, "gh-own");
    assertThat(ask(host, cleo, "/r/apps/gh-own").status()).isEqualTo(404);
    assertThat(ask(host, null, "/r/apps/gh-own").status()).isEqualTo(401);
  }

  @Test
  void whoIsAtAHostThatNoWorkspaceHasLearnsNothingWithoutAToken() {
    assertThat(ask("no.npm.test", null, "/r/apps/x").text())
        .isEqualTo(ask(TEAM, null, "/r/apps/x").text());
    assertThat(ask("no.npm.test", cleo, "/r/apps/x").text())
        .contains("no registry \\\"apps\\\" in the workspace \\\"no\\\"");
    assertThat(ask("a.team.npm.test", cleo, "/r/apps/x").status()).isEqualTo(404);
    assertThat(ask("a.team.npm.test", null, "/api/v1/me").status()).isEqualTo(404);
  }

  @Test
  void signsInToItsWorkspaceWithoutNamingItAndToNoOther() {
    server.user("cleo", Role.OWNER, "another password", "");
    Api page = at(TEAM).with("x-gatehouse-app", "1");
    assertThat(page.get("sign-in").json().path("workspace").asText()).isEqualTo("team");
    TestingReply in = page.post("session", Api.signIn("cleo", Api.PASSWORD));
    assertThat(in.status()).isEqualTo(201);
    assertThat(in.json().path("workspace").asText()).isEqualTo("team");
    assertThat(in.header("set-cookie")).doesNotContainIgnoringCase("domain=");

    assertThat(page.post("session", Api.signIn("cleo", "another password")).status())
        .as("the default workspace has a cleo of that password")
        .isEqualTo(401);
    String elsewhere =
        "{\"name\":\"cleo\",\"password\":\"another password\",\"workspace\":\"default\"}";
    assertThat(page.post("session", elsewhere).status()).isEqualTo(401);
    assertThat(at(BASE).with("x-gatehouse-app", "1").post("session", elsewhere).status())
        .isEqualTo(201);
  }

  @Test
  void aSessionOfAnotherWorkspaceIsNoneThere() {
    server.user("otto", Role.OWNER, Api.PASSWORD, "");
    Api page = at(BASE).with("x-gatehouse-app", "1");
    String cookie = Api.cookie(page.post("session", Api.signIn("otto", Api.PASSWORD)));
    assertThat(page.with("cookie", cookie).get("me").status()).isEqualTo(200);
    assertThat(at(TEAM).with("cookie", cookie).get("me").status()).isEqualTo(401);
  }

  @Test
  void goesOnAtTheHostsOfTheNamesThatItHadBefore() {
    publish(TEAM, "/r/apps/", cleo, "gh-own");
    String olga = server.token("olga", Role.OWNER);
    byte[] renamed = "{\"name\":\"crew\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(send(BASE, olga, "PATCH", "/api/v1/workspaces/team", renamed).status())
        .isEqualTo(200);
    for (String host : List.of(TEAM, "crew.npm.test:4874")) {
      for (String path : List.of("/r/apps/", "/w/team/r/apps/", "/w/crew/r/apps/")) {
        assertThat(ask(host, cleo, path + "gh-own").status()).as(host + path).isEqualTo(200);
      }
      assertThat(ask(host, cleo, "/api/v1/registries").status()).as(host).isEqualTo(200);
      assertThat(ask(host, ann, "/api/v1/registries").status()).as(host).isEqualTo(401);
      assertThat(ask(host, ann, "/w/default/r/default/gh-own").status()).as(host).isEqualTo(404);
    }
  }

  @Test
  void aPageOfAnotherWorkspacesHostChangesNothing() {
    Api page = at(TEAM).with("x-gatehouse-app", "1");
    String cookie = Api.cookie(page.post("session", Api.signIn("cleo", Api.PASSWORD)));
    Api cleos = page.with("cookie", cookie);
    for (String origin : new String[] {"http://other.npm.test:4874", "http://" + BASE, "null"}) {
      assertThat(cleos.with("origin", origin).post("registries", "{\"name\":\"gh-x\"}").status())
          .as(origin)
          .isEqualTo(403);
    }
    assertThat(
            cleos
                .with("origin", "http://" + TEAM)
                .post("registries", "{\"name\":\"gh-x\"}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void showsTheAddressesOfTheWorkspacesHost() {
    Api token = Api.of(server).with("authorization", "Bearer " + cleo);
    for (String host : new String[] {TEAM, BASE, "127.0.0.1:4874"}) {
      assertThat(token.with("x-forwarded-host", host).get("registries/apps").text())
          .contains("\"url\":\"http://team.npm.test:4874/r/apps/\"");
    }
    Api anns = Api.of(server).with("authorization", "Bearer " + ann);
    assertThat(anns.with("x-forwarded-host", BASE).get("registries/default").text())
        .contains("\"url\":\"http://npm.test:4874/r/default/\"");
    assertThat(
            anns.with("x-forwarded-host", "default.npm.test:4874").get("registries/default").text())
        .contains("\"url\":\"http://default.npm.test:4874/r/default/\"");
    assertThat(
            token.with("x-forwarded-host", BASE).get("settings").json().at("/address/own").asText())
        .isEqualTo("http://team.npm.test:4874");
  }

  @Test
  void aWorkspaceWhoseNameNoHostCanHaveKeepsItsPath() {
    String token = server.token(member("my_team", "mia"), TokenLimits.NONE);
    Workspace odd = server.services().registries().workspace(OPERATOR, "my_team");
    server
        .services()
        .registries()
        .create(OPERATOR, odd, "apps", Registry.Settings.of(Registry.Kind.STANDARD));
    Api mia = Api.of(server).with("authorization", "Bearer " + token);
    assertThat(mia.with("x-forwarded-host", BASE).get("registries/apps").text())
        .contains("\"url\":\"http://npm.test:4874/w/my_team/r/apps/\"");
  }

  @Test
  void aClientsLoginOpensThatHostAndIsForThatWorkspace() {
    TestingReply login = send(TEAM, null, "POST", "/r/apps/-/v1/login", new byte[0]);
    String address = login.json().path("loginUrl").asText();
    String done = login.json().path("doneUrl").asText();
    assertThat(address).startsWith("http://" + TEAM + "/login/");
    assertThat(done).startsWith("http://" + TEAM + "/r/apps/-/v1/login/");
    Api page = at(TEAM).with("x-gatehouse-app", "1");
    String cookie = Api.cookie(page.post("session", Api.signIn("cleo", Api.PASSWORD)));
    String secret = address.substring(address.lastIndexOf('/') + 1);
    assertThat(
            page.with("cookie", cookie)
                .post("client-logins/" + secret, "{\"allow\":true}")
                .status())
        .isEqualTo(204);
    TestingReply token = ask(TEAM, null, URI.create(done).getPath());
    assertThat(ask(TEAM, token.json().path("token").asText(), "/r/apps/-/whoami").text())
        .contains("cleo");
  }

  @Test
  void findsOutWhichRegistryAnAddressOfThatFormMeans() {
    Api token =
        Api.of(server).with("authorization", "Bearer " + cleo).with("x-forwarded-host", TEAM);
    String right = "{\"text\":\"registry=http://team.npm.test:4874/r/apps/\\n\"}";
    assertThat(token.post("troubleshooting", right).text())
        .doesNotContain("another server", "no registry");
    String alien = "{\"text\":\"registry=http://default.npm.test:4874/r/apps/\\n\"}";
    assertThat(token.post("troubleshooting", alien).text())
        .contains("address of the workspace")
        .contains("http://team.npm.test:4874/r/apps/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://team.npm.test/r/apps/",
        "http://TEAM.npm.test./r/apps/",
        "http://not-yet.npm.test/r/apps/",
        "http://team.npm.test/w/team/r/apps/"
      })
  void doesNotDrawFromAWorkspacesHost(String url) {
    Assertions.assertThatThrownBy(() ->
            server
                .services()
                .upstreams()
                .add(
                    OPERATOR,
                    server.registry(),
                    "loop",
                    new Upstreams.External(URI.create(url), null),
                    Upstreams.Options.NONE))
        .isInstanceOf(ProblemException.class);
    server
        .services()
        .upstreams()
        .add(
            OPERATOR,
            server.registry(),
            "another",
            new Upstreams.External(URI.create("https://team.npm.test:9443/r/apps/"), null),
            Upstreams.Options.NONE);
  }
}
