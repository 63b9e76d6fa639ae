package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/policies`, `decisions` and `waivers`.
@OnBothDatabases
final class PoliciesApiTest {
  private static final String DELAY = "registries/default/policies/delay";
  private static final String WAIVERS = "registries/default/waivers";

  @AutoClose private final TestingServer server;
  private final Api admin;
  private final Api dora;

  PoliciesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    admin = Api.of(server).token("adam", Role.ADMIN);
    dora = Api.of(server).token("dora", Role.DEVELOPER);
  }

  @Test
  void setsAPolicyAndLetsItBeInheritedAgain() {
    TestingReply set = admin.put(DELAY, "{\"mode\":\"enforce\",\"settings\":{\"age\":\"3d\"}}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.json().path("source").asText()).isEqualTo("registry");
    assertThat(set.json().path("changedBy").asText()).isEqualTo("user:adam");
    assertThat(admin.get(DELAY).json().at("/settings/age"))
        .isEqualTo(set.json().at("/settings/age"));
    List<String> all =
        dora.get("registries/default/policies").json().path("items").findValuesAsText("policy");
    assertThat(all).contains("delay", "malware", "immutable");
    TestingReply inherited = admin.delete(DELAY);
    assertThat(inherited.json().path("mode").asText()).isEqualTo("off");
    assertThat(inherited.json().path("source").asText()).isEqualTo("kind");
  }

  @Test
  void refusesAnEditOfWhatSomebodyElseHasSetMeanwhile() {
    String seen = Objects.requireNonNull(admin.get(DELAY).header("etag"));
    admin.put(DELAY, "{\"mode\":\"observe\"}");
    assertThat(admin.with("if-match", seen).put(DELAY, "{\"mode\":\"enforce\"}").status())
        .isEqualTo(412);
  }

  @Test
  void refusesWhatNoPolicyUnderstands() {
    for (String bad :
        List.of(
            "{}",
            "{\"mode\":\"on\"}",
            "{\"mode\":\"enforce\",\"settings\":[]}",
            "{\"mode\":\"enforce\",\"settings\":{\"age\":\"long\"}}",
            "{\"mode\":\"enforce\",\"settings\":{\"nothing\":1}}")) {
      assertThat(admin.put(DELAY, bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(admin.put("registries/default/policies/none", "{\"mode\":\"off\"}").status())
        .isEqualTo(404);
    assertThat(admin.put("registries/default/policies/immutable", "{\"mode\":\"off\"}").status())
        .isEqualTo(400);
  }

  @Test
  void decidesAboutVersions() {
    String path = "registries/default/decisions";
    String decision =
        "{\"name\":\"left-pad\",\"version\":\"1.3.0\",\"state\":\"%s\",\"reason\":\"Read\"}";
    assertThat(dora.post(path, decision.formatted("quarantined")).status()).isEqualTo(403);
    assertThat(admin.post(path, decision.formatted("quarantined")).status()).isEqualTo(204);
    JsonNode listed = admin.get(path).json().path("items").path(0);
    assertThat(listed.path("state").asText()).isEqualTo("quarantined");
    assertThat(listed.path("by").asText()).isEqualTo("user:adam");
    assertThat(admin.post(path, decision.formatted("released")).status()).isEqualTo(204);
    assertThat(admin.get(path).json().at("/items/0/state").asText()).isEqualTo("released");
    assertThat(admin.post(path, decision.formatted("gone")).status()).isEqualTo(400);
    assertThat(admin.post(path, decision.formatted("released").replace("1.3.0", "x")).status())
        .isEqualTo(400);
  }

  @Test
  void tellsOfEveryVersionWhetherItIsServedAndOtherwiseWhy() {
    TestingPackument.of("pad").version("1.0.0").version("1.1.0").putAt(server.upstream());
    assertThat(dora.get("registries/default/withheld/pad").json().path("withheld")).isEmpty();
    admin.post(
        "registries/default/decisions",
        "{\"name\":\"pad\",\"version\":\"1.1.0\",\"state\":\"quarantined\",\"reason\":\"<b>Odd</b>\"}");
    JsonNode ledger = dora.get("registries/default/withheld/pad").json();
    assertThat(ledger.path("served").toString()).isEqualTo("[\"1.0.0\"]");
    JsonNode withheld = ledger.path("withheld").path(0);
    assertThat(withheld.path("version").asText()).isEqualTo("1.1.0");
    assertThat(withheld.path("verdict").asText()).isEqualTo("quarantine");
    assertThat(withheld.at("/reasons/0/sentence").asText()).contains("<b>Odd</b>");
    assertThat(dora.get("registries/default/withheld/none").status()).isEqualTo(404);
    assertThat(dora.get("registries/default/withheld/No%20name").status()).isEqualTo(400);
  }

  @Test
  void triesAPolicyOnWhatWasFetchedAndChangesNothing() {
    TestingPackument.of("pad")
        .version("1.0.0")
        .version("1.1.0", Instant.now().minus(Duration.ofHours(1)).toString(), _ -> {})
        .putAt(server.upstream());
    String token = server.token("ida", Role.DEVELOPER);
    for (String version : List.of("1.0.0", "1.1.0")) {
      String path = "/r/default/pad/-/pad-%s.tgz".formatted(version);
      assertThat(server.get(token, path).status()).isEqualTo(200);
    }
    server.services().downloads().flush();
    String draft = "{\"mode\":\"enforce\",\"settings\":{\"age\":\"3d\"}}";
    TestingReply reply = admin.post(DELAY + "/dryrun", draft);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    JsonNode tried = reply.json();
    assertThat(tried.path("tried").asInt()).isEqualTo(2);
    assertThat(tried.path("all").asBoolean()).isTrue();
    assertThat(tried.at("/counts/breaks").asInt()).isEqualTo(1);
    assertThat(tried.at("/counts/served").asInt()).isEqualTo(1);
    JsonNode broken = tried.path("versions").path(0);
    assertThat(broken.path("version").asText()).isEqualTo("1.1.0");
    assertThat(broken.path("instead").toString()).isEqualTo("[\"1.0.0\"]");
    assertThat(broken.at("/reasons/0/policy").asText()).isEqualTo("delay");
    assertThat(admin.get(DELAY).json().path("mode").asText()).isEqualTo("off");
    assertThat(server.get(token, "/r/default/pad/-/pad-1.1.0.tgz").status()).isEqualTo(200);
    assertThat(dora.post(DELAY + "/dryrun", draft).status()).isEqualTo(403);
    for (String bad :
        List.of(
            "{}",
            "{\"mode\":\"on\"}",
            "{\"mode\":\"enforce\",\"days\":0}",
            "{\"mode\":\"enforce\",\"days\":366}",
            "{\"mode\":\"enforce\",\"settings\":{\"age\":\"long\"}}")) {
      assertThat(admin.post(DELAY + "/dryrun", bad).status()).as(bad).isEqualTo(400);
    }
    String none = "registries/default/policies/none/dryrun";
    assertThat(admin.post(none, draft).status()).isEqualTo(404);
  }

  @Test
  void deletesWhatIsCachedOfAVersionAndNeverWhatIsPublishedHere() {
    var padded = TestingPackage.of("left-pad", "1.3.0");
    padded.putAt(server.upstream());
    String token = server.token("ida", Role.DEVELOPER);
    String tarball = "/r/default/left-pad/-/left-pad-1.3.0.tgz";
    assertThat(server.get(token, tarball).status()).isEqualTo(200);
    server.restart(); // writes what is cached behind the answers
    assertThat(cached("left-pad")).containsExactly("1.3.0");
    String path = "registries/default/decisions";
    String deletion =
        "{\"name\":\"%s\",\"version\":\"%s\",\"state\":\"deleted\",\"reason\":\"Bad\"}";
    assertThat(dora.post(path, deletion.formatted("left-pad", "1.3.0")).status()).isEqualTo(403);
    assertThat(cached("left-pad")).containsExactly("1.3.0");
    assertThat(admin.post(path, deletion.formatted("left-pad", "1.3.0")).status()).isEqualTo(204);
    assertThat(cached("left-pad")).isEmpty();
    assertThat(server.get(token, tarball).status()).isEqualTo(403);
    assertThat(admin.get(path).json().at("/items/0/state").asText()).isEqualTo("deleted");

    var own = PackageBuilder.named("own").version("1.0.0").publishDocument();
    assertThat(server.put(token, "/r/default/own", own.toString()).status()).isEqualTo(201);
    assertThat(admin.post(path, deletion.formatted("own", "1.0.0")).status()).isEqualTo(409);
    assertThat(server.get(token, "/r/default/own/-/own-1.0.0.tgz").status()).isEqualTo(200);
  }

  private Set<String> cached(String name) {
    return new CachedTarballs(server.services().database()).versions(server.registry().id(), name);
  }

  @Test
  void letsWhoeverReadsAskForAWaiverAndAnAdminDecide() {
    String wanted =
        "{\"name\":\"left-pad\",\"range\":\"1.3.0\",\"policy\":\"delay\",\"reason\":\"Urgent\","
            + "\"until\":\"2999-01-01T00:00:00Z\"}";
    Api rita = Api.of(server).token("rita", Role.READ_ONLY);
    TestingReply asked = rita.post(WAIVERS, wanted);
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    String one = WAIVERS + "/" + asked.json().path("id").asLong();
    assertThat(rita.patch(one, "{\"state\":\"approved\"}").status()).isEqualTo(403);
    assertThat(dora.patch(one, "{\"state\":\"approved\"}").status()).isEqualTo(403);
    assertThat(dora.get(WAIVERS + "?state=asked").json().at("/items/0/askedBy").asText())
        .isEqualTo("user:rita");
    assertThat(dora.get(WAIVERS + "?state=approved").json().path("items")).isEmpty();
    assertThat(dora.get(WAIVERS + "?state=maybe").status()).isEqualTo(400);
    assertThat(admin.patch(one, "{\"state\":\"approved\"}").status()).isEqualTo(204);
    assertThat(admin.get(WAIVERS).json().at("/items/0/decidedBy").asText()).isEqualTo("user:adam");
    assertThat(admin.patch(one, "{\"state\":\"refused\"}").status()).isEqualTo(404);
    assertThat(admin.patch(one, "{\"state\":\"revoked\"}").status()).isEqualTo(204);
    assertThat(admin.patch(one, "{\"state\":\"maybe\"}").status()).isEqualTo(400);
    assertThat(admin.patch(WAIVERS + "/x", "{\"state\":\"approved\"}").status()).isEqualTo(404);
    assertThat(dora.post(WAIVERS, wanted.replace("delay", "none")).status()).isEqualTo(400);
    assertThat(dora.post(WAIVERS, wanted.replace("2999-01-01T00:00:00Z", "x")).status())
        .isEqualTo(400);
  }

  @Test
  void letsThoseDecideWhoseRoleTheRegistryNames() {
    Api olga = Api.of(server).token("olga", Role.OWNER);
    Api rita = Api.of(server).token("rita", Role.READ_ONLY);

    assertThat(decision(dora).status()).isEqualTo(403);
    assertThat(decision(dora).text()).contains("decided by the role admin");
    assertThat(mayDecide(dora)).isFalse();

    approver(admin, "developer");
    assertThat(decision(dora).status()).isEqualTo(204);
    assertThat(decision(rita).status()).isEqualTo(403);
    assertThat(mayDecide(dora)).isTrue();
    assertThat(mayDecide(rita)).isFalse();
    assertThat(dora.patch("registries/default", "{\"approver\":\"owner\"}").status())
        .isEqualTo(403);

    approver(admin, "owner");
    assertThat(decision(admin).status()).isEqualTo(403);
    assertThat(decision(olga).status()).isEqualTo(204);
    assertThat(admin.patch("registries/default", "{\"approver\":\"admin\"}").status())
        .isEqualTo(403);
    approver(olga, "admin");
    assertThat(decision(admin).status()).isEqualTo(204);
    assertThat(admin.patch("registries/default", "{\"approver\":\"cook\"}").status())
        .isEqualTo(400);
  }

  @Test
  void letsNobodyDecideThroughATokenOrARegistryThatIsNotForIt() {
    admin.post("registries", "{\"name\":\"lax\"}");
    admin.patch("registries/lax", "{\"approver\":\"developer\"}");
    long asked = ask();
    String approved = "{\"state\":\"approved\"}";

    assertThat(dora.patch("registries/lax/waivers/" + asked, approved).status()).isEqualTo(404);
    var reading = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    String readOnly = "Bearer " + server.token(server.user("adam"), reading);
    assertThat(
            admin.with("authorization", readOnly).patch(WAIVERS + "/" + asked, approved).status())
        .isEqualTo(403);
    assertThat(admin.patch(WAIVERS + "/" + asked, approved).status()).isEqualTo(204);
  }

  /// What they hear who approve a waiver that was just asked for.
  private TestingReply decision(Api who) {
    return who.patch(WAIVERS + "/" + ask(), "{\"state\":\"approved\"}");
  }

  private long ask() {
    String wish =
        "{\"name\":\"left-pad\",\"range\":\"1.0.0\",\"policy\":\"delay\",\"reason\":\"Urgent\",\"until\":\"%s\"}"
            .formatted(Instant.now().plus(Duration.ofDays(1)));
    return dora.post(WAIVERS, wish).json().path("id").asLong();
  }

  private static void approver(Api who, String role) {
    assertThat(who.patch("registries/default", "{\"approver\":\"" + role + "\"}").status())
        .isEqualTo(200);
  }

  private static boolean mayDecide(Api who) {
    return who.get("registries/default").json().path("mayDecide").asBoolean();
  }
}
