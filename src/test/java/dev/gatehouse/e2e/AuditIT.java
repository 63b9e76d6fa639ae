package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Run;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each client's audit says of advisories that are known here. `watch` draws from `default`
/// and withholds what an advisory names, which shows that the server has seen it; `open` is for
/// deno, whose audit sends no token.
final class AuditIT extends OnStage {
  @BeforeAll
  void watch() {
    Path feed = stage().directory("feed");
    Projects.write(feed, "ACME-unrelated.json", advisory("unrelated"));
    operate("", "advisories", "import", feed.toString());
    operate("", "registry", "create", "open", "--upstream", "registry:default", "--anonymous-read");
    operate("", "registry", "create", "watch", "--upstream", "registry:default");
    operate("", "policy", "set", "watch", "vulnerabilities", "enforce", "severity.high=block");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("auditors")
  void tellsOfAVersionThatAnAdvisoryNamesAndOfNoOther(Client client) {
    String name = "vulnerable-" + client.id();
    advise(name);
    Seat seat =
        (client == Client.DENO
                ? stage().seatWithoutTokenAt("/r/open", client)
                : stage().seat(client))
            .withoutAgeGate();
    Path project = Projects.empty(stage().directory("project"), client);

    seat.run(project, Verb.ADD, name, "1.0.0").ok();
    Run told = seat.run(project, Verb.AUDIT).refused();
    assertThat(told.text()).contains(name).containsIgnoringCase("high");

    seat.run(project, Verb.ADD, name, "1.0.1").ok();
    seat.run(project, Verb.AUDIT).ok();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("repairers")
  void bringsTheVersionInWhichItIsMended(Client client) {
    String name = "mended-" + client.id();
    advise(name);
    Seat seat = stage().seat(client).withoutAgeGate();
    Path project = Projects.empty(stage().directory("project"), client);
    seat.run(project, Verb.ADD, name, "1.0.0").ok();

    seat.run(project, Verb.AUDIT_FIX).ok();

    assertThat(Projects.dependencies(project)).containsExactly(name + "@1.0.1");
  }

  /// Publishes a version that an advisory names, and one that it does not.
  private void advise(String name) {
    stage().publish(name, "1.0.0");
    stage().publish(name, "1.0.1");
    operate(advisory(name), "advisories", "add", "-");
    stage().server().awaitStatus(403, "/r/watch/" + name + "/1.0.0", stage().token("ann"));
    stage().server().awaitStatus(200, "/r/watch/" + name + "/1.0.1", stage().token("ann"));
  }

  private static String advisory(String name) {
    return """
    {"schema_version":"1.7.0","id":"ACME-%1$s","modified":"2026-01-01T00:00:00Z",
     "summary":"Made up for %1$s",
     "affected":[{"package":{"ecosystem":"npm","name":"%1$s"},
       "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.1"}]}]}],
     "database_specific":{"severity":"HIGH"}}
    """
        .formatted(name);
  }

  private void operate(String input, String... words) {
    stage().server().operator(input, words).ok();
  }

  static Stream<Client> auditors() {
    return Client.having(Verb.AUDIT);
  }

  static Stream<Client> repairers() {
    return Client.having(Verb.AUDIT_FIX);
  }
}
