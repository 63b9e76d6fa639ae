package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Run;
import dev.gatehouse.e2e.clients.Verb;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What clients find, and no longer find once it was taken back.
final class FindIT extends OnStage {
  @BeforeAll
  void prepare() {
    stage().publish("@e2e/findable", "1.0.0");
    stage().publish("@e2e/findable", "1.1.0");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("viewers")
  void showsAPackage(Client client) {
    assertThat(run(client, Verb.VIEW, "@e2e/findable").ok().out())
        .contains("@e2e/findable")
        .contains("1.1.0")
        .contains("findable as quincunx");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("viewers")
  void saysThatAPackageDoesNotExist(Client client) {
    findsNothing(client, "@e2e/nowhere");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("searchers")
  void findsAPackageByAWordOfItsDescription(Client client) {
    assertThat(run(client, Verb.SEARCH, "quincunx").ok().out()).contains("@e2e/findable");
    assertThat(run(client, Verb.SEARCH, "quincunxes-galore").out()).doesNotContain("@e2e/findable");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("takersBack")
  void unpublishesAVersion(Client client) {
    String name = "@e2e/shorter-" + client.id();
    stage().publish(name, "1.0.0");
    stage().publish(name, "1.1.0");
    run(client, Verb.UNPUBLISH_VERSION, name, "1.1.0").ok();
    stage().server().restart();
    Client.having(Verb.VIEW)
        .forEach(reader ->
            assertThat(run(reader, Verb.VIEW, name).ok().out())
                .contains("1.0.0")
                .doesNotContain("\"1.1.0\""));
    run(client.next(Verb.ADD), Verb.ADD, name, "1.1.0").refused();
    run(client.next(Verb.ADD), Verb.ADD, name, "latest").ok();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("takersBack")
  void unpublishesAPackage(Client client) {
    String name = "short-lived-" + client.id();
    stage().publish(name, "1.0.0");
    run(client, Verb.UNPUBLISH, name).ok();
    findsNothing(client.next(Verb.VIEW), name);
    stage().server().restart();
    findsNothing(client, name);
    findsNothing(client.next(Verb.VIEW), name);
  }

  static Stream<Client> viewers() {
    return Client.having(Verb.VIEW);
  }

  static Stream<Client> searchers() {
    return Client.having(Verb.SEARCH);
  }

  static Stream<Client> takersBack() {
    return Client.having(Verb.UNPUBLISH, Verb.UNPUBLISH_VERSION);
  }

  /// yarn 1 prints an error for what does not exist, and exits as if all were well.
  private void findsNothing(Client client, String name) {
    Run run = run(client, Verb.VIEW, name);
    assertThat(run.text().toLowerCase(Locale.ROOT))
        .containsAnyOf("error", "not found")
        .doesNotContain("1.0.0");
    if (client != Client.YARN_1) {
      run.refused();
    }
  }

  private Run run(Client client, Verb verb, String... values) {
    Path project = Projects.empty(stage().directory("project"), client);
    return stage().seat(client).withoutAgeGate().run(project, verb, values);
  }
}
