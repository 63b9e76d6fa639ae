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
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `traffic`: what real requests leave behind.
@OnBothDatabases
@Timeout(60)
final class TrafficApiTest {
  private static final String DOCUMENT = "/r/default/left-pad";
  private static final String TARBALL = "/r/default/left-pad/-/left-pad-1.3.0.tgz";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final String token;
  private final Api dora;
  private int asked;

  TrafficApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    token = server.token("dora", Role.DEVELOPER);
    dora = api.with("authorization", "Bearer " + token);
    TestingPackage.of("left-pad", "1.3.0").putAt(server.upstream());
  }

  private TestingReply get(String path, int status) {
    TestingReply reply = server.get(token, path);
    asked++;
    assertThat(reply.status()).isEqualTo(status);
    return reply;
  }

  private TestingReply again(String path, TestingReply first) {
    asked++;
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("authorization", "Bearer " + token)
            .header("accept-encoding", "gzip")
            .header("if-none-match", Objects.requireNonNull(first.header("etag")))
            .build());
  }

  /// A request is counted when its answer has been sent, which its client may know before.
  private void flush() {
    do {
      Thread.onSpinWait();
      server.services().traffic().flush();
    } while (written() < asked);
  }

  private int written() {
    return server
        .services()
        .database()
        .read(handle ->
            handle
                .createQuery(
                    "SELECT COALESCE(SUM(hits + misses + refused + failed), 0) FROM traffic")
                .mapTo(Integer.class)
                .one());
  }

  private JsonNode shown(Api as, String query) {
    flush();
    return as.get("traffic" + query).json();
  }

  private JsonNode last(String kind) {
    return shown(dora, "").path("points").path(23).path(kind);
  }

  /// Without the bytes.
  private static String text(JsonNode count) {
    return "%d hits, %d misses, %d not modified, %d refused, %d failed"
        .formatted(
            count.path("hits").asInt(),
            count.path("misses").asInt(),
            count.path("notModified").asInt(),
            count.path("refused").asInt(),
            count.path("failed").asInt());
  }

  @Test
  void countsADocumentThatWasFetchedAndThenServedFromMemoryAndWhoHasIt() {
    TestingReply first = get(DOCUMENT, 200);
    assertThat(text(last("documents"))).startsWith("0 hits, 1 misses, 0 not modified");
    get(DOCUMENT, 200);
    get(DOCUMENT + "/1.3.0", 200);
    assertThat(again(DOCUMENT, first).status()).isEqualTo(304);
    assertThat(text(last("documents")))
        .isEqualTo("3 hits, 1 misses, 1 not modified, 0 refused, 0 failed");
    assertThat(text(last("tarballs"))).startsWith("0 hits, 0 misses");
    assertThat(last("documents").path("bytes").asLong()).isPositive();
  }

  @Test
  void countsATarballThatWasFetchedAndThenServedFromTheStore() {
    TestingReply first = get(TARBALL, 200);
    get(TARBALL, 200);
    assertThat(again(TARBALL, first).status()).isEqualTo(304);
    assertThat(text(last("tarballs")))
        .isEqualTo("2 hits, 1 misses, 1 not modified, 0 refused, 0 failed");
    assertThat(last("tarballs").path("bytes").asLong()).isEqualTo(2L * first.body().length);
  }

  @Test
  void countsWhatThereIsNotAndWhatAnUpstreamSpoils() {
    get("/r/default/nowhere", 404);
    server.upstream().at("/broken").status(500);
    get("/r/default/broken", 502);
    get("/r/default/left-pad/-/left-pad-9.9.9.tgz", 404);
    assertThat(text(last("documents")))
        .isEqualTo("0 hits, 0 misses, 0 not modified, 1 refused, 1 failed");
    assertThat(text(last("tarballs"))).endsWith("1 refused, 0 failed");
  }

  @Test
  void countsNothingOfThoseWhoMayNotComeIn() {
    assertThat(server.get(null, DOCUMENT).status()).isEqualTo(401);
    assertThat(server.get("gh_nonsense", DOCUMENT).status()).isEqualTo(401);
    assertThat(shown(dora, "").path("registries")).isEmpty();
  }

  @Test
  void addsUpOverARestartAndAnotherProcess() {
    get(DOCUMENT, 200);
    get(DOCUMENT, 200);
    server.restart(); // a clean stop writes what was counted
    assertThat(text(dora.get("traffic").json().at("/points/23/documents")))
        .startsWith("1 hits, 1 misses");
    get(DOCUMENT, 200);
    assertThat(text(last("documents"))).startsWith("2 hits, 1 misses");
    server.services().traffic().flush(); // what is written is not written again
    assertThat(text(last("documents"))).startsWith("2 hits, 1 misses");
  }

  @Test
  void showsEveryStepOfTheTimeThatIsAskedFor() {
    get(DOCUMENT, 200);
    flush();
    clock.advance(Duration.ofHours(3));
    JsonNode day = shown(dora, "?days=1");
    assertThat(day.path("points")).hasSize(24);
    assertThat(day.path("step").asInt()).isEqualTo(3_600);
    assertThat(day.at("/points/20/documents/misses").asInt()).isEqualTo(1);
    assertThat(day.at("/points/20/at").asText()).endsWith(":00:00Z");
    clock.advance(Duration.ofDays(2));
    assertThat(shown(dora, "?days=1").path("registries")).isEmpty();
    JsonNode week = shown(dora, "?days=7");
    assertThat(week.path("points")).hasSize(28);
    assertThat(week.path("points").findValuesAsText("misses")).containsOnlyOnce("1");
    JsonNode month = shown(dora, "?days=30");
    assertThat(month.path("points")).hasSize(30);
    assertThat(month.at("/registries/0/documents/misses").asInt()).isEqualTo(1);
  }

  @Test
  void showsOneRegistryAlone() {
    server.addRegistry("team", server.registry().settings(), new Upstreams.Public());
    get("/r/team/left-pad", 200);
    get(DOCUMENT, 200);
    JsonNode all = shown(dora, "");
    assertThat(all.path("registries").findValuesAsText("registry"))
        .containsExactly("default", "team");
    JsonNode team = shown(dora, "?registry=team");
    assertThat(team.path("registries").findValuesAsText("registry")).containsExactly("team");
    // The document was fetched for the other one.
    assertThat(text(team.at("/points/23/documents"))).startsWith("0 hits, 1 misses");
    assertThat(text(all.at("/points/23/documents"))).startsWith("1 hits, 1 misses");
  }

  @Test
  void showsNobodyTheTrafficOfOthers() {
    server.addRegistry("team", server.registry().settings());
    get(DOCUMENT, 200);
    var limits =
        new TokenLimits(true, Set.of(server.registry("team").id()), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("dora"), limits));
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    for (Api one : List.of(limited, olga)) {
      JsonNode shown = shown(one, "");
      assertThat(shown.path("registries")).isEmpty();
      assertThat(shown.path("points").findValuesAsText("misses")).containsOnly("0");
    }
    assertThat(olga.get("traffic?registry=default").status()).isEqualTo(404);
    assertThat(limited.get("traffic?registry=default").status()).isEqualTo(403);
  }

  @Test
  void refusesAnyOtherTime() {
    assertThat(dora.get("traffic?days=2").json().path("detail").asText())
        .isEqualTo("\"days\" is one of 1, 7, 30.");
    assertThat(dora.get("traffic?registry=nowhere").status()).isEqualTo(404);
  }

  @Test
  void outlivesARegistryThatIsDeletedAndForgetsWhatIsOld() {
    get(DOCUMENT, 200);
    flush();
    assertThat(server.services().traffic().prune()).isZero();
    clock.advance(Duration.ofDays(91));
    assertThat(server.services().traffic().prune()).isEqualTo(1);
    get(DOCUMENT, 200);
    Api ada = api.token("ada", Role.OWNER);
    assertThat(ada.delete("registries/default?confirm=default").status()).isEqualTo(204);
    server.services().traffic().flush();
    assertThat(dora.get("traffic").json().path("registries")).isEmpty();
  }
}
