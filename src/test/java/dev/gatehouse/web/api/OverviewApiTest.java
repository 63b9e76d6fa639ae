package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.issues.Cause;
import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.issues.Reporting;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `overview`.
@OnBothDatabases
final class OverviewApiTest {
  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final String token;
  private final Api dora;
  private final Registry team;

  OverviewApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    token = server.token("dora", Role.DEVELOPER);
    dora = api.with("authorization", "Bearer " + token);
    team = server.addRegistry("team", server.registry().settings());
  }

  private JsonNode shown() {
    return dora.get("overview").json();
  }

  private void find(String name, String severity, Registry where) {
    var place = new Occurrence(where.id(), "1.0.0", false, "served");
    var about =
        new Reporting.About(where.workspace().id(), name, Set.of(place.spot()), _ -> where.name());
    var finding =
        new Finding(
            new Cause(Cause.Type.VULNERABILITY, "GHSA-" + name, Set.of()),
            new Finding.Text(severity, "A hole", null),
            List.of(place),
            List.of());
    new Reporting(server.services().database(), new Trail(clock))
        .report(new Actor.Job("scanner"), about, List.of(finding));
  }

  @Test
  void showsNothingWhereThereIsNothing() {
    assertThat(shown().toString())
        .isEqualTo(
            "{\"issues\":{\"critical\":0,\"high\":0,\"moderate\":0,\"low\":0,\"unknown\":0},"
                + "\"registries\":[],\"recent\":[],\"fetched\":{\"times\":0,\"people\":0}}");
  }

  @Test
  void countsOpenIssuesBySeverity() {
    find("a", "high", server.registry());
    find("b", "high", team);
    find("c", "low", team);
    Api adam = api.token("adam", Role.ADMIN);
    adam.patch("issues/3", "{\"status\":\"closed\",\"reason\":\"Known\"}");
    adam.patch("issues/2", "{\"severity\":\"critical\"}");
    assertThat(shown().path("issues").toString())
        .isEqualTo("{\"critical\":1,\"high\":1,\"moderate\":0,\"low\":0,\"unknown\":0}");
  }

  @Test
  void tellsWhereSomethingWaitsForAPerson() {
    Api adam = api.token("adam", Role.ADMIN);
    String waiver =
        "{\"name\":\"pad\",\"range\":\"1.0.0\",\"policy\":\"delay\",\"reason\":\"Urgent\","
            + "\"until\":\"2999-01-01T00:00:00Z\"}";
    dora.post("registries/team/waivers", waiver);
    long second = dora.post("registries/team/waivers", waiver).json().path("id").asLong();
    String decision = "{\"name\":\"pad\",\"version\":\"%s\",\"state\":\"%s\",\"reason\":\"Odd\"}";
    adam.post("registries/default/decisions", decision.formatted("1.0.0", "quarantined"));
    adam.post("registries/default/decisions", decision.formatted("1.1.0", "quarantined"));
    adam.post("registries/default/decisions", decision.formatted("1.1.0", "released"));
    assertThat(shown().path("registries").toString())
        .isEqualTo(
            "[{\"registry\":\"default\",\"waivers\":0,\"quarantined\":1,\"withheld\":0},"
                + "{\"registry\":\"team\",\"waivers\":2,\"quarantined\":0,\"withheld\":0}]");
    adam.patch("registries/team/waivers/" + second, "{\"state\":\"refused\"}");
    assertThat(shown().at("/registries/1/waivers").asInt()).isEqualTo(1);
  }

  @Test
  void showsWhatCameInLastAndWhatWasFetchedToday() {
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
    String tarball = "/r/default/left-pad/-/left-pad-1.3.0.tgz";
    assertThat(server.get(token, tarball).status()).isEqualTo(200);
    assertThat(server.get(token, tarball).status()).isEqualTo(200);
    server.restart(); // writes what is cached and who fetched it behind the answers
    clock.advance(Duration.ofMinutes(1));
    var own = PackageBuilder.named("@acme/own").version("1.0.0").publishDocument();
    assertThat(server.put(token, "/r/team/@acme%2fown", own.toString()).status()).isEqualTo(201);
    JsonNode shown = shown();
    assertThat(shown.path("recent").findValuesAsText("name"))
        .containsExactly("@acme/own", "left-pad");
    assertThat(shown.path("recent").findValuesAsText("registry"))
        .containsExactly("team", "default");
    assertThat(shown.at("/recent/1/version").asText()).isEqualTo("1.3.0");
    assertThat(shown.path("fetched").toString()).isEqualTo("{\"times\":2,\"people\":1}");
    clock.advance(Duration.ofDays(1));
    assertThat(shown().at("/fetched/times").asInt()).isZero();
  }

  @Test
  void showsOfOtherRegistriesAndWorkspacesNothing() {
    find("b", "high", team);
    var own = PackageBuilder.named("own").version("1.0.0").publishDocument();
    assertThat(server.put(token, "/r/team/own", own.toString()).status()).isEqualTo(201);
    var limits = new TokenLimits(true, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("dora"), limits));
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    for (Api one : List.of(limited, olga)) {
      JsonNode shown = one.get("overview").json();
      assertThat(shown.at("/issues/high").asInt()).isZero();
      assertThat(shown.path("recent")).isEmpty();
    }
    assertThat(limited.get("overview").json().path("fetched").isNull()).isTrue();
    assertThat(dora.get("overview").json().at("/issues/high").asInt()).isEqualTo(1);
  }
}
