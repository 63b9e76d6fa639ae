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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `registries/{registry}/withheld`: what a registry began to withhold lately.
@OnBothDatabases
final class WithheldApiTest {
  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final String token;
  private final Api dora;
  private final Api adam;

  WithheldApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    token = server.token("dora", Role.DEVELOPER);
    dora = api.with("authorization", "Bearer " + token);
    adam = api.token("adam", Role.ADMIN);
    TestingPackage.of("left", "1.0.0").putAt(server.upstream());
    TestingPackage.of("right", "1.0.0").putAt(server.upstream());
  }

  private void decide(String name, String state) {
    String decision =
        "{\"name\":\"%s\",\"version\":\"1.0.0\",\"state\":\"%s\",\"reason\":\"Odd\"}"
            .formatted(name, state);
    assertThat(adam.post("registries/default/decisions", decision).status()).isEqualTo(204);
  }

  private void ask(String path, int status) {
    assertThat(server.get(token, path).status()).isEqualTo(status);
    server.services().withheld().flush();
  }

  private JsonNode list(String query) {
    return dora.get("registries/default/withheld" + query).json();
  }

  private int shownAtAGlance() {
    return dora.get("overview").json().at("/registries/0/withheld").asInt();
  }

  @Test
  void listsAsManyAsTheOverviewCounts() {
    ask("/r/default/left", 200);
    assertThat(list("").path("total").asInt()).isZero();
    decide("left", "quarantined");
    decide("right", "quarantined");
    assertThat(list("").path("items")).as("nobody has asked").isEmpty();
    ask("/r/default/left", 403);
    ask("/r/default/right", 403);
    JsonNode shown = list("");
    assertThat(shown.path("items").findValuesAsText("name")).containsExactly("left", "right");
    assertThat(shown.path("total").asInt()).isEqualTo(2).isEqualTo(shownAtAGlance());
    JsonNode first = shown.path("items").path(0);
    assertThat(first.path("verdict").asText()).isEqualTo("quarantine");
    assertThat(first.path("sentence").asText()).contains("Odd");
    assertThat(first.path("since").asText()).isEqualTo(Answer.text(clock.instant()));
    assertThat(first.path("ended").isNull()).isTrue();
  }

  @Test
  void comesInPages() {
    decide("left", "quarantined");
    decide("right", "quarantined");
    ask("/r/default/left", 403);
    ask("/r/default/right", 403);
    JsonNode first = list("?limit=1");
    assertThat(first.path("items").findValuesAsText("name")).containsExactly("left");
    assertThat(first.path("total").asInt()).isEqualTo(2);
    JsonNode second = list("?limit=1&cursor=" + first.path("next").asText());
    assertThat(second.path("items").findValuesAsText("name")).containsExactly("right");
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void keepsSinceWhenAsLongAsItLasts() {
    decide("left", "quarantined");
    ask("/r/default/left", 403);
    clock.advance(Duration.ofHours(25));
    server.restart(); // forgets what it has told
    ask("/r/default/left", 403);
    assertThat(list("").path("items")).isEmpty();
    assertThat(dora.get("overview").json().at("/registries/0/withheld").asInt()).isZero();
    assertThat(list("?hours=26").path("total").asInt()).isEqualTo(1);
  }

  @Test
  void beginsAnewWhatWasServedBetween() {
    decide("left", "quarantined");
    ask("/r/default/left", 403);
    clock.advance(Duration.ofHours(2));
    decide("left", "released");
    ask("/r/default/left", 200);
    JsonNode ended = list("").path("items").path(0);
    assertThat(ended.path("ended").asText()).isEqualTo(Answer.text(clock.instant()));
    clock.advance(Duration.ofHours(25));
    assertThat(list("").path("items")).isEmpty();
    decide("left", "quarantined");
    ask("/r/default/left", 403);
    JsonNode again = list("").path("items").path(0);
    assertThat(again.path("since").asText()).isEqualTo(Answer.text(clock.instant()));
    assertThat(again.path("ended").isNull()).isTrue();
    clock.advance(Duration.ofDays(40));
    assertThat(server.services().withheld().prune()).as("it is withheld still").isZero();
    decide("left", "released");
    ask("/r/default/left", 200);
    clock.advance(Duration.ofDays(31));
    assertThat(server.services().withheld().prune()).isEqualTo(1);
  }

  @Test
  void writesWhatItSawWhenItStops() {
    decide("left", "quarantined");
    assertThat(server.get(token, "/r/default/left").status()).isEqualTo(403);
    server.restart();
    assertThat(list("").path("total").asInt()).isEqualTo(1);
  }

  @Test
  void isOfOneRegistryAndShownToThoseWhoMayReadIt() {
    server.addRegistry("team", server.registry().settings(), new Upstreams.Public());
    decide("left", "quarantined");
    ask("/r/default/left", 403);
    ask("/r/team/left", 200);
    assertThat(dora.get("registries/team/withheld").json().path("total").asInt()).isZero();
    var limits =
        new TokenLimits(true, Set.of(server.registry("team").id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("dora"), limits));
    assertThat(limited.get("registries/default/withheld").status()).isEqualTo(403);
    assertThat(limited.get("overview").json().path("registries")).isEmpty();
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(olga.get("registries/default/withheld").status()).isEqualTo(404);
    assertThat(olga.get("overview").json().path("registries")).isEmpty();
    assertThat(api.get("registries/default/withheld").status()).isEqualTo(401);
  }

  @Test
  void refusesAnyOtherTime() {
    for (String hours : List.of("0", "721", "x", "-1")) {
      assertThat(list("?hours=" + hours).path("detail").asText())
          .isEqualTo("\"hours\" is a number from 1 to 720.");
    }
    assertThat(list("?cursor=%25").path("status").asInt()).isEqualTo(400);
  }
}
