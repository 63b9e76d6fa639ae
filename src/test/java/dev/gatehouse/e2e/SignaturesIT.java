package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Run;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingRegistryKey;
import dev.gatehouse.testing.TestingUpstream;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What clients make of signatures in `mixed`, which draws from three sources: what is hosted in
/// `default`, a registry that signs, and one that does not.
@TestInstance(Lifecycle.PER_CLASS)
final class SignaturesIT {
  private static final String MIXED = "/r/mixed";
  private static final String KEYS = "/-/npm/v1/keys";

  private final TestingUpstream signing = TestingUpstream.start();
  private final TestingUpstream silent = TestingUpstream.start();
  private final TestingRegistryKey key = TestingRegistryKey.generate();
  private SigstoreStandIn sigstore;
  private Stage stage;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    sigstore = new SigstoreStandIn(directory);
    stage = new Stage(directory);
    operate("registry", "create", "mixed", "--upstream", "registry:default");
    operate("upstream", "add", "mixed", signing.url().toString(), "--name", "signing");
    operate("upstream", "add", "mixed", silent.url().toString(), "--name", "silent");
    signing.at(KEYS).body(key.listed(null));
    TestingPackument.of("signed-there").version("1.0.0").signedBy(key).putAt(signing);
    TestingPackument.of("tampered")
        .version("1.0.0")
        .signedBy(key)
        .dist("1.0.0", SignaturesIT::flip)
        .putAt(signing);
    TestingPackument.of("plain").version("1.0.0").putAt(silent);
    stage.publish("signed-here", "1.0.0");
  }

  @AfterAll
  void stop() {
    stage.close();
    sigstore.close();
    signing.close();
    silent.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("checkers")
  void aMixedTreeIsGreen(Client client) {
    Seat seat = seat(client);
    Path project = Projects.empty(stage.directory("project"), client);
    for (String name : new String[] {"signed-here", "signed-there", "plain"}) {
      seat.run(project, Verb.ADD, name, "1.0.0").ok();
    }

    Run audit = seat.run(project, Verb.AUDIT_SIGNATURES).ok();

    assertThat(audit.text()).contains("3 packages").contains("verified").doesNotContain("missing");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("checkers")
  void oneFlippedByteIsRed(Client client) {
    Seat seat = seat(client);
    Path project = Projects.empty(stage.directory("project"), client);
    seat.run(project, Verb.ADD, "tampered", "1.0.0").ok();

    Run audit = seat.run(project, Verb.AUDIT_SIGNATURES);

    assertThat(audit.exit()).isNotZero();
    assertThat(audit.text()).contains("tampered@1.0.0").containsIgnoringCase("invalid");
  }

  static Stream<Client> checkers() {
    return Client.inThisRun().filter(client -> client.has(Verb.AUDIT_SIGNATURES));
  }

  private static void flip(ObjectNode dist) {
    String sig = dist.at("/signatures/0/sig").asText();
    char other = sig.charAt(40) == 'A' ? 'B' : 'A';
    ((ObjectNode) dist.at("/signatures/0"))
        .put("sig", sig.substring(0, 40) + other + sig.substring(41));
  }

  private Seat seat(Client client) {
    Path home = stage.directory("home-" + client.id());
    Seat seat =
        Seat.with(
            client,
            home,
            stage.server().url(MIXED + "/").toString(),
            stage.token("ann"),
            sigstore.port());
    return sigstore.trustedBy(seat.withoutAgeGate());
  }

  private void operate(String... words) {
    stage.server().operator("", words).ok();
  }
}
