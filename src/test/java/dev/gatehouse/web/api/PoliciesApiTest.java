package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.Objects;
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
    assertThat(admin.post(path, decision.formatted("deleted")).status()).isEqualTo(400);
    assertThat(admin.post(path, decision.formatted("released").replace("1.3.0", "x")).status())
        .isEqualTo(400);
  }

  @Test
  void letsADeveloperAskForAWaiverAndAnAdminDecide() {
    String wanted =
        "{\"name\":\"left-pad\",\"range\":\"1.3.0\",\"policy\":\"delay\",\"reason\":\"Urgent\","
            + "\"until\":\"2999-01-01T00:00:00Z\"}";
    TestingReply asked = dora.post(WAIVERS, wanted);
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    String one = WAIVERS + "/" + asked.json().path("id").asLong();
    assertThat(dora.patch(one, "{\"state\":\"approved\"}").status()).isEqualTo(403);
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
}
