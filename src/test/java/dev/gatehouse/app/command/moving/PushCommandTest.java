package dev.gatehouse.app.command.moving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.app.Main;
import dev.gatehouse.app.command.OperatorContext;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.testing.TestingUpstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pushes from one server to a registry of its own, and to another server.
final class PushCommandTest {
  private static final byte[] TARBALL = pack("1.0.0").tarball();

  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private final String ada = server.token("ada", Role.DEVELOPER);

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void publish() {
    server.addRegistry("released", Registry.Settings.of(Registry.Kind.STANDARD));
    ok(run("", "upstream", "add", "default", "registry:released", "--name", "below", "--push"));
    assertThat(server.put(ada, "/r/default/a", pack("1.0.0").publishBody()).status())
        .isEqualTo(201);
  }

  @Test
  void pushesTheSameBytesToAnotherRegistryHere() {
    Outcome pushed = ok(run("", "push", "default", "a@1.0.0", "below", "--tag", "stable"));
    assertThat(pushed.out())
        .isEqualTo("\"below\" has a@1.0.0 now, %s.%n".formatted(TestingPackage.integrity(TARBALL)));
    TestingReply document = eventually("/r/released/a");
    assertThat(document.json().at("/dist-tags/stable").asText()).isEqualTo("1.0.0");
    assertThat(document.json().at("/dist-tags/latest").isMissingNode()).isFalse();
    assertThat(document.json().at("/versions/1.0.0/dist/integrity").asText())
        .isEqualTo(TestingPackage.integrity(TARBALL));
    assertThat(document.json().at("/versions/1.0.0/_npmUser/name").asText()).isEqualTo("ada");
    assertThat(server.get(ada, "/r/released/a/-/a-1.0.0.tgz").body()).isEqualTo(TARBALL);
    assertThat(server.audited("operator")).contains("version.publish released/a@1.0.0");
    assertThat(ok(run("", "push", "default", "a@1.0.0", "below")).out())
        .contains("\"below\" had a@1.0.0 already")
        .contains("nothing was changed");
    assertThat(server.audited("operator").stream().filter(one -> one.startsWith("version.")))
        .hasSize(1);
  }

  @Test
  void pushesNothingThatIsWithheld() {
    ok(run("", "quarantine", "add", "default", "a@1.0.0", "--reason", "Odd"));
    for (List<String> how : List.of(List.<String>of(), List.of("--as", "2.0.0"))) {
      List<String> words = new ArrayList<>(List.of("push", "default", "a@1.0.0", "below"));
      words.addAll(how);
      Outcome refused = run("", words.toArray(String[]::new));
      assertThat(refused.code()).isNotZero();
      assertThat(refused.err()).contains("a@1.0.0 is withheld here").contains("Odd");
    }
    assertThat(server.get(ada, "/r/released/a").status()).isEqualTo(404);
  }

  @Test
  void pushesUnderAnotherNumberAndRecordsWhereItComesFrom() {
    ok(run("", "push", "default", "a@1.0.0", "below", "--as", "2.0.0-rc.1", "--tag", "next"));
    TestingReply document = eventually("/r/released/a");
    String integrity = document.json().at("/versions/2.0.0-rc.1/dist/integrity").asText();
    byte[] tarball = server.get(ada, "/r/released/a/-/a-2.0.0-rc.1.tgz").body();
    assertThat(integrity)
        .isEqualTo(TestingPackage.integrity(tarball))
        .isNotEqualTo(TestingPackage.integrity(TARBALL));
    assertThat(document.json().at("/versions/2.0.0-rc.1/version").asText()).isEqualTo("2.0.0-rc.1");
    long released = server.registry("released").id();
    assertThat(server.services().packages().find(released, "a"))
        .isNotNull()
        .satisfies(holding ->
            assertThat(holding.version("2.0.0-rc.1"))
                .isNotNull()
                .satisfies(
                    version -> assertThat(version.derivedFrom()).isEqualTo("default:a@1.0.0")));
    assertThat(ok(run("", "push", "default", "a@1.0.0", "below", "--as", "2.0.0-rc.1")).out())
        .contains("already");
  }

  @Test
  void pushesToAServerElsewhereWithItsToken() {
    try (var other = TestingServer.start(Dialect.SQLITE)) {
      String token = other.token("ci", Role.DEVELOPER);
      addElsewhere(other, token, "there");
      ok(run("", "push", "default", "a@1.0.0", "there"));
      assertThat(other.get(token, "/r/default/a/-/a-1.0.0.tgz").body()).isEqualTo(TARBALL);
      TestingReply document = other.get(token, "/r/default/a");
      assertThat(document.json().at("/versions/1.0.0/_npmUser/name").asText()).isEqualTo("ci");
      assertThat(document.json().at("/dist-tags/latest").asText()).isEqualTo("1.0.0");
      assertThat(ok(run("", "push", "default", "a@1.0.0", "there")).out()).contains("already");
      assertThat(server.audited("operator"))
          .containsOnlyOnce(
              "version.push default/a@1.0.0", "version.push-accepted default/a@1.0.0");
      byte[] others = pack("1.1.0").file("other.js", "1").publishBody();
      assertThat(other.put(token, "/r/default/a", others).status()).isEqualTo(201);
      ok(run("", "push", "default", "a@1.0.0", "there", "--as", "1.2.0", "--tag", "beta"));
      assertThat(other.get(token, "/r/default/a").json().at("/dist-tags/beta").asText())
          .isEqualTo("1.2.0");
      assertThat(server.put(ada, "/r/default/a", pack("1.1.0").publishBody()).status())
          .isEqualTo(201);
      Outcome refused = run("", "push", "default", "a@1.1.0", "there");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err())
          .contains("\"there\" has version 1.1.0 of a already, with other bytes");
    }
  }

  @Test
  void sendsProvenanceAlongToAServerElsewhere() {
    ObjectNode document = pack("1.5.0").publishDocument();
    PackageBuilder.attachProvenance(document, pack("1.5.0").tarball());
    assertThat(server.put(ada, "/r/default/a", document.toString()).status()).isEqualTo(201);
    String bundle = server.get(ada, "/r/default/-/npm/v1/attestations/a@1.5.0").text();
    assertThat(bundle).contains("dsseEnvelope");
    try (var other = TestingServer.start(Dialect.SQLITE)) {
      String token = other.token("ci", Role.DEVELOPER);
      addElsewhere(other, token, "there");
      ok(run("", "push", "default", "a@1.5.0", "there"));
      assertThat(other.get(token, "/r/default/-/npm/v1/attestations/a@1.5.0").text())
          .isEqualTo(bundle);
      ok(run("", "push", "default", "a@1.5.0", "there", "--as", "1.6.0"));
      assertThat(other.get(token, "/r/default/-/npm/v1/attestations/a@1.6.0").status())
          .isEqualTo(404);
    }
  }

  @Test
  void promotesAVersionFromTheStoreAndKeepsItsNameMixed() {
    var leftPad = TestingPackage.of("left-pad", "1.0.0");
    leftPad.putAt(server.upstream());
    assertThat(run("", "push", "default", "left-pad@1.0.0", "below").err())
        .startsWith("left-pad@1.0.0 is neither hosted in \"default\" nor in its store");

    ok(run("", "pull", "default", "left-pad@1.0.0"));
    ok(run("", "push", "default", "left-pad@1.0.0", "below"));
    assertThat(eventually("/r/released/left-pad").json().at("/versions/1.0.0/dist/integrity"))
        .isEqualTo(eventually("/r/default/left-pad").json().at("/versions/1.0.0/dist/integrity"));
    assertThat(server.get(ada, "/r/released/left-pad/-/left-pad-1.0.0.tgz").body())
        .isEqualTo(leftPad.tarball());
    assertThat(server.audited("operator")).contains("version.publish released/left-pad@1.0.0");
    assertThat(ok(run("", "push", "default", "left-pad@1.0.0", "below")).out()).contains("already");
    assertThat(server.services().packages().find(server.registry("released").id(), "left-pad"))
        .isNotNull()
        .satisfies(holding -> assertThat(holding.hosted().internal()).isFalse());
  }

  @Test
  void promotesToAServerElsewhereWhatCameFromAnother() {
    var leftPad = TestingPackage.of("left-pad", "1.0.0");
    leftPad.putAt(server.upstream());
    ok(run("", "pull", "default", "left-pad@1.0.0"));
    try (var other = TestingServer.start(Dialect.SQLITE)) {
      String token = other.token("ci", Role.DEVELOPER);
      addElsewhere(other, token, "there");
      ok(run("", "push", "default", "left-pad@1.0.0", "there"));
      assertThat(other.get(token, "/r/default/left-pad/-/left-pad-1.0.0.tgz").body())
          .isEqualTo(leftPad.tarball());
    }
  }

  /// Whoever is killed between the upstream's answer and the next row has left the first one.
  @Test
  void isInTheTrailBeforeTheUpstreamHasIt() throws Exception {
    var held = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var other = TestingUpstream.start()) {
      other.next("/a").status(404);
      other.at("/a").status(201).holdUntil(held);
      ok(run("", "upstream", "add", "default", other.url() + "", "--name", "slow", "--push"));
      Future<Outcome> pushed = threads.submit(() -> run("", "push", "default", "a@1.0.0", "slow"));
      other.awaitRequests("/a", 2);
      assertThat(server.audited("operator")).endsWith("version.push default/a@1.0.0");
      held.countDown();
      ok(pushed.get());
      assertThat(server.audited("operator")).endsWith("version.push-accepted default/a@1.0.0");
    }
  }

  @Test
  void notesThatNobodyAnswered() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port + "/";
    ok(run("", "upstream", "add", "default", url, "--name", "gone", "--push"));
    assertThat(run("", "push", "default", "a@1.0.0", "gone").code()).isEqualTo(1);
    assertThat(server.audited("operator"))
        .endsWith("version.push default/a@1.0.0", "version.push-unanswered default/a@1.0.0");
  }

  @Test
  void repeatsWhatARegistryElsewhereSaysWhenItRefuses() {
    try (var other = TestingServer.start(Dialect.SQLITE)) {
      addElsewhere(other, other.token("reader", Role.READ_ONLY), "there");
      assertThat(run("", "push", "default", "a@1.0.0", "there").err())
          .startsWith("\"there\" did not take a@1.0.0. ")
          .contains("may not publish packages");
      assertThat(server.audited("operator"))
          .endsWith("version.push default/a@1.0.0", "version.push-refused default/a@1.0.0");
    }
  }

  @Test
  void refusesWhatCannotBePushedInAnExactSentence() {
    assertThat(run("", "push", "default", "a@7.0.0", "below").err())
        .isEqualTo(
            "a@7.0.0 is neither hosted in \"default\" nor in its store: publish it there, or bring"
                + " it in by `gatehouse pull`.\n");
    assertThat(run("", "push", "default", "b@1.0.0", "below").err()).contains("is neither hosted");
    assertThat(run("", "push", "default", "a@1.0.0", "public").err())
        .isEqualTo(
            "The upstream \"public\" of \"default\" does not accept pushes: add it again with"
                + " --push.\n");
    assertThat(run("", "push", "default", "a@1.0.0", "nowhere").err())
        .contains("\"default\" has no upstream \"nowhere\".");
    assertThat(run("", "push", "default", "a@latest", "below").err())
        .contains("\"latest\" is no version");
    byte[] others = pack("1.0.0").file("other.js", "1").publishBody();
    assertThat(server.put(ada, "/r/released/a", others).status()).isEqualTo(201);
    assertThat(run("", "push", "default", "a@1.0.0", "below").err())
        .contains("Version 1.0.0 of a is published here already");
    ok(run("", "registry", "archive", "released"));
    assertThat(run("", "push", "default", "a@1.0.0", "below").err()).contains("is archived");
  }

  private void addElsewhere(TestingServer other, String token, String name) {
    String url = other.url() + "/r/default/";
    ok(
        run(
            token + "\n",
            "upstream",
            "add",
            "default",
            url,
            "--name",
            name,
            "--push",
            "--bearer-stdin"));
  }

  /// A document that another process has changed: the server notices within two seconds.
  private TestingReply eventually(String path) {
    long end = System.nanoTime() + 30_000_000_000L;
    TestingReply reply = server.get(ada, path);
    while (reply.status() == 404 && System.nanoTime() < end) {
      reply = server.get(ada, path);
    }
    assertThat(reply.status()).isEqualTo(200);
    return reply;
  }

  private static PackageBuilder pack(String version) {
    return PackageBuilder.named("a").version(version).file("index.js", "1");
  }

  private static Outcome ok(Outcome outcome) {
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private Outcome run(String input, String... arguments) {
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine(new OperatorContext(Clock.systemUTC(), in, server.environment()))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }
}
