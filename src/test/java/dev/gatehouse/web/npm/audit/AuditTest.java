package dev.gatehouse.web.npm.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.testing.TestingUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What audits answer, from the advisories here and from the upstream.
class AuditTest {
  private static final String BULK = "/-/npm/v1/security/advisories/bulk";
  private static final String AT = "/r/default" + BULK;
  private static final String UPSTREAMS =
      """
      {"chalk":[{"id":1100001,"url":"https://github.com/advisories/GHSA-up","title":"Upstream's",
      "severity":"low","vulnerable_versions":"<5.0.0","cwe":["CWE-1"],
      "cvss":{"score":1.5,"vectorString":"CVSS:3.1/X"}},
      {"id":1100002,"url":"https://github.com/advisories/GHSA-other","title":"Of others",
      "severity":"low","vulnerable_versions":">=5.0.0"}],
      "unasked":[{"id":3,"url":"","title":"","severity":"low","vulnerable_versions":"*"}]}
      """;

  @TempDir Path directory;
  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private String token = "";

  @BeforeEach
  void logIn() {
    token = server.token("ada", Role.DEVELOPER);
  }

  @Test
  void saysNothingWhereNothingWasImportedAndNoUpstreamAnswers() {
    TestingReply reply = bulk("{\"chalk\":[\"4.0.0\"]}");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error()).contains("rather than a false one");
  }

  @Test
  void answersFromTheAdvisoriesHereSoonAfterTheirImport() {
    server.upstream().at(BULK).status(500);
    importing(
        new TestingFeed()
            .vulnerable("GHSA-weak", "weak", "2.0.0")
            .malware("MAL-evil", "evil", "\"1.0.0\""));
    TestingReply reply =
        bulkUntilAnswered(
            "{\"weak\":[\"1.5.0\"],\"evil\":[\"1.0.0\",\"1.0.1\"],\"fine\":[\"1.0.0\"]}");
    assertThat(reply.header("content-type")).startsWith("application/json");
    JsonNode answer = reply.json();
    assertThat(answer).hasSize(2);
    JsonNode weak = answer.path("weak").path(0);
    assertThat(weak.path("id").isInt()).isTrue();
    assertThat(weak.path("id").asInt()).isPositive();
    assertThat(weak.path("url").asText()).isEqualTo("https://github.com/advisories/GHSA-weak");
    assertThat(weak.path("title").asText()).isEqualTo("A hole in weak");
    assertThat(weak.path("severity").asText()).isEqualTo("critical");
    assertThat(weak.path("vulnerable_versions").asText()).isEqualTo("<2.0.0");
    assertThat(weak.path("cwe").path(0).asText()).isEqualTo("CWE-79");
    assertThat(weak.path("cvss").path("score").asDouble()).isEqualTo(9.8);
    assertThat(answer.path("evil").path(0).path("vulnerable_versions").asText()).isEqualTo("1.0.0");
    assertThat(bulk("{\"weak\":[\"2.0.0\"],\"evil\":[\"1.0.1\"]}").text()).isEqualTo("{}");
  }

  @Test
  void takesACompressedQuestion() throws IOException {
    importing(new TestingFeed().vulnerable("GHSA-weak", "weak", "2.0.0"));
    bulkUntilAnswered("{\"weak\":[\"1.0.0\"]}");
    var body = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(body)) {
      out.write("{\"weak\":[\"1.0.0\"]}".getBytes(StandardCharsets.UTF_8));
    }
    TestingReply reply =
        server.send(
            HttpRequest.newBuilder(URI.create(server.url() + AT))
                .header("authorization", "Bearer " + token)
                .header("content-encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    assertThat(reply.json().path("weak")).hasSize(1);
  }

  @Test
  void mergesWhatTheUpstreamSaysAndWhatIsKnownHereOnce() {
    server.upstream().at(BULK).body(UPSTREAMS);
    JsonNode alone = bulk("{\"chalk\":[\"4.0.0\"]}").json();
    assertThat(alone).hasSize(1);
    assertThat(alone.path("chalk")).hasSize(1);
    assertThat(alone.path("chalk").path(0).path("title").asText()).isEqualTo("Upstream's");

    importing(
        new TestingFeed()
            .vulnerable("GHSA-here", "chalk", "4.5.0")
            .vulnerable("GHSA-up", "chalk", "4.5.0"));
    server.upstream().at(BULK).body(UPSTREAMS);
    JsonNode both = answerWith("A hole in chalk", "{\"chalk\":[\"4.0.0\"]}");
    assertThat(both.path("chalk").findValuesAsText("title"))
        .containsExactly("A hole in chalk", "A hole in chalk");
  }

  @Test
  void anUpstreamThatFailsTakesNothingAway() {
    importing(new TestingFeed().vulnerable("GHSA-weak", "weak", "2.0.0"));
    bulkUntilAnswered("{\"weak\":[\"1.0.0\"]}");
    for (String garbage :
        List.of("<!doctype html>", "{\"weak\":3}", "{\"weak\":[{\"id\":\"x\"}]}")) {
      server.upstream().at(BULK).body(garbage);
      assertThat(bulk("{\"weak\":[\"1.0.0\"]}").json().path("weak")).hasSize(1);
    }
  }

  @Test
  void namesThatAreOwnedHereAreNotToldToAnUpstream() {
    server.upstream().at(BULK).body("{}");
    Registry registry = server.registry();
    server.change(
        registry,
        new Registry.Settings(
            registry.settings().kind(), false, false, false, false, List.of("@acme")));
    assertThat(bulk("{\"@acme/secret\":[\"1.0.0\"],\"chalk\":[\"4.0.0\"]}").text()).isEqualTo("{}");
    assertThat(bulk("{\"@acme/secret\":[\"1.0.0\"]}").status()).isEqualTo(404);
    assertThat(server.upstream().requests(BULK)).hasSize(1);
    assertThat(server.upstream().requests(BULK).getFirst().body())
        .contains("chalk")
        .doesNotContain("acme");
  }

  @Test
  void onlyPeopleHereKnowAnythingOfAPackageThatIsOwnedHere() {
    Registry registry = server.registry();
    server.change(
        registry,
        new Registry.Settings(
            registry.settings().kind(), false, false, false, false, List.of("@acme")));
    importing(
        new TestingFeed()
            .malware("MAL-1", "@acme/tool", "\"1.0.0\"")
            .malware("MAL-2", "evil", "\"1.0.0\""));
    bulkUntilAnswered("{\"evil\":[\"1.0.0\"]}");
    assertThat(bulk("{\"@acme/tool\":[\"1.0.0\"]}").text()).isEqualTo("{}");
    server.operate(
        TestingFeed.vulnerableRecord("OWN-1", "@acme/tool", "2.0.0"), "advisories", "add", "-");
    assertThat(answerWith("A hole in @acme/tool", "{\"@acme/tool\":[\"1.0.0\"]}")).hasSize(1);
  }

  @Test
  void whatIsWrittenHereAloneIsAnAnswerWhereItHasSomethingToSay() {
    server.operate(
        TestingFeed.vulnerableRecord("OWN-1", "acme-own-tool", "2.0.0"), "advisories", "add", "-");
    JsonNode answer =
        answerWith(
            "A hole in acme-own-tool", "{\"acme-own-tool\":[\"1.0.0\"],\"chalk\":[\"4.0.0\"]}");
    assertThat(answer).hasSize(1);
    String tree = "{\"dependencies\":{\"acme-own-tool\":{\"version\":\"1.0.0\"}}}";
    for (String path : List.of("/audits", "/audits/quick")) {
      assertThat(post("/r/default/-/npm/v1/security" + path, tree).json().path("advisories"))
          .hasSize(1);
    }

    TestingReply silent = bulk("{\"acme-own-tool\":[\"2.0.0\"],\"chalk\":[\"4.0.0\"]}");
    assertThat(silent.status()).as("not all is well").isEqualTo(404);
    assertThat(silent.error()).contains("none is about any of this", "rather than a false one");

    server.operate("", "advisories", "remove", "OWN-1");
    assertThat(server.get("nobody's", "/r/default/-/whoami").status()).isEqualTo(401);
    assertThat(bulk("{\"acme-own-tool\":[\"1.0.0\"]}").error()).contains("has no advisories");
  }

  @Test
  void ofNamesThatAreOwnedHereNobodyElseCouldKnow() {
    Registry registry = server.registry();
    server.change(
        registry,
        new Registry.Settings(
            registry.settings().kind(), false, false, false, false, List.of("@acme")));
    assertThat(bulk("{\"@acme/fine\":[\"1.0.0\"]}").status()).isEqualTo(404);
    server.operate(
        TestingFeed.vulnerableRecord("OWN-1", "@acme/tool", "2.0.0"), "advisories", "add", "-");
    answerWith("A hole in @acme/tool", "{\"@acme/tool\":[\"1.0.0\"]}");

    assertThat(bulk("{\"@acme/fine\":[\"1.0.0\"],\"@acme/tool\":[\"2.0.0\"]}").text())
        .isEqualTo("{}");
    assertThat(bulk("{\"@acme/fine\":[\"1.0.0\"],\"chalk\":[\"4.0.0\"]}").status()).isEqualTo(404);
  }

  @Test
  void answersTheOldQuestionWithATree() {
    importing(new TestingFeed().vulnerable("GHSA-weak", "weak", "2.0.0"));
    bulkUntilAnswered("{\"weak\":[\"1.0.0\"]}");
    String tree =
        """
        {"name":"app","version":"1.0.0","requires":{"a":"^1.0.0"},"dependencies":{
        "a":{"version":"1.0.0","dependencies":{"weak":{"version":"1.5.0"}}},
        "weak":{"version":"2.0.0"}}}
        """;
    for (String path : List.of("/audits", "/audits/quick")) {
      JsonNode answer = post("/r/default/-/npm/v1/security" + path, tree).json();
      JsonNode advisory = answer.path("advisories").elements().next();
      assertThat(advisory.path("module_name").asText()).isEqualTo("weak");
      assertThat(advisory.path("patched_versions").asText()).isEqualTo(">=2.0.0");
      assertThat(advisory.path("findings")).hasSize(1);
      assertThat(advisory.path("findings").path(0).path("paths").path(0).asText())
          .isEqualTo("a>weak");
      assertThat(answer.path("metadata").path("vulnerabilities").path("critical").asInt())
          .isEqualTo(1);
      assertThat(answer.path("metadata").path("totalDependencies").asInt()).isEqualTo(3);
    }
  }

  @Test
  void asksForATokenAndRefusesNonsense() {
    assertThat(server.send(null, "POST", AT, "{}".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(401);
    assertThat(bulk("[]").status()).isEqualTo(400);
    assertThat(bulk("{\"a\":1}").status()).isEqualTo(400);
    assertThat(bulk("{\"a\":[").status()).isEqualTo(400);
    assertThat(bulk("[".repeat(100_000)).status()).isEqualTo(400);
    assertThat(bulk("{\"a\":[\"" + "1".repeat(9 << 20) + "\"]}").status()).isEqualTo(413);
    assertThat(post("/r/default/-/npm/v1/security/audits", "[]").status()).isEqualTo(400);
  }

  @Test
  void aRegistryHereIsAskedThroughItsUpstreamsButNeverThroughInternalOnes() {
    try (var internal = TestingUpstream.start()) {
      server.upstream().at(BULK).body(UPSTREAMS);
      Registry lower = server.registry();
      Registry upper =
          server.addRegistry(
              "upper", Registry.Settings.of(Registry.Kind.STANDARD), new Upstreams.Here(lower));
      server
          .services()
          .upstreams()
          .add(
              new Actor.Operator(),
              upper,
              "internal",
              new Upstreams.External(internal.url(), null),
              new Upstreams.Options(true, false, Upstream.Forward.NONE));
      assertThat(post("/r/upper" + BULK, "{\"chalk\":[\"4.0.0\"]}").json().path("chalk"))
          .hasSize(1);
      assertThat(internal.requests()).isEmpty();
    }
  }

  private void importing(TestingFeed feed) {
    server.operate("", "advisories", "import", feed.zip(directory).toString());
  }

  private TestingReply bulk(String json) {
    return post(AT, json);
  }

  private TestingReply post(String path, String json) {
    return server.send(token, "POST", path, json.getBytes(StandardCharsets.UTF_8));
  }

  /// The first answer that is none of 404.
  private TestingReply bulkUntilAnswered(String json) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    TestingReply reply = bulk(json);
    while (reply.status() == 404 && System.nanoTime() < end) {
      Thread.onSpinWait();
      reply = bulk(json);
    }
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply;
  }

  private JsonNode answerWith(String title, String json) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    TestingReply reply = bulk(json);
    while (!reply.text().contains(title) && System.nanoTime() < end) {
      Thread.onSpinWait();
      reply = bulk(json);
    }
    assertThat(reply.text()).contains(title);
    return reply.json();
  }
}
