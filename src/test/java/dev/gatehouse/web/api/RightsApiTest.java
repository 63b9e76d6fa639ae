package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `teams`, `roles` and `registries/{registry}/rights`.
@OnBothDatabases
final class RightsApiTest {
  private static final String NOTHING = "{\"audience\":\"roles\",\"people\":{},\"teams\":{}}";

  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api owner;
  private final Api rita;
  private final String token;

  RightsApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    api = Api.of(server);
    owner = api.token("olga", Role.OWNER);
    token = server.token("rita", Role.READ_ONLY);
    rita = api.with("authorization", "Bearer " + token);
  }

  private static String tag(TestingReply reply) {
    return Objects.requireNonNull(reply.header("etag"));
  }

  private static void is(int status, TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
  }

  /// What the client of that token is told when it tags a package that is not there: 404 if it may
  /// publish.
  private int tagging(String as) {
    return server.put(as, "/r/default/-/package/nothing/dist-tags/soon", "\"1.0.0\"").status();
  }

  private void give(String people, String teams) {
    is(
        200,
        owner.put(
            "registries/default/rights",
            "{\"audience\":\"roles\",\"people\":%s,\"teams\":%s}".formatted(people, teams)));
  }

  @Test
  void aTeamIsMadeFilledRenamedAndRemoved() {
    is(201, owner.post("teams", "{\"name\":\"devs\",\"description\":\"Who builds.\"}"));
    is(409, owner.post("teams", "{\"name\":\"devs\"}"));
    is(400, owner.post("teams", "{\"name\":\"Not a name\"}"));
    is(200, owner.put("teams/devs/members/rita", "{}"));
    is(404, owner.put("teams/devs/members/nobody", "{}"));
    is(404, owner.put("teams/none/members/rita", "{}"));
    assertThat(owner.get("users/rita").json().path("teams").toString()).isEqualTo("[\"devs\"]");
    TestingReply seen = rita.get("teams/devs");
    assertThat(seen.json().path("members").toString()).isEqualTo("[\"rita\"]");
    is(200, owner.with("if-match", tag(seen)).patch("teams/devs", "{\"name\":\"builders\"}"));
    is(412, owner.with("if-match", tag(seen)).patch("teams/builders", "{\"name\":\"devs\"}"));
    is(412, owner.with("if-match", tag(seen)).delete("teams/builders"));
    assertThat(rita.get("teams").json().path("items").findValuesAsText("name"))
        .containsExactly("builders");
    is(200, owner.delete("teams/builders/members/rita"));
    is(204, owner.delete("teams/builders"));
    is(404, owner.get("teams/builders"));
    assertThat(server.audited("user:olga"))
        .contains("team.create devs", "team.add devs/rita", "team.rename devs builders");
  }

  @Test
  void whatATeamIsGivenHoldsOnTheNextRequestOfATokenThatWasThereBefore() {
    owner.post("teams", "{\"name\":\"devs\"}");
    owner.put("teams/devs/members/rita", "{}");
    assertThat(tagging(token)).isEqualTo(403);
    give("{}", "{\"devs\":[\"publish\"]}");
    assertThat(tagging(token)).isEqualTo(404);
    assertThat(rita.get("registries/default").json().path("mayPublish").asBoolean()).isTrue();
    owner.delete("teams/devs/members/rita");
    assertThat(tagging(token)).isEqualTo(403);
    owner.put("teams/devs/members/rita", "{}");
    assertThat(tagging(token)).isEqualTo(404);
    owner.patch("users/rita", "{\"active\":false}");
    assertThat(tagging(token)).isEqualTo(401);
    owner.patch("users/rita", "{\"active\":true}");
    give("{}", "{}");
    assertThat(tagging(token)).isEqualTo(403);
  }

  @Test
  void whatSomebodyIsGivenInOneRegistryHoldsThereAloneAndForTheirReadOnlyTokensNot() {
    Registry other = server.addRegistry("other", Registry.Settings.of(Registry.Kind.STANDARD));
    give("{\"rita\":[\"administer\"]}", "{}");
    is(200, rita.patch("registries/default", "{\"ownersOnly\":true}"));
    is(403, rita.patch("registries/other", "{\"ownersOnly\":true}"));
    is(403, rita.delete("registries/default?confirm=default"));
    is(403, rita.post("registries", "{\"name\":\"mine\"}"));
    is(403, rita.get("audit"));
    var readOnly = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    assertThat(tagging(server.token(server.user("rita"), readOnly))).isEqualTo(403);
    var elsewhere = new TokenLimits(false, Set.of(other.id()), Set.of(), List.of(), null);
    assertThat(tagging(server.token(server.user("rita"), elsewhere))).isEqualTo(403);
  }

  @Test
  void theRightsOfARegistryAreReplacedByThoseWhoHaveThemAndNotOverAnothersChange() {
    TestingReply seen = rita.get("registries/default/rights");
    assertThat(seen.text()).isEqualTo(NOTHING);
    is(403, rita.put("registries/default/rights", NOTHING));
    String wanted =
        "{\"audience\":\"reading\",\"people\":{\"rita\":[\"publish\",\"approve\"]},\"teams\":{}}";
    Api first = owner.with("if-match", tag(seen));
    TestingReply done = first.put("registries/default/rights", wanted);
    assertThat(done.text()).isEqualTo(wanted);
    is(412, first.put("registries/default/rights", NOTHING));
    for (String bad :
        new String[] {
          "{\"people\":{}}",
          "{\"audience\":\"all\"}",
          "{\"audience\":\"roles\",\"people\":{\"nobody\":[\"read\"]}}",
          "{\"audience\":\"roles\",\"people\":{\"rita\":[\"own\"]}}",
          "{\"audience\":\"roles\",\"teams\":{\"none\":[\"read\"]}}"
        }) {
      is(400, owner.put("registries/default/rights", bad));
    }
    assertThat(rita.get("registries/default/rights").text()).isEqualTo(wanted);
    assertThat(server.audited("user:olga")).contains("registry.rights default");
  }

  @Test
  void whoAdministersOneRegistryDoesNotMakeThemselvesDecideThere() {
    server.change(
        server.registry(),
        new Registry.Settings(
            Registry.Kind.STANDARD,
            false,
            false,
            false,
            false,
            List.of(),
            false,
            Registry.Approver.ADMIN));
    give("{\"rita\":[\"administer\"]}", "{}");
    is(403, rita.patch("registries/default", "{\"approver\":\"developer\"}"));
    is(
        403,
        rita.put(
            "registries/default/rights",
            "{\"audience\":\"roles\",\"people\":{\"rita\":[\"administer\",\"approve\"]}}"));
    assertThat(rita.get("registries/default").json().path("mayDecide").asBoolean()).isFalse();
    give("{\"rita\":[\"approve\"]}", "{}");
    assertThat(rita.get("registries/default").json().path("mayDecide").asBoolean()).isTrue();
  }

  @Test
  void whereOnlyThoseNamedReadNobodyElseSeesIt() {
    api.token("dora", Role.DEVELOPER);
    is(
        200,
        owner.put(
            "registries/default/rights",
            "{\"audience\":\"named\",\"people\":{\"dora\":[\"read\"]}}"));
    assertThat(server.get(token, "/r/default/nothing").status()).isEqualTo(403);
    assertThat(rita.get("registries").json().path("total").asInt()).isZero();
    is(403, rita.get("registries/default"));
    String doras = server.token(server.user("dora"), TokenLimits.NONE);
    assertThat(server.get(doras, "/r/default/nothing").status()).isEqualTo(404);
    assertThat(tagging(doras)).isEqualTo(403);
    String olgas = server.token(server.user("olga"), TokenLimits.NONE);
    assertThat(tagging(olgas)).isEqualTo(404);
  }

  @Test
  void whatHappensWhereOnlyThoseNamedReadIsToldInNoInbox() {
    String olgas = server.token(server.user("olga"), TokenLimits.NONE);
    is(200, rita.put("me/notifications", "{\"app\":[\"version.published\"],\"mail\":[]}"));
    for (String audience : new String[] {"reading", "named"}) {
      is(200, owner.put("registries/default/rights", "{\"audience\":\"%s\"}".formatted(audience)));
      byte[] body = PackageBuilder.named("@acme/" + audience).version("1.0.0").publishBody();
      assertThat(server.put(olgas, "/r/default/@acme%2f" + audience, body).status()).isEqualTo(201);
    }
    assertThat(rita.get("notifications").text())
        .contains("@acme/reading")
        .doesNotContain("@acme/named");
  }

  @Test
  void anOwnersRoleHoldsAtOnceForATokenThatWasThereBefore() {
    is(201, owner.post("roles", "{\"name\":\"builder\",\"rights\":[\"publish\"]}"));
    is(200, owner.patch("users/rita", "{\"role\":\"builder\"}"));
    assertThat(rita.get("me").json().path("role").asText()).isEqualTo("builder");
    assertThat(rita.get("me").json().path("rights").toString()).isEqualTo("[\"read\",\"publish\"]");
    assertThat(tagging(token)).isEqualTo(404);
    TestingReply seen = rita.get("roles/builder");
    is(200, owner.with("if-match", tag(seen)).patch("roles/builder", "{\"rights\":[]}"));
    assertThat(tagging(token)).isEqualTo(403);
    is(412, owner.with("if-match", tag(seen)).patch("roles/builder", "{\"rights\":[]}"));
    is(409, owner.delete("roles/builder"));
    is(200, owner.patch("users/rita", "{\"role\":\"developer\"}"));
    is(204, owner.delete("roles/builder"));
    is(404, owner.get("roles/builder"));
    assertThat(rita.get("roles").json().path("items").findValuesAsText("name"))
        .containsExactly("owner", "admin", "developer", "read-only");
  }

  @Test
  void noRoleChangesItselfOrMakesOwners() {
    is(
        201,
        owner.post(
            "roles",
            "{\"name\":\"people\",\"rights\":[\"manage-accounts\",\"manage-registries\"]}"));
    is(200, owner.patch("users/rita", "{\"role\":\"people\"}"));
    is(403, rita.patch("roles/people", "{\"rights\":[\"publish\"]}"));
    is(403, rita.post("roles", "{\"name\":\"more\",\"rights\":[\"publish\"]}"));
    is(403, rita.patch("users/rita", "{\"role\":\"owner\"}"));
    api.account("dora", Role.READ_ONLY);
    is(403, rita.patch("users/dora", "{\"role\":\"developer\"}"));
    is(403, rita.patch("users/olga", "{\"active\":false}"));
    is(403, rita.post("users", "{\"name\":\"new\",\"role\":\"admin\"}"));
    is(403, rita.post("invitations", "{\"role\":\"developer\"}"));
    is(201, rita.post("invitations", "{\"role\":\"read-only\"}"));
    is(400, owner.patch("roles/people", "{\"rights\":[\"manage-owners\"]}"));
    is(400, owner.patch("roles/owner", "{\"rights\":[]}"));
    is(409, owner.post("roles", "{\"name\":\"people\",\"rights\":[]}"));
    is(400, owner.post("roles", "{\"name\":\"x\",\"rights\":[\"fly\"]}"));
  }

  @Test
  void anotherWorkspaceHasItsOwn() {
    Api stranger = Api.of(server, "other", "otto", Role.OWNER);
    owner.post("teams", "{\"name\":\"devs\"}");
    owner.post("roles", "{\"name\":\"builder\",\"rights\":[\"publish\"]}");
    for (String path : new String[] {"teams/devs", "roles/builder", "registries/default/rights"}) {
      is(404, stranger.get(path));
    }
    is(404, stranger.patch("teams/devs", "{\"name\":\"x\"}"));
    is(404, stranger.delete("teams/devs"));
    is(404, stranger.put("teams/devs/members/rita", "{}"));
    is(404, stranger.patch("roles/builder", "{\"rights\":[]}"));
    is(404, stranger.put("registries/default/rights", NOTHING));
    is(400, stranger.patch("users/otto", "{\"role\":\"builder\"}"));
    assertThat(stranger.get("teams").json().path("total").asInt()).isZero();
  }
}
