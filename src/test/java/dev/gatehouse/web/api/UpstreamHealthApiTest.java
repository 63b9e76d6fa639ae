package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.source.Credential;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `upstream-health`.
@OnBothDatabases
final class UpstreamHealthApiTest {
  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingUpstream elsewhere = TestingUpstream.start();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final String token;
  private final Api dora;

  UpstreamHealthApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    token = server.token("dora", Role.DEVELOPER);
    dora = api.with("authorization", "Bearer " + token);
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
  }

  private void get(String path, int status) {
    assertThat(server.get(token, path).status()).isEqualTo(status);
  }

  private JsonNode only() {
    JsonNode page = dora.get("upstream-health?registry=default").json();
    assertThat(page.path("total").asInt()).isEqualTo(1);
    return page.path("items").path(0);
  }

  @Test
  void knowsNothingOfWhatWasNeverAsked() {
    assertThat(only().path("state").asText()).isEqualTo("unknown");
    assertThat(only().path("kind").asText()).isEqualTo("public");
    assertThat(only().path("answered").isNull()).isTrue();
    assertThat(only().path("millis").isNull()).isTrue();
  }

  @Test
  void tellsThatItAnswersAndHowLongThatTakes() {
    get("/r/default/left-pad", 200);
    JsonNode shown = only();
    assertThat(shown.path("state").asText()).isEqualTo("answers");
    assertThat(shown.path("answered").asText()).isEqualTo(Answer.text(clock.instant()));
    assertThat(shown.path("millis").asLong()).isBetween(0L, 60_000L);
    assertThat(shown.path("failed").isNull()).isTrue();
    clock.advance(Duration.ofMinutes(1));
    get("/r/default/nowhere", 404);
    assertThat(only().path("answered").asText())
        .as("that it has no such thing is an answer")
        .isEqualTo(Answer.text(clock.instant()));
  }

  @Test
  void tellsHowItFailsUntilItAnswersAgain() {
    server.upstream().at("/broken").status(500);
    get("/r/default/broken", 502);
    JsonNode shown = only();
    assertThat(shown.path("state").asText()).isEqualTo("fails");
    assertThat(shown.path("failed").asText()).isEqualTo(Answer.text(clock.instant()));
    assertThat(shown.path("failure").asText()).contains("500");
    assertThat(shown.path("failures").asInt()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(30));
    get("/r/default/broken", 502);
    assertThat(only().path("failures").asInt()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(31));
    get("/r/default/left-pad", 200);
    assertThat(only().path("state").asText()).isEqualTo("answers");
    assertThat(only().path("failures").asInt()).as("within an hour").isEqualTo(1);
    assertThat(only().path("failure").asText()).contains("500");
  }

  @Test
  void seesTarballsFailToo() {
    get("/r/default/left-pad", 200);
    server.upstream().at("/left-pad/-/left-pad-1.3.0.tgz").status(503);
    clock.advance(Duration.ofMinutes(1));
    get("/r/default/left-pad/-/left-pad-1.3.0.tgz", 502);
    assertThat(only().path("state").asText()).isEqualTo("fails");
  }

  @Test
  void comesInPagesByRegistryWithoutRegistriesHere() {
    server.addRegistry(
        "team",
        server.registry().settings(),
        new Upstreams.Here(server.registry()),
        new Upstreams.Public());
    JsonNode first = dora.get("upstream-health?limit=1").json();
    assertThat(first.path("total").asInt()).isEqualTo(2);
    assertThat(first.path("items").findValuesAsText("registry")).containsExactly("default");
    JsonNode second =
        dora.get("upstream-health?limit=1&cursor=" + first.path("next").asText()).json();
    assertThat(second.path("items").findValuesAsText("upstream")).containsExactly("upstream-1");
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void showsNeitherCredentialsNorWhatAnotherCredentialMet() {
    var secret = new Credential.Bearer("npm_very-secret");
    server.addRegistry(
        "one", server.registry().settings(), new Upstreams.External(elsewhere.url(), secret));
    server.addRegistry(
        "two", server.registry().settings(), new Upstreams.External(elsewhere.url(), null));
    elsewhere.at("/broken").status(401);
    get("/r/one/broken", 502);
    assertThat(dora.get("upstream-health?registry=one").text())
        .contains("\"fails\"")
        .doesNotContain("very-secret");
    assertThat(dora.get("upstream-health?registry=two").text()).contains("\"unknown\"");
  }

  @Test
  void isShownToThoseWhoMayReadTheRegistry() {
    server.addRegistry("team", server.registry().settings());
    var limits =
        new TokenLimits(true, Set.of(server.registry("team").id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("dora"), limits));
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(limited.get("upstream-health").json().path("items")).isEmpty();
    assertThat(olga.get("upstream-health").json().path("items")).isEmpty();
    assertThat(limited.get("upstream-health?registry=default").status()).isEqualTo(403);
    assertThat(olga.get("upstream-health?registry=default").status()).isEqualTo(404);
    assertThat(api.get("upstream-health").status()).isEqualTo(401);
    assertThat(dora.get("upstream-health?limit=0").status()).isEqualTo(400);
  }
}
