package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `advisories`.
@OnBothDatabases
final class AdvisoriesApiTest {
  @AutoClose private final TestingServer server;
  private final Api api;
  private final String token;
  private final Api dora;

  AdvisoriesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    api = Api.of(server);
    token = server.token("dora", Role.DEVELOPER);
    dora = api.with("authorization", "Bearer " + token);
  }

  @BeforeEach
  void know() {
    for (String version : List.of("1.0.0", "2.0.0")) {
      var document = PackageBuilder.named("pad").version(version).publishDocument();
      assertThat(server.put(token, "/r/default/pad", document.toString()).status()).isEqualTo(201);
    }
    advise(TestingFeed.vulnerableRecord("GHSA-1", "pad", "1.5.0"));
    advise(TestingFeed.malwareRecord("MAL-1", "box", "\"1.0.0\""));
  }

  private void advise(String record) {
    server.operate(record, "advisories", "add", "-");
    // Before anybody is refused, the server looks for what other processes have changed.
    assertThat(server.get("nobody's", "/r/default/-/whoami").status()).isEqualTo(401);
  }

  @Test
  void tellsWhatIsKnownOfAPackageAndWhatOfItIsHere() {
    JsonNode found = dora.get("advisories?package=pad").json();
    assertThat(found.path("items")).hasSize(1);
    assertThat(found.path("imported").asBoolean()).isFalse();
    JsonNode one = found.path("items").path(0);
    assertThat(one.path("id").asText()).isEqualTo("GHSA-1");
    assertThat(one.path("severity").asText()).isEqualTo("critical");
    assertThat(one.path("fixes").toString()).isEqualTo("[\"1.5.0\"]");
    assertThat(one.path("here").toString())
        .isEqualTo("[{\"registry\":\"default\",\"version\":\"1.0.0\"}]");
    assertThat(dora.get("advisories?package=none").json().path("items")).isEmpty();
  }

  @Test
  void findsAnAdvisoryByItsId() {
    JsonNode found = dora.get("advisories?id=MAL-1").json();
    assertThat(found.path("items")).hasSize(1);
    assertThat(found.at("/items/0/name").asText()).isEqualTo("box");
    assertThat(found.at("/items/0/here")).isEmpty();
    assertThat(dora.get("advisories?id=MAL-9").json().path("items")).isEmpty();
  }

  @Test
  void asksForAPackageOrAnId() {
    for (String bad :
        List.of("", "?package=pad&id=MAL-1", "?package=No%20name", "?id=" + "x".repeat(201))) {
      assertThat(dora.get("advisories" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void tellsNobodyWhatIsInRegistriesThatTheyMayNotRead() {
    server.addRegistry("team", server.registry().settings());
    var limits =
        new TokenLimits(true, Set.of(server.registry("team").id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("dora"), limits));
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    for (Api one : List.of(limited, olga)) {
      assertThat(one.get("advisories?package=pad").json().at("/items/0/here")).isEmpty();
    }
  }
}
