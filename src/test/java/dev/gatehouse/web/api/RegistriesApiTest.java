package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.upstream.source.Credential;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries`, their upstreams, and `workspace`.
@OnBothDatabases
final class RegistriesApiTest {
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api admin;

  RegistriesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    api = Api.of(server);
    admin = api.token("adam", Role.ADMIN);
  }

  private static List<String> names(TestingReply reply) {
    return reply.json().path("items").findValuesAsText("name");
  }

  private static String tag(TestingReply reply) {
    return Objects.requireNonNull(reply.header("etag"));
  }

  @Test
  void makesARegistryWithItsUpstreams() {
    TestingReply reply =
        admin.post(
            "registries",
            "{\"name\":\"team\",\"kind\":\"firewall\",\"upstreams\":[\"registry:default\",\"public\"]}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("url").asText()).isEqualTo(server.url() + "/r/team/");
    assertThat(reply.json().path("upstreams").toString()).isEqualTo("[\"default\",\"public\"]");
    assertThat(reply.json().path("mayManage").asBoolean()).isTrue();
    assertThat(server.audited("user:adam")).contains("registry.create team");
    assertThat(admin.post("registries", "{\"name\":\"team\"}").status()).isEqualTo(409);
    TestingReply bad = admin.post("registries", "{\"name\":\"Not a name\"}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().path("detail").asText()).contains("small letters");
  }

  @Test
  void clonesARegistryWithAllThatPeopleSetUpAndNoPackages() {
    Api owner = api.token("olga", Role.OWNER);
    String outsider = server.token("dora", Role.DEVELOPER);
    admin.post(
        "registries",
        "{\"name\":\"team\",\"kind\":\"firewall\",\"upstreams\":[\"registry:default\",\"public\"]}");
    admin.post(
        "registries/team/upstreams",
        "{\"name\":\"far\",\"target\":\"https://npm.example.test/\",\"token\":\"s3cret\",\"internal\":true}");
    admin.patch(
        "registries/team", "{\"scopes\":[\"@acme\"],\"ownersOnly\":true,\"archived\":true}");
    admin.put(
        "registries/team/policies/delay", "{\"mode\":\"enforce\",\"settings\":{\"age\":\"9d\"}}");
    server.put(
        server.token(server.user("olga"), TokenLimits.NONE),
        "/r/team/odd-acme-pad",
        PackageBuilder.named("odd-acme-pad").version("1.0.0").publishDocument().toString());
    owner.put(
        "registries/team/rights",
        "{\"audience\":\"named\",\"people\":{\"adam\":[\"read\"]},\"teams\":{}}");

    TestingReply made = admin.post("registries", "{\"name\":\"twin\",\"clone\":\"team\"}");

    assertThat(made.status()).as(made.text()).isEqualTo(201);
    Registry source = server.registry("team");
    Registry twin = server.registry("twin");
    assertThat(twin.settings()).isEqualTo(source.settings().withArchived(false));
    assertThat(twin.upstreams())
        .usingRecursiveComparison()
        .ignoringFields("id")
        .isEqualTo(source.upstreams());
    assertThat(
            server
                .services()
                .upstreams()
                .credential((Upstream.External) twin.upstreams().getLast().source()))
        .isEqualTo(new Credential.Bearer("s3cret"));
    for (String same : List.of("policies/delay", "rights")) {
      assertThat(admin.get("registries/twin/" + same).text())
          .isEqualTo(admin.get("registries/team/" + same).text());
    }
    assertThat(admin.get("registries/twin/packages").json().path("total").asInt()).isZero();
    assertThat(server.get(outsider, "/r/twin/odd-acme-pad").status()).isEqualTo(403);
    assertThat(server.audited("user:adam")).contains("registry.clone team twin");
  }

  @Test
  void clonesNothingThatIsNotThereOrForWhomItIsNot() {
    String twin = "{\"name\":\"twin\",\"clone\":\"default\"}";
    assertThat(api.token("dora", Role.DEVELOPER).post("registries", twin).status()).isEqualTo(403);
    Api stranger = Api.of(server, "other", "otto", Role.OWNER);
    assertThat(stranger.post("registries", twin).status()).isEqualTo(404);
    assertThat(admin.post("registries", twin.replace("\"default\"", "\"nothing\"")).status())
        .isEqualTo(404);
    assertThat(admin.post("registries", twin.replace("twin", "default")).status()).isEqualTo(409);
    TestingReply both = admin.post("registries", twin.replace("}", ",\"kind\":\"firewall\"}"));
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.json().path("detail").asText()).contains("cloned from");
  }

  @Test
  void listsByNameInPagesThatNothingShifts() {
    for (String name : List.of("beta", "delta", "alpha", "gamma")) {
      admin.post("registries", "{\"name\":\"" + name + "\"}");
    }
    TestingReply first = admin.get("registries?limit=2");
    assertThat(names(first)).containsExactly("alpha", "beta");
    assertThat(first.json().path("total").asInt()).isEqualTo(5);
    admin.post("registries", "{\"name\":\"aaa\"}");
    admin.delete("registries/beta?confirm=beta");
    String next = first.json().path("next").asText();
    TestingReply second = admin.get("registries?limit=2&cursor=" + next);
    assertThat(names(second)).containsExactly("default", "delta");
    String last = second.json().path("next").asText();
    TestingReply third = admin.get("registries?limit=2&cursor=" + last);
    assertThat(names(third)).containsExactly("gamma");
    assertThat(third.json().path("next").isNull()).isTrue();
    assertThat(names(admin.get("registries?sort=-name&limit=2"))).containsExactly("gamma", "delta");
    assertThat(names(admin.get("registries?search=ELT"))).containsExactly("delta");
    for (String bad : List.of("limit=0", "limit=201", "limit=x", "cursor=*", "sort=size")) {
      assertThat(admin.get("registries?" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void changesWhatIsNamedAndNothingElse() {
    TestingReply reply =
        admin.patch("registries/default", "{\"scopes\":[\"@b\",\"@a\"],\"anonymousRead\":true}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(server.registry().settings().scopes()).containsExactly("@a", "@b");
    assertThat(server.registry().settings().anonymousRead()).isTrue();
    admin.patch("registries/default", "{\"ownersOnly\":true}");
    assertThat(server.registry().settings().anonymousRead()).isTrue();
    assertThat(admin.patch("registries/default", "{\"scopes\":[\"no\"]}").status()).isEqualTo(400);
    assertThat(admin.patch("registries/default", "{\"kind\":\"wall\"}").status()).isEqualTo(400);
  }

  @Test
  void refusesAnEditOfWhatSomebodyElseHasChangedMeanwhile() {
    String seen = tag(admin.get("registries/default"));
    Api first = admin.with("if-match", seen);
    TestingReply done = first.patch("registries/default", "{\"overwriting\":true}");
    assertThat(done.status()).isEqualTo(200);
    TestingReply late = first.patch("registries/default", "{\"ownersOnly\":true}");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.json().path("detail").asText()).contains("load it again");
    assertThat(server.registry().settings().ownersOnly()).isFalse();
    assertThat(tag(admin.get("registries/default"))).isEqualTo(tag(done));
    assertThat(admin.with("if-none-match", tag(done)).get("registries/default").status())
        .isEqualTo(304);
  }

  @Test
  void renamesArchivesAndDeletes() {
    admin.post("registries", "{\"name\":\"old\"}");
    assertThat(admin.patch("registries/old", "{\"name\":\"new\"}").json().path("name").asText())
        .isEqualTo("new");
    assertThat(admin.get("registries/old").json().path("name").asText()).isEqualTo("new");
    admin.patch("registries/new", "{\"archived\":true}");
    assertThat(names(admin.get("registries"))).containsExactly("default");
    assertThat(names(admin.get("registries?archived=true"))).containsExactly("default", "new");
    assertThat(admin.delete("registries/new").status()).isEqualTo(400);
    assertThat(admin.delete("registries/new?confirm=old").status()).isEqualTo(400);
    assertThat(admin.delete("registries/new?confirm=new").status()).isEqualTo(204);
    assertThat(admin.get("registries/new").status()).isEqualTo(404);
  }

  @Test
  void ordersUpstreams() {
    admin.post("registries", "{\"name\":\"shared\"}");
    String path = "registries/default/upstreams";
    TestingReply added = admin.post(path, "{\"target\":\"registry:shared\",\"internal\":true}");
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(names(added)).containsExactly("public", "shared");
    admin.post(
        path,
        "{\"target\":\"https://npm.example.com/\",\"token\":\"sesame\",\"forward\":\"released\"}");
    JsonNode external = admin.get(path).json().path("items").path(2);
    assertThat(external.path("credential").asBoolean()).isTrue();
    assertThat(external.path("pushes").asBoolean()).isTrue();
    assertThat(admin.get(path).text()).doesNotContain("sesame");
    assertThat(names(admin.patch(path + "/npm.example.com", "{\"position\":1}")))
        .containsExactly("npm.example.com", "public", "shared");
    assertThat(admin.patch(path + "/shared", "{\"position\":9}").status()).isEqualTo(400);
    assertThat(admin.patch(path + "/none", "{\"position\":1}").status()).isEqualTo(404);
    String seen = tag(admin.get(path));
    assertThat(names(admin.delete(path + "/public"))).containsExactly("npm.example.com", "shared");
    assertThat(admin.with("if-match", seen).delete(path + "/shared").status()).isEqualTo(412);
  }

  @Test
  void showsHowAllRegistriesChain() {
    Api adam = api.token("chain", Role.ADMIN);
    adam.post("registries", "{\"name\":\"team\",\"upstreams\":[\"registry:default\"]}");
    adam.post("registries", "{\"name\":\"attic\"}");
    adam.patch("registries/attic", "{\"archived\":true}");
    Api dora = api.token("chained", Role.DEVELOPER);
    JsonNode items = dora.get("upstreams").json().path("items");
    assertThat(items.findValuesAsText("registry")).containsExactly("attic", "default", "team");
    assertThat(items.at("/0/archived").asBoolean()).isTrue();
    assertThat(items.at("/1/upstreams/0/kind").asText()).isEqualTo("public");
    assertThat(items.at("/2/upstreams/0/target").asText()).isEqualTo("registry:default");
    var limits =
        new TokenLimits(true, Set.of(server.registry("team").id()), Set.of(), List.of(), null);
    Api limited =
        api.with("authorization", "Bearer " + server.token(server.user("chained"), limits));
    assertThat(limited.get("upstreams").json().path("items").findValuesAsText("registry"))
        .containsExactly("team");
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(olga.get("upstreams").json().path("items")).isEmpty();
  }

  @Test
  void refusesUpstreamsThatMakeNoSense() {
    String path = "registries/default/upstreams";
    for (String bad :
        List.of(
            "{}",
            "{\"target\":\"ftp://x/\"}",
            "{\"target\":\"https://ada:pw@npm.example.com/\"}",
            "{\"target\":\"public\",\"token\":\"x\"}",
            "{\"target\":\"https://npm.example.com/\",\"user\":\"x\"}",
            "{\"target\":\"https://npm.example.com/\",\"user\":\"a:b\",\"password\":\"x\"}",
            "{\"target\":\"https://npm.example.com/\",\"forward\":\"some\"}")) {
      assertThat(admin.post(path, bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(admin.post(path, "{\"target\":\"registry:none\"}").status()).isEqualTo(404);
    assertThat(admin.post(path, "{\"target\":\"registry:default\"}").status()).isEqualTo(409);
    assertThat(admin.post(path, "{\"target\":\"public\"}").status()).isEqualTo(409);
    Api.of(server, "other", "olga", Role.OWNER).post("registries", "{\"name\":\"theirs\"}");
    assertThat(admin.post(path, "{\"target\":\"registry:theirs\"}").status()).isEqualTo(404);
  }

  @Test
  void showsATokenForOneRegistryThatOneAlone() {
    admin.post("registries", "{\"name\":\"shared\"}");
    var limits = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("adam"), limits));
    assertThat(names(limited.get("registries"))).containsExactly("default");
    assertThat(limited.get("registries/shared").status()).isEqualTo(403);
    assertThat(limited.post("registries", "{\"name\":\"more\"}").status()).isEqualTo(403);
    assertThat(limited.delete("registries/default?confirm=default").status()).isEqualTo(403);
    assertThat(limited.patch("registries/default", "{\"ownersOnly\":true}").status())
        .isEqualTo(200);
  }

  @Test
  void countsWhatIsInTheWorkspace() {
    JsonNode workspace = admin.get("workspace").json();
    assertThat(workspace.path("name").asText()).isEqualTo("default");
    assertThat(workspace.path("registries").asInt()).isEqualTo(1);
    assertThat(workspace.path("users").asInt()).isEqualTo(1);
    assertThat(workspace.path("publicRegistry").asText())
        .isEqualTo(server.upstream().url().toString());
  }
}
