package dev.gatehouse.web.npm.read;

import static dev.gatehouse.testing.Problems.assertThatProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Registries that draw from others: order, ownership, freezing and circles.
final class ChainsTest {
  @AutoClose private final Reader reader = new Reader();
  @AutoClose private final TestingUpstream second = TestingUpstream.start();

  @Test
  void drawsThroughSeveralRegistriesHere() {
    Registry base = reader.registry("base", new Upstreams.Public());
    Registry middle = reader.registry("middle", new Upstreams.Here(base));
    reader.registry("top", new Upstreams.Here(middle));
    var pad = TestingPackage.of("left-pad", "1.0.0");
    pad.putAt(reader.upstream());
    publish("base", "hosted", "1.0.0");

    assertThat(versions("top", "left-pad")).containsExactly("1.0.0");
    assertThat(reader.get("/r/top/left-pad/-/left-pad-1.0.0.tgz").body()).isEqualTo(pad.tarball());
    assertThat(versions("top", "hosted")).containsExactly("1.0.0");
    assertThat(reader.get("/r/top/hosted/-/hosted-1.0.0.tgz").body())
        .isEqualTo(PackageBuilder.named("hosted").tarball());
    assertThat(reader.get("/r/top/hosted").text()).contains("/r/top/").doesNotContain("/r/base/");
  }

  @Test
  void mergesUpstreamsInOrder() {
    Registry both = reader.registry("both", Reader.external(second), new Upstreams.Public());
    put(second, "shared", "1.0.0", "from second");
    put(reader.upstream(), "shared", "1.0.0", "from public");
    TestingReply one = reader.get("/r/both/shared");
    assertThat(one.json().at("/versions/1.0.0/description").asText()).isEqualTo("from second");

    TestingPackage.of("shared", "2.0.0").putAt(reader.upstream());
    TestingReply merged = reader.get("/r/both/shared?write=true");

    assertThat(Reader.versions(merged)).containsExactly("1.0.0", "2.0.0");
    assertThat(merged.json().at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
    assertThat(both.upstreams()).hasSize(2);
  }

  @Test
  void hostedWins() {
    put(reader.upstream(), "mine", "1.0.0", "from outside");
    put(reader.upstream(), "mine", "2.0.0", "from outside");
    assertThat(versions("default", "mine")).containsExactly("2.0.0");
    publish("default", "mine", "3.0.0");

    TestingReply mixed = reader.get("/r/default/mine");

    assertThat(Reader.versions(mixed)).containsExactlyInAnyOrder("2.0.0", "3.0.0");
    assertThat(mixed.json().at("/dist-tags/latest").asText()).isEqualTo("3.0.0");
  }

  @Test
  void aFailingUpstreamAboveIsNotReplacedByTheOneBelow() {
    reader.registry("both", Reader.external(second), new Upstreams.Public());
    TestingPackage.of("shared", "1.0.0").putAt(reader.upstream());
    second.at("/shared").html();

    for (String path : List.of("shared", "shared/1.0.0", "shared/-/shared-1.0.0.tgz")) {
      assertThat(reader.get("/r/both/" + path).status()).as(path).isEqualTo(502);
    }
  }

  @Test
  void aFailingUpstreamBelowIsLeftOutForAMoment() {
    reader.registry("both", new Upstreams.Public(), Reader.external(second));
    TestingPackage.of("shared", "1.0.0").putAt(reader.upstream());
    second.at("/shared").html();

    TestingReply part = reader.get("/r/both/shared");
    assertThat(Reader.versions(part)).containsExactly("1.0.0");
    assertThat(reader.get("/r/both/shared/2.0.0").status()).isEqualTo(502);

    TestingPackage.of("shared", "2.0.0").putAt(second);
    reader.clock.advance(Duration.ofSeconds(11));
    assertThat(versions("both", "shared")).containsExactly("1.0.0", "2.0.0");
  }

  @Test
  void aNameThatOneHasAndTheOtherFailsForIsNotMissing() {
    reader.registry("both", new Upstreams.Public(), Reader.external(second));
    second.at("/shared").html();

    assertThat(reader.get("/r/both/shared").status()).isEqualTo(502);

    reader.upstream().put("shared", "{\"name\":\"shared\",\"versions\":{}}");
    reader.clock.advance(Duration.ofMinutes(2));
    assertThat(reader.get("/r/both/shared").status()).isEqualTo(502);
  }

  @Test
  void whatIsPublishedHereIsNeverAskedOutside() {
    publish("default", "secret", "1.0.0");
    TestingPackage.of("secret", "9.9.9").putAt(reader.upstream());

    assertThat(versions("default", "secret")).containsExactly("1.0.0");
    reader.get("/r/default/secret?write=true");
    reader.get("/r/default/secret/9.9.9");
    reader.get("/r/default/secret/-/secret-9.9.9.tgz");
    reader.registry("other", new Upstreams.Public());
    reader.get("/r/other/secret", "cache-control", "no-cache");

    assertThat(reader.upstream().requests("/secret")).isEmpty();
  }

  @Test
  void aClaimedScopeIsNeverAskedOutside() {
    Registry registry = reader.registry("team", new Upstreams.Public());
    var settings = registry.settings();
    reader.server.change(
        registry,
        new Registry.Settings(settings.kind(), false, false, false, false, List.of("@team")));
    TestingPackage.of("@team/secret", "9.9.9").putAt(reader.upstream());
    TestingPackage.of("@teams/open", "1.0.0").putAt(reader.upstream());

    assertThat(reader.get("/r/team/@team%2fsecret").status()).isEqualTo(404);
    assertThat(reader.get("/r/default/@team%2fsecret?write=true").status()).isEqualTo(404);
    assertThat(reader.upstream().requests("/@team/secret")).isEmpty();
    assertThat(versions("team", "@teams%2fopen")).containsExactly("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnInternalUpstreamHoldsIsNeverAskedOutside(boolean internalFirst) {
    Registry registry = reader.registry("corp");
    if (internalFirst) {
      reader.add(registry, "inside", Reader.external(second), true);
      reader.add(registry, "outside", new Upstreams.Public(), false);
    } else {
      reader.add(registry, "outside", new Upstreams.Public(), false);
      reader.add(registry, "inside", Reader.external(second), true);
    }
    TestingPackage.of("secret", "1.0.0").putAt(second);
    TestingPackage.of("secret", "9.9.9").putAt(reader.upstream());
    TestingPackage.of("open", "1.0.0").putAt(reader.upstream());

    assertThat(versions("corp", "secret")).containsExactly("1.0.0");
    assertThat(reader.get("/r/corp/secret/9.9.9").status()).isEqualTo(404);
    assertThat(reader.get("/r/default/secret").status()).isEqualTo(404);
    assertThat(reader.upstream().requests("/secret")).isEmpty();
    assertThat(versions("corp", "open")).containsExactly("1.0.0");
  }

  @Test
  void nobodyOutsideIsAskedWhileAnInternalUpstreamHasNotAnswered() {
    Registry registry = reader.registry("corp", new Upstreams.Public());
    reader.add(registry, "inside", Reader.external(second), true);
    second.at("/secret").html();
    TestingPackage.of("secret", "9.9.9").putAt(reader.upstream());

    assertThat(reader.get("/r/corp/secret").status()).isEqualTo(502);
    assertThat(reader.upstream().requests("/secret")).isEmpty();
  }

  @Test
  void anArchivedRegistryListsWhatItHasAndAsksNobody() {
    TestingPackage.of("left-pad", "1.0.0").putAt(reader.upstream());
    TestingPackage.of("seen", "1.0.0").putAt(reader.upstream());
    publish("default", "hosted", "1.0.0");
    byte[] tarball = reader.get("/r/default/left-pad/-/left-pad-1.0.0.tgz").body();
    reader.get("/r/default/seen");
    reader.server.restart();
    Registry registry = reader.server.registry();
    reader.server.change(registry, registry.settings().withArchived(true));
    int asked = reader.upstream().requests().size();
    reader.clock.advance(Duration.ofDays(3));

    assertThat(versions("default", "left-pad")).containsExactly("1.0.0");
    assertThat(versions("default", "hosted")).containsExactly("1.0.0");
    assertThat(reader.get("/r/default/left-pad/-/left-pad-1.0.0.tgz").body()).isEqualTo(tarball);
    assertThat(reader.get("/r/default/left-pad/9.9.9").status()).isEqualTo(404);
    assertThat(reader.get("/r/default/seen?write=true").status()).isEqualTo(404);
    assertThat(reader.get("/r/default/seen/-/seen-1.0.0.tgz").status()).isEqualTo(404);
    assertThat(reader.get("/r/default/never-seen").status()).isEqualTo(404);
    assertThat(reader.upstream().requests()).hasSize(asked);
  }

  @Test
  void whatIsDrawnThroughAnArchivedRegistryIsFrozenToo() {
    Registry base = reader.registry("base", new Upstreams.Public());
    reader.registry("top", new Upstreams.Here(base));
    TestingPackage.of("left-pad", "1.0.0").putAt(reader.upstream());
    TestingPackage.of("seen", "1.0.0").putAt(reader.upstream());
    reader.get("/r/top/left-pad/-/left-pad-1.0.0.tgz");
    reader.get("/r/top/seen");
    reader.server.restart();
    reader.server.change(base, base.settings().withArchived(true));
    int asked = reader.upstream().requests().size();

    assertThat(versions("top", "left-pad")).containsExactly("1.0.0");
    assertThat(versions("base", "left-pad")).containsExactly("1.0.0");
    assertThat(reader.get("/r/top/seen").status()).isEqualTo(404);
    assertThat(reader.get("/r/top/left-pad/-/left-pad-1.0.0.tgz").status()).isEqualTo(200);
    assertThat(reader.upstream().requests()).hasSize(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void refusesToAskItselfByWhateverName(String host) {
    String self = reader.server.url().replace("127.0.0.1", host) + "/r/loop/";
    Registry loop = reader.registry("loop");
    reader.server.change(
        loop, new Registry.Settings(loop.settings().kind(), true, false, false, false, List.of()));
    reader.add(loop, "self", Reader.external(reader.upstream()), false);
    // An alias that could not be known when it was added.
    reader
        .server
        .services()
        .database()
        .write(handle -> handle.execute("UPDATE upstream SET url = ? WHERE name = 'self'", self));
    reader.server.restart();

    TestingReply reply = reader.get("/r/loop/left-pad");

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.error()).contains("circle").contains("Remove");
  }

  @Test
  void refusesACircleThroughASecondServer() {
    try (var other = new Reader()) {
      Registry here = open(reader, "loop");
      Registry there = open(other, "loop");
      reader.add(here, "there", target(other), false);
      other.add(there, "here", target(reader), false);

      assertThat(reader.get("/r/loop/left-pad").status()).isEqualTo(502);
      assertThat(other.get("/r/loop/left-pad").status()).isEqualTo(502);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]"})
  void refusesAnUpstreamThatIsThisServerItself(String host) {
    Registry here = open(reader, "loop");
    URI own = URI.create(reader.server.url().replace("127.0.0.1", host) + "/r/default/");
    assertThatProblem(
            Problem.Conflict.class,
            () -> reader.add(here, "own", new Upstreams.External(own, null), false))
        .contains("registry:NAME");
    reader.add(here, "beside", new Upstreams.External(own.resolve("/other/"), null), false);
  }

  @Test
  void saysAtOnceThatAQuestionHasComeBack() {
    TestingReply reply =
        reader.get(
            "/r/default/left-pad", "x-gatehouse-hop", "one,two,three,four,five,six,seven,eight");
    assertThat(reply.status()).isEqualTo(508);
    assertThat(reply.error()).contains("Remove that upstream");
    assertThat(reader.upstream().requests()).isEmpty();
  }

  @Test
  void ownTagsOnACachedPackageLeaveItsDescription() {
    reader
        .upstream()
        .put(
            "described",
            TestingPackage.of("described", "1.0.0")
                .packument(reader.upstream().url(), new byte[0])
                .replaceFirst("\\{", "{\"description\":\"What it is\",\"readme\":\"# Read\","));
    assertThat(reader.get("/r/default/described").text()).contains("What it is");
    long registry = reader.server.registry().id();
    reader
        .server
        .services()
        .database()
        .write(handle -> {
          handle.execute(
              "INSERT INTO package (registry_id, name, revision, created, modified, details, access,"
                  + " internal) VALUES (?, 'described', 1, 0, 0, '{}', 'restricted', FALSE)",
              registry);
          return handle.execute(
              "INSERT INTO dist_tag (package_id, tag, version) SELECT id, 'mine', '1.0.0' FROM"
                  + " package WHERE name = 'described'");
        });
    reader.server.restart();

    TestingReply reply = reader.get("/r/default/described");

    assertThat(reply.json().path("description").asText()).isEqualTo("What it is");
    assertThat(reply.json().path("readme").asText()).isEqualTo("# Read");
    assertThat(reply.json().at("/dist-tags/mine").asText()).isEqualTo("1.0.0");
    assertThat(reply.json().at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
  }

  private static Registry open(Reader of, String name) {
    Registry made = of.registry(name);
    of.server.change(
        made, new Registry.Settings(made.settings().kind(), true, false, false, false, List.of()));
    return of.server.registry(name);
  }

  private static Upstreams.Target target(Reader of) {
    return new Upstreams.External(URI.create(of.server.url() + "/r/loop/"), null);
  }

  private static void put(TestingUpstream at, String name, String version, String description) {
    var made = TestingPackage.of(name, version);
    at.put(
        name,
        made.packument(at.url(), made.tarball())
            .replace(
                "\"version\":\"" + version + "\",",
                "\"version\":\"" + version + "\",\"description\":\"" + description + "\","));
  }

  private void publish(String registry, String name, String version) {
    byte[] body = PackageBuilder.named(name).version(version).publishBody();
    TestingReply reply = reader.server.put(reader.token, "/r/" + registry + "/" + name, body);
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
  }

  private List<String> versions(String registry, String name) {
    TestingReply reply = reader.get("/r/" + registry + "/" + name);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return Reader.versions(reply);
  }
}
