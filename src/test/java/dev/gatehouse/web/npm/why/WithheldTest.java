package dev.gatehouse.web.npm.why;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.app.Main;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.npm.packument.Documents;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Registry.Settings;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.RandomPolicies;
import dev.gatehouse.testing.RandomPolicies.Wanted;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.testing.TestingUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What exists upstream is served or withheld, and nothing is forgotten. The clock stands at
/// 2026-11-22T12:00:00Z.
final class WithheldTest {
  private static final String OLD = "2020-01-01T00:00:00.000Z";
  private static final String YESTERDAY = "2026-11-21T12:00:00.000Z";
  private static final int LARGEST = 3_000_000;
  private static final int ROUNDS = 6;

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE, clock);
  private final String token = server.token("ada", Role.DEVELOPER);

  @Test
  void everyRecordedVersionIsServedOrWithheldWhateverThePoliciesAre() throws IOException {
    Map<String, List<String>> upstream = recorded();
    assertThat(upstream).hasSizeGreaterThan(15);
    requireBalance(upstream);
    var random = new Random(20261122);
    for (int round = 0; round < ROUNDS; round++) {
      List<Wanted> wanted = RandomPolicies.some(random);
      wanted.forEach(one -> set("default", one));
      requireBalance(upstream);
      if (random.nextBoolean()) {
        wanted.forEach(one ->
            server
                .services()
                .policies()
                .inherit(new Actor.Operator(), server.registry(), one.policy()));
      }
    }
  }

  @Test
  void whatIsNoVersionIsWithheldAsSuch() {
    String half = "9".repeat(300);
    TestingPackument.of("odd").version("1.0.0").putAt(server.upstream());
    JsonNode sound = server.get(token, "/r/default/odd").json();
    String dist = sound.at("/versions/1.0.0/dist").toString();
    var versions = new StringBuilder();
    List<String> keys =
        List.of("1.0.0", "v1.0.1", "01.2.3", "latest", " 1.0.2", half + "1", half + "2");
    for (String key : keys) {
      versions.append(
          "\"%s\":{\"name\":\"odd\",\"version\":\"%s\",\"dist\":%s},".formatted(key, key, dist));
    }
    versions.append("\"1.0.3\":{},\"1.0.4\":7");
    server
        .upstream()
        .put("odd", "{\"name\":\"odd\",\"dist-tags\":{},\"versions\":{%s}}".formatted(versions));
    assertThat(server.get(token, "/r/default/odd?write=true").status()).isEqualTo(200);

    JsonNode ledger = ledger("default", "odd");

    assertThat(texts(ledger.path("served"))).containsExactly("1.0.0");
    assertThat(ledger.path("withheld")).hasSize(keys.size() - 1 + 2);
    assertThat(ledger.path("withheld"))
        .allSatisfy(one -> {
          assertThat(one.path("verdict").asText()).isEqualTo("unusable");
          assertThat(one.at("/reasons/0/policy").isNull()).isTrue();
          assertThat(one.at("/reasons/0/sentence").asText()).endsWith(".");
        });
    assertThat(versions(ledger)).doesNotHaveDuplicates().contains("v1.0.1", "01.2.3", "1.0.4");
  }

  @Test
  void eachVersionOfSeveralSourcesIsToldOnce() {
    try (TestingUpstream second = TestingUpstream.start()) {
      registry("both", new Upstreams.External(second.url(), null), new Upstreams.Public());
      TestingPackument.of("pad").version("1.0.0").version("1.1.0").putAt(server.upstream());
      second.put(
          "pad",
          """
          {"name":"pad","versions":{"1.0.0":{"name":"pad","version":"1.0.0"},"v2":{},
           "1.2.0":{"name":"pad","version":"1.2.0","dist":{}}}}
          """);
      set("both", block("pad@1.1.0"));

      JsonNode ledger = ledger("both", "pad");

      assertThat(texts(ledger.path("served"))).containsExactly("1.2.0");
      assertThat(ledger.path("withheld"))
          .extracting(one -> one.path("version").asText() + " " + one.path("verdict").asText())
          .as("the first source has an unusable 1.0.0, which the second does not replace")
          .containsExactlyInAnyOrder("1.1.0 block", "1.0.0 unusable", "v2 unusable");
    }
  }

  @Test
  void aWithheldVersionComesWithPolicyReasonAndEnd() {
    TestingPackument.of("pad")
        .version("1.0.0", OLD, _ -> {})
        .version("1.1.0", YESTERDAY, _ -> {})
        .putAt(server.upstream());
    set("default", RandomPolicies.wanted(PolicyName.DELAY, Mode.ENFORCE, "{'age':'3d'}"));

    JsonNode withheld = ledger("default", "pad").path("withheld").path(0);

    assertThat(withheld.path("version").asText()).isEqualTo("1.1.0");
    assertThat(withheld.path("verdict").asText()).isEqualTo("hold");
    assertThat(withheld.path("until").asText()).isEqualTo("2026-11-24T12:00:00Z");
    assertThat(withheld.at("/reasons/0/policy").asText()).isEqualTo("delay");
    assertThat(withheld.at("/reasons/0/sentence").asText()).contains("pad@1.1.0");
  }

  @Test
  void anArchivedRegistryWithholdsWhatItDoesNotHave() {
    TestingPackument.of("pad").version("1.0.0").version("1.1.0").putAt(server.upstream());
    assertThat(server.get(token, "/r/default/pad/-/pad-1.0.0.tgz").status()).isEqualTo(200);
    // Closing waits until what was fetched is settled.
    server.restart();
    server.change(server.registry(), server.registry().settings().withArchived(true));

    JsonNode ledger = ledger("default", "pad");

    assertThat(texts(ledger.path("served"))).containsExactly("1.0.0");
    assertThat(ledger.at("/withheld/0/version").asText()).isEqualTo("1.1.0");
    assertThat(ledger.at("/withheld/0/reasons/0/policy").asText()).isEqualTo("freeze");
  }

  @Test
  void theLedgerIsReadAsThePackageIs() {
    TestingPackument.of("@a/pad").version("1.0.0").putAt(server.upstream());

    assertThat(server.get(null, "/r/default/-/withheld/@a/pad").status()).isEqualTo(401);
    assertThat(server.get(token, "/r/default/-/withheld/@a/pad").status()).isEqualTo(200);
    assertThat(server.get(token, "/r/default/-/withheld/nothing").status()).isEqualTo(404);
    server.upstream().at("/broken").status(500);
    assertThat(server.get(token, "/r/default/-/withheld/broken").status()).isEqualTo(502);
  }

  @Test
  void anOperatorListsOnePackageOrAll() throws IOException {
    Registry base = registry("base", new Upstreams.Public());
    registry("top", new Upstreams.Here(base));
    TestingPackument.of("pad").version("1.0.0").version("1.1.0").putAt(server.upstream());
    TestingPackument.of("quiet").version("1.0.0").putAt(server.upstream());
    publish("base", "own", "1.0.0");
    assertThat(server.get(token, "/r/top/pad").status()).isEqualTo(200);
    set("base", block("pad@1.1.0"));
    set("top", block("own"));

    assertThat(run("withheld", "--registry", "top"))
        .contains("own@1.0.0  block  own@1.0.0", "pad@1.1.0  block  ", "(block-list)")
        .contains("2 of 3 versions of 2 packages are withheld in \"top\".");
    assertThat(run("withheld", "--registry", "top", "quiet"))
        .contains("0 of 1 versions of quiet are withheld");
    JsonNode rows = new JsonMapper().readTree(run("withheld", "--registry", "base", "--json"));
    assertThat(rows).hasSize(1);
    assertThat(rows.at("/0/name").asText()).isEqualTo("pad");
    JsonNode one = new JsonMapper().readTree(run("withheld", "--registry", "top", "pad", "--json"));
    assertThat(one).isEqualTo(ledger("top", "pad"));
  }

  /// Names are read a thousand at a time.
  @Test
  void noPackageIsLeftOutHoweverManyThereAre() {
    publish("default", "a-first", "1.0.0");
    publish("default", "z-last", "1.0.0");
    var _ =
        server
            .services()
            .database()
            .write(handle -> {
              var batch =
                  handle.prepareBatch(
                      """
                      INSERT INTO package
                        (registry_id, name, revision, created, modified, details, access, internal)
                      VALUES (?, ?, 1, 0, 0, '{}', 'restricted', TRUE)
                      """);
              for (int number = 0; number < 2_100; number++) {
                batch.add(server.registry().id(), "m-%04d".formatted(number));
              }
              return batch.execute().length;
            });
    set("default", block("*"));

    assertThat(run("withheld", "--registry", "default"))
        .contains("a-first@1.0.0  block", "z-last@1.0.0  block")
        .contains("2 of 2 versions of");
  }

  private void requireBalance(Map<String, List<String>> upstream) {
    upstream.forEach((name, listed) -> {
      JsonNode ledger = ledger("default", name);
      assertThat(versions(ledger)).as(name).containsExactlyInAnyOrderElementsOf(listed);
      TestingReply packument = server.get(token, "/r/default/" + name);
      List<String> served =
          packument.status() == 200
              ? packument.json().path("versions").properties().stream()
                  .map(Map.Entry::getKey)
                  .toList()
              : List.of();
      assertThat(texts(ledger.path("served"))).as(name).containsExactlyElementsOf(served);
    });
  }

  /// Serves every recorded document that is not too large, and tells which versions each lists.
  private Map<String, List<String>> recorded() throws IOException {
    Map<String, List<String>> upstream = new TreeMap<>();
    for (Path file : Documents.recorded()) {
      byte[] json = Documents.read(file);
      JsonNode document = Documents.tree(json);
      List<String> versions =
          document.path("versions").properties().stream().map(Map.Entry::getKey).toList();
      String name = document.path("name").asText();
      if (json.length < LARGEST && !versions.isEmpty()) {
        server.upstream().put(name, json);
        upstream.put(name, versions);
      }
    }
    return upstream;
  }

  private JsonNode ledger(String registry, String name) {
    TestingReply reply = server.get(token, "/r/" + registry + "/-/withheld/" + name);
    assertThat(reply.status()).as(name + reply).isEqualTo(200);
    return reply.json();
  }

  private static List<String> versions(JsonNode ledger) {
    List<String> versions = new ArrayList<>(texts(ledger.path("served")));
    ledger.path("withheld").forEach(one -> versions.add(one.path("version").asText()));
    return versions;
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  private Registry registry(String name, Upstreams.Target... upstreams) {
    return server.addRegistry(name, Settings.of(Registry.Kind.STANDARD), upstreams);
  }

  private void publish(String registry, String name, String version) {
    byte[] body = PackageBuilder.named(name).version(version).publishBody();
    assertThat(server.put(token, "/r/" + registry + "/" + name, body).status()).isEqualTo(201);
  }

  private static Wanted block(String pattern) {
    return RandomPolicies.wanted(
        PolicyName.BLOCK_LIST, Mode.ENFORCE, "{'list':['%s']}".formatted(pattern));
  }

  private void set(String registry, Wanted wanted) {
    server
        .services()
        .policies()
        .set(
            new Actor.Operator(),
            server.registry(registry),
            wanted.policy(),
            wanted.mode(),
            wanted.settings());
  }

  private String run(String... arguments) {
    var context = new OperatorContext(clock, InputStream.nullInputStream(), server.environment());
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine(context)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }
}
