package dev.gatehouse.publish.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstream;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.upstream.source.Credential;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class ForwardingTest {
  private static final Actor OPERATOR = new Actor.Operator();

  @AutoClose private final TestingServer server;
  private final String ada;

  ForwardingTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    ada = server.token("ada", Role.DEVELOPER);
  }

  @Test
  void handsReleasedVersionsOnByItselfUnderTheirTags() {
    Registry below = add("below");
    forward(server.registry(), "below", new Upstreams.Here(below), Upstream.Forward.RELEASED);
    publish("1.0.0-rc.1", "next");
    publish("1.0.0", "stable");
    settle();
    var document = server.get(ada, "/r/below/a").json();
    assertThat(document.at("/versions").size()).isEqualTo(1);
    assertThat(document.at("/dist-tags/stable").asText()).isEqualTo("1.0.0");
    assertThat(document.at("/versions/1.0.0/_npmUser/name").asText()).isEqualTo("ada");
    assertThat(server.audited("job:forward")).containsExactly("version.publish below/a@1.0.0");
  }

  @Test
  void comesToRestWhenRegistriesElsewhereForwardInACircle() {
    try (var other = TestingServer.start(Dialect.SQLITE)) {
      String ci = other.token("ada", Role.DEVELOPER);
      elsewhere(server, other, ci);
      elsewhere(other, server, ada);
      publish("1.0.0", "latest");
      settle();
      settle(other);
      settle();
      assertThat(other.get(ci, "/r/default/a").json().at("/versions").size()).isEqualTo(1);
      assertThat(server.get(ada, "/r/default/a").json().at("/versions").size()).isEqualTo(1);
    }
  }

  @Test
  void keepsWhatTheUpstreamWillNeverTakeWithTheReason() {
    Registry below = add("below");
    byte[] others = PackageBuilder.named("a").version("1.0.0").file("other.js", "1").publishBody();
    assertThat(server.put(ada, "/r/below/a", others).status()).isEqualTo(201);
    forward(server.registry(), "below", new Upstreams.Here(below), Upstream.Forward.ALL);
    server.change(server.registry(), overwriting());
    publish("1.0.0", "latest");
    settle();
    assertThat(jobs())
        .hasSize(1)
        .allMatch(failure -> failure.contains("is published here already"));
  }

  @Test
  void leavesAloneWhatNoLongerWantsIt() {
    Registry below = add("below");
    forward(server.registry(), "below", new Upstreams.Here(below), Upstream.Forward.NONE);
    publish("1.0.0", "latest");
    assertThat(jobs()).isEmpty();
    assertThat(server.get(ada, "/r/below/a").status()).isEqualTo(404);
  }

  @Test
  void keepsWhatIsWithheldUntilItIsNot() {
    Registry below = add("below");
    server.operate("", "quarantine", "add", "default", "a@1.0.0", "--reason", "Odd");
    forward(server.registry(), "below", new Upstreams.Here(below), Upstream.Forward.ALL);
    publish("1.0.0", "latest");
    long end = System.nanoTime() + 30_000_000_000L;
    while (jobs().stream().noneMatch(failure -> failure.contains("a@1.0.0 is withheld here"))) {
      assertThat(System.nanoTime()).as("the end of waiting for " + jobs()).isLessThan(end);
      Thread.onSpinWait();
    }
    assertThat(server.get(ada, "/r/below/a").status()).isEqualTo(404);
    assertThat(open(server)).isEqualTo(1);
  }

  private static Registry.Settings overwriting() {
    return new Registry.Settings(Registry.Kind.STANDARD, false, true, false, false, List.of());
  }

  private Registry add(String name) {
    return server.addRegistry(name, Registry.Settings.of(Registry.Kind.STANDARD));
  }

  private void forward(
      Registry from, String name, Upstreams.Target target, Upstream.Forward forward) {
    server
        .services()
        .upstreams()
        .add(OPERATOR, from, name, target, new Upstreams.Options(false, true, forward));
  }

  private static void elsewhere(TestingServer from, TestingServer to, String token) {
    var target =
        new Upstreams.External(URI.create(to.url() + "/r/default/"), new Credential.Bearer(token));
    from.services()
        .upstreams()
        .add(
            OPERATOR,
            from.registry(),
            "elsewhere",
            target,
            new Upstreams.Options(false, true, Upstream.Forward.ALL));
  }

  private void publish(String version, String tag) {
    byte[] body = PackageBuilder.named("a").version(version).tag(tag).publishBody();
    assertThat(server.put(ada, "/r/default/a", body).status()).isEqualTo(201);
  }

  private void settle() {
    settle(server);
  }

  /// Waits until no job is left but those that were given up.
  private static void settle(TestingServer server) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (open(server) > 0) {
      assertThat(System.nanoTime()).as("the end of waiting").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static int open(TestingServer server) {
    return server
        .services()
        .database()
        .read(handle ->
            handle
                .createQuery(
                    "SELECT COUNT(*) FROM job WHERE kind = 'forward' AND due < " + Long.MAX_VALUE)
                .mapTo(Integer.class)
                .one());
  }

  private List<String> jobs() {
    return server
        .services()
        .database()
        .read(handle ->
            handle
                .createQuery("SELECT COALESCE(failure, 'open') FROM job WHERE kind = 'forward'")
                .mapTo(String.class)
                .list());
  }
}
