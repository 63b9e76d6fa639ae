package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Run;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What one client publishes, the others see, install and run.
final class PublishIT extends OnStage {
  @ParameterizedTest(name = "{0}")
  @MethodSource("publishers")
  void publishesAPackageThatAnotherClientInstalls(Client client) {
    String name = "plain-" + client.id();
    publish(client, name, "1.0.0", "latest");
    installsAndLoads(client.next(Verb.ADD), name, "^1.0.0", name + "@1.0.0");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("publishers")
  void publishesAScopedPackageUnderATag(Client client) {
    String name = "@e2e/scoped-" + client.id();
    publish(client, name, "1.0.0", "latest");
    publish(client, name, "2.0.0", "next");
    Client other = client.next(Verb.ADD).next(Verb.ADD);
    installsAndLoads(other, name, "next", name + "@2.0.0");
    installsAndLoads(other, name, "latest", name + "@1.0.0");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("publishers")
  void refusesOtherBytesForAPublishedVersion(Client client) {
    String name = "fixed-" + client.id();
    publish(client, name, "1.0.0", "latest");
    Seat seat = stage().seat(client);
    Path source = Projects.source(stage().directory("source"), seat, name, "1.0.0");
    Projects.write(source, "index.js", "module.exports = 'something else';\n");
    seat.run(source, Verb.PUBLISH, "latest", "public").refused();
    installsAndLoads(client.next(Verb.ADD), name, "1.0.0", name + "@1.0.0");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("executors")
  void runsTheBinaryOfAPublishedPackage(Client client) {
    String name = "@e2e/binary-" + client.id();
    stage().publish(name, "1.2.3");
    Path project = Projects.empty(stage().directory("project"), client);
    Run run = stage().seat(client).withoutAgeGate().run(project, Verb.EXEC, name, "1.2.3");
    assertThat(run.ok().out()).contains(name + "@1.2.3");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("updaters")
  void seesANewVersionAndUpdatesToIt(Client client) {
    String name = "growing-" + client.id();
    stage().publish(name, "1.0.0");
    Seat seat = stage().seat(client).withoutAgeGate();
    Path project = Projects.empty(stage().directory("project"), client);
    seat.run(project, Verb.ADD, name, "^1.0.0").ok();
    stage().publish(name, "1.1.0");
    seat.withEmptyCaches();
    if (client.has(Verb.OUTDATED)) {
      assertThat(seat.run(project, Verb.OUTDATED).out()).contains(name).contains("1.1.0");
    }
    seat.run(project, Verb.UPDATE, name).ok();
    assertThat(Projects.dependencies(project)).contains(name + "@1.1.0");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("comparers")
  void comparesTwoVersions(Client client) {
    String name = "@e2e/compared-" + client.id();
    stage().publish(name, "1.0.0");
    stage().publish(name, "1.0.1");
    Path project = Projects.empty(stage().directory("project"), client);
    Run run = stage().seat(client).withoutAgeGate().run(project, Verb.DIFF, name, "1.0.0", "1.0.1");
    assertThat(run.ok().out())
        .contains("-module.exports = '" + name + "@1.0.0'")
        .contains("+module.exports = '" + name + "@1.0.1'");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fetchers")
  void fetchesATarball(Client client) {
    String name = "@e2e/fetched-" + client.id();
    stage().publish(name, "1.0.0");
    Path project = stage().directory("project");
    stage().seat(client).run(project, Verb.PACK, name, "1.0.0").ok();
    assertThat(project.resolve("e2e-fetched-" + client.id() + "-1.0.0.tgz")).isNotEmptyFile();
  }

  static Stream<Client> publishers() {
    return Client.having(Verb.PUBLISH);
  }

  static Stream<Client> executors() {
    return Client.having(Verb.EXEC);
  }

  static Stream<Client> updaters() {
    return Client.having(Verb.ADD, Verb.UPDATE);
  }

  static Stream<Client> comparers() {
    return Client.having(Verb.DIFF);
  }

  static Stream<Client> fetchers() {
    return Client.having(Verb.PACK);
  }

  private void publish(Client client, String name, String version, String tag) {
    Seat seat = stage().seat(client);
    Path source = Projects.source(stage().directory("source"), seat, name, version);
    seat.run(source, Verb.PUBLISH, tag, "public").ok();
  }

  private void installsAndLoads(Client client, String name, String range, String expected) {
    Seat seat = stage().seat(client).withoutAgeGate();
    Path project = Projects.empty(stage().directory("project"), client);
    seat.run(project, Verb.ADD, name, range).ok();
    Run run = seat.execute(project, List.of("node", "-p", "require('" + name + "')"));
    assertThat(run.ok().out()).isEqualToIgnoringNewLines(expected);
  }
}
