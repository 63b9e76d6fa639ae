package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `licence-policies`.
@OnBothDatabases
final class LicencePoliciesApiTest {
  private static final String STRICT = "licence-policies/strict";
  private static final String BLOCKING = "{\"settings\":{\"otherwise\":{\"other\":\"block\"}}}";
  private static final String LICENCES = "registries/default/policies/licences";
  private static final String USE = "{\"mode\":\"enforce\",\"settings\":{\"use\":%s}}";

  @AutoClose private final TestingServer server;
  private final Api admin;
  private final Api dora;

  LicencePoliciesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    admin = Api.of(server).token("adam", Role.ADMIN);
    dora = Api.of(server).token("dora", Role.DEVELOPER);
  }

  @Test
  void makesOneThatARegistryRefersToAndThenChangesIt() {
    TestingReply made = admin.put(STRICT, BLOCKING);
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.json().path("usedBy")).isEmpty();
    assertThat(made.json().path("changedBy").asText()).isEqualTo("user:adam");

    TestingReply used = admin.put(LICENCES, USE.formatted("\"strict\""));
    assertThat(used.status()).as(used.text()).isEqualTo(200);
    admin.put(STRICT, "{\"settings\":{\"otherwise\":{\"missing\":\"flag\"}}}");

    var shown = dora.get(STRICT).json();
    assertThat(shown.at("/settings/otherwise/other").asText()).isEqualTo("block");
    assertThat(shown.at("/settings/otherwise/missing").asText()).isEqualTo("flag");
    assertThat(shown.at("/usedBy/0").asText()).isEqualTo("registry \"default\"");
    assertThat(dora.get("licence-policies").json().at("/items/0/name").asText())
        .isEqualTo("strict");
  }

  @Test
  void forgetsOneOnlyWhenNobodyRefersToIt() {
    admin.put(STRICT, BLOCKING);
    admin.put(LICENCES, USE.formatted("\"strict\""));

    assertThat(admin.delete(STRICT).status()).isEqualTo(409);
    admin.put(LICENCES, USE.formatted("null"));
    assertThat(admin.delete(STRICT).status()).isEqualTo(204);

    assertThat(admin.get(STRICT).status()).isEqualTo(404);
    assertThat(admin.delete(STRICT).status()).isEqualTo(404);
    assertThat(admin.put(LICENCES, USE.formatted("\"strict\"")).status()).isEqualTo(404);
  }

  @Test
  void refusesAnEditOfWhatSomebodyElseHasChangedMeanwhile() {
    String seen = Objects.requireNonNull(admin.put(STRICT, BLOCKING).header("etag"));
    admin.put(STRICT, "{\"settings\":{\"otherwise\":{\"missing\":\"block\"}}}");

    assertThat(admin.with("if-match", seen).put(STRICT, BLOCKING).status()).isEqualTo(412);
    assertThat(admin.with("if-match", seen).delete(STRICT).status()).isEqualTo(412);
    assertThat(admin.with("if-match", seen).put("licence-policies/lax", BLOCKING).status())
        .isEqualTo(412);
  }

  @Test
  void isChangedByThoseWhoManageRegistriesAlone() {
    assertThat(dora.put(STRICT, BLOCKING).status()).isEqualTo(403);
    admin.put(STRICT, BLOCKING);
    assertThat(dora.delete(STRICT).status()).isEqualTo(403);
    assertThat(dora.get(STRICT).status()).isEqualTo(200);
  }

  @Test
  void doesNotShowThoseOfAnotherWorkspace() {
    admin.put(STRICT, BLOCKING);
    Api stranger = Api.of(server, "elsewhere", "eve", Role.OWNER);

    assertThat(stranger.get(STRICT).status()).isEqualTo(404);
    assertThat(stranger.get("licence-policies").json().path("total").asInt()).isZero();
    assertThat(stranger.delete(STRICT).status()).isEqualTo(404);
    stranger.put(STRICT, "{\"settings\":{}}");
    assertThat(admin.get(STRICT).json().at("/settings/otherwise/other").asText())
        .isEqualTo("block");
  }

  @Test
  void refusesWhatIsNoLicencePolicy() {
    for (String bad :
        List.of(
            "{\"settings\":[]}",
            "{\"settings\":{\"use\":\"another\"}}",
            "{\"settings\":{\"otherwise\":{\"other\":\"eat\"}}}",
            "{\"rules\":[]}")) {
      assertThat(admin.put(STRICT, bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(admin.put("licence-policies/UPPER", BLOCKING).status()).isEqualTo(400);
    assertThat(admin.get(STRICT).status()).isEqualTo(404);
  }
}
