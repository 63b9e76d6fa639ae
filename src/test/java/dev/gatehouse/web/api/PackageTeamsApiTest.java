package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/packages/{name}/teams` and `registries/{registry}/scopes`.
@OnBothDatabases
final class PackageTeamsApiTest {
  private static final String TEAMS = "registries/default/packages/@acme/lib/teams";
  private static final String SCOPES = "registries/default/scopes";

  @AutoClose private final TestingServer server;
  private final String dan;
  private final Api ada;
  private final Api dora;

  PackageTeamsApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    Api api = Api.of(server);
    ada = api.token("ada", Role.ADMIN);
    dora = api.token("dora", Role.DEVELOPER);
    dan = server.token("dan", Role.DEVELOPER);
  }

  @BeforeEach
  void restrict() {
    is(200, ada.patch("registries/default", "{\"ownersOnly\":true}"));
    is(201, ada.post("teams", "{\"name\":\"devs\"}"));
    is(200, ada.put("teams/devs/members/dan", "{}"));
    String token = Objects.requireNonNull(dora.headers().get("authorization")).substring(7);
    is(201, publish(token, "default", "@acme/lib", "1.0.0"));
  }

  private static TestingReply is(int status, TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    return reply;
  }

  private TestingReply publish(String as, String registry, String name, String version) {
    String document = PackageBuilder.named(name).version(version).publishDocument().toString();
    return server.put(as, "/r/" + registry + "/" + name.replace("/", "%2f"), document);
  }

  private static String teams(String permission) {
    return "{\"teams\":{\"devs\":\"" + permission + "\"}}";
  }

  private static String scopes(String scope) {
    return "{\"scopes\":{\"" + scope + "\":{\"devs\":\"read-write\"}}}";
  }

  @Test
  void anOwnerGivesThePackageToATeam() {
    is(403, publish(dan, "default", "@acme/lib", "1.1.0"));
    TestingReply given = is(200, dora.put(TEAMS, teams("read-write")));
    assertThat(given.text())
        .isEqualTo("{\"teams\":{\"devs\":\"read-write\"},\"scope\":\"@acme/*\",\"scopeTeams\":{}}");
    is(201, publish(dan, "default", "@acme/lib", "1.1.0"));
    assertThat(dora.get(TEAMS).header("etag")).isEqualTo(given.header("etag"));
    is(200, dora.put(TEAMS, teams("read-only")));
    is(403, publish(dan, "default", "@acme/lib", "1.2.0"));
    is(200, dora.put(TEAMS, "{\"teams\":{}}"));
    assertThat(dora.get(TEAMS).json().path("teams")).isEmpty();
  }

  @Test
  void whoManagesTheRegistryGivesScopesToTeams() {
    is(403, dora.put(SCOPES, scopes("@acme/*")));
    is(200, ada.put(SCOPES, scopes("@acme/*")));
    assertThat(dora.get(TEAMS).json().path("scopeTeams").toString())
        .isEqualTo("{\"devs\":\"read-write\"}");
    is(201, publish(dan, "default", "@acme/new", "1.0.0"));
    is(200, ada.put(SCOPES, scopes("@other/*")));
    assertThat(dora.get(SCOPES).text()).isEqualTo(scopes("@other/*"));
    is(403, publish(dan, "default", "@acme/lib", "1.1.0"));
  }

  @Test
  void aCloneHasTheTeamsOfScopesFromTheStart() {
    is(200, ada.put(SCOPES, scopes("@acme/*")));
    is(201, ada.post("registries", "{\"name\":\"copy\",\"clone\":\"default\"}"));
    assertThat(ada.get("registries/copy/scopes").text()).isEqualTo(scopes("@acme/*"));
    is(201, publish(dan, "copy", "@acme/new", "1.0.0"));
    String other = server.token("olaf", Role.DEVELOPER);
    is(403, publish(other, "copy", "@acme/newer", "1.0.0"));
  }

  @Test
  void noPushGoesPastTheTeamOfAScope() {
    is(201, ada.post("registries", "{\"name\":\"dev\",\"kind\":\"standard\"}"));
    is(200, ada.put(SCOPES, scopes("@acme/*")));
    is(
        201,
        ada.post(
            "registries/dev/upstreams",
            "{\"name\":\"up\",\"target\":\"registry:default\",\"pushes\":true}"));
    String token = Objects.requireNonNull(dora.headers().get("authorization")).substring(7);
    is(201, publish(token, "dev", "@acme/mine", "1.0.0"));
    String push = "registries/dev/packages/@acme/mine/versions/1.0.0/push";
    TestingReply refused = is(403, dora.post(push, "{\"upstream\":\"up\"}"));
    assertThat(refused.text()).contains("owners");
    Api member = ada.with("authorization", "Bearer " + dan);
    is(200, member.post(push, "{\"upstream\":\"up\"}"));
  }

  @Test
  void refusesWhoMayNotAndWhatIsNotThere() {
    Api olga = Api.of(server, "elsewhere", "olga", Role.OWNER);
    is(201, olga.post("teams", "{\"name\":\"theirs\"}"));
    is(404, olga.get(TEAMS));
    is(404, olga.put(SCOPES, scopes("@acme/*")));
    is(404, dora.put(TEAMS, "{\"teams\":{\"theirs\":\"read-write\"}}"));
    is(404, ada.put(SCOPES, "{\"scopes\":{\"@acme/*\":{\"theirs\":\"read-write\"}}}"));
    is(403, ada.with("authorization", "Bearer " + dan).put(TEAMS, teams("read-write")));
    is(403, dora.put(TEAMS.replace("@acme/lib", "not-here"), teams("read-write")));
    is(400, dora.put(TEAMS, teams("all")));
    is(400, dora.put(TEAMS, "{\"teams\":{\"devs\":1}}"));
    for (String scope : new String[] {"@acme", "acme/*", "@acme/lib", "@*", "@a/b/*", "*", ""}) {
      is(400, ada.put(SCOPES, scopes(scope)));
    }
    is(412, dora.with("if-match", "\"another\"").put(TEAMS, teams("read-write")));
    is(401, Api.of(server).get(TEAMS));
    assertThat(dora.get(SCOPES).json().path("scopes")).isEmpty();
  }

  @Test
  void aScopeIsNoPackageToItsOwners() {
    String path = TEAMS.replace("@acme/lib", "@acme%2f*");
    TestingReply refused =
        server.send(
            Objects.requireNonNull(dora.headers().get("authorization")).substring(7),
            "PUT",
            "/api/v1/" + path,
            teams("read-write").getBytes(StandardCharsets.UTF_8));
    is(403, refused);
    assertThat(ada.get(SCOPES).json().path("scopes")).isEmpty();
  }
}
