package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.ShownPage.Reach;
import dev.gatehouse.e2e.ShownPage.Step;
import dev.gatehouse.e2e.clients.Answer;
import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What *More info* shows, done as it stands there, on a machine that has the client and nothing
/// else.
final class MoreInfoIT extends OnStage {
  private static final String NOWHERE = "http://127.0.0.1:9/";

  private ShownPage page;

  @BeforeAll
  void read() throws Exception {
    stage().publish("express", "99.0.0");
    stage().publish("@acme/thing", "99.0.0");
    page = ShownPage.read(stage());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("clients")
  void installsAndPublishesWithAToken(Client client, Reach reach) {
    Seat seat = seat(client, reach);
    String name = (reach == Reach.SCOPE ? "@acme/" : "") + "shown-to-" + client.id();
    Path project = project(client, reach, name);
    for (Step step : page.steps(client, reach)) {
      if (!isLogin(step)) {
        follow(seat, project, step);
      }
    }
    assertInstalled(project, reach);
    if (client.has(Verb.PUBLISH)) {
      stage().server().awaitStatus(200, "/r/default/" + name + "/1.0.0", page.token());
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("clientsThatAskForAPassword")
  void installsWithTheSessionPassword(Client client, Reach reach) {
    Seat seat = seat(client, reach);
    Path project = project(client, reach, "shown");
    for (Step step : page.steps(client, reach)) {
      if (asksForAPassword(step)) {
        logIn(seat, project, step.text());
      } else if (isSetting(step)) {
        follow(seat, project, step);
      }
    }
    assertInstalled(project, reach);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("clientsThatOpenABrowser")
  void installsAfterLoggingInByTheBrowser(Client client, Reach reach) {
    Seat seat = seat(client, reach);
    Path project = project(client, reach, "shown");
    Session ann = Session.of(stage().server(), "ann");
    for (Step step : page.steps(client, reach)) {
      if (step.title().equals("Log in")) {
        seat.byBrowser(project, ann::letIn, step.text()).ok();
      } else if (isSetting(step)) {
        follow(seat, project, step);
      }
    }
    assertInstalled(project, reach);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("npms")
  void installsAndPublishesInBuilds(Client client, Reach reach) {
    Path made = project(client, reach, "built");
    stage().seat(client).run(made, Verb.INSTALL).ok();
    Path without = checkout(made, reach);
    seat(client, reach).execute(without, List.of("npm", "ci")).refused();
    List<BuildStep> builds = BuildStep.all(page.steps("CI", reach), page.token());
    assertThat(builds)
        .extracting(BuildStep::where)
        .containsExactly("GitHub Actions", "GitLab CI", "Jenkins", "Azure Pipelines", "Docker");
    for (BuildStep build : builds) {
      Path checkout = checkout(made, reach);
      Seat runner = seat(client, reach);
      build.environment().forEach(runner::withVariable);
      runner.execute(checkout, List.of("sh", "-c", build.line(runner))).ok();
      assertInstalled(checkout, reach);
    }
    String name = (reach == Reach.SCOPE ? "@acme/" : "") + "built-by-" + client.id();
    Path source = checkout(project(client, reach, name), reach);
    Seat runner = seat(client, reach).withVariable("GATEHOUSE_TOKEN", page.token());
    page.steps("CI", reach).stream()
        .filter(step -> step.title().equals("Publish"))
        .forEach(step -> follow(runner, source, step));
    stage().server().awaitStatus(200, "/r/default/" + name + "/1.0.0", page.token());
  }

  /// What a build checks out: with the file that the page says is to be committed.
  private Path checkout(Path project, Reach reach) {
    Path copy = Projects.clone(project, stage().directory("checkout"));
    for (Step step : page.steps("CI", reach)) {
      if (step.file() != null) {
        Projects.write(copy, step.file(), step.text() + "\n");
      }
    }
    return copy;
  }

  static Stream<Arguments> clients() {
    return inBothReaches(chosen());
  }

  static Stream<Arguments> clientsThatOpenABrowser() {
    return inBothReaches(chosen().filter(client -> client.has(Verb.WEB_LOGIN)));
  }

  /// Bun and deno do there what npm does for yarn 1, and pnpm 12 has no such login, as the page
  /// says.
  static Stream<Arguments> clientsThatAskForAPassword() {
    return inBothReaches(
        chosen()
            .filter(client -> client.has(Verb.LOGIN) || isLentNpm(client))
            .filter(
                client -> Client.isFullRun() || !Set.of(Client.BUN, Client.DENO).contains(client)));
  }

  static Stream<Arguments> npms() {
    return inBothReaches(chosen().filter(MoreInfoIT::isNpm))
        .filter(one -> Client.isFullRun() || one.get()[1] == Reach.ALL);
  }

  /// One npm is enough where there is little time.
  private static Stream<Client> chosen() {
    return Client.having(Verb.INSTALL)
        .filter(client -> Client.isFullRun() || client != Client.NPM_11);
  }

  private static boolean isNpm(Client client) {
    return client.id().startsWith("npm");
  }

  /// Those without a login that they could use take npm's.
  private static boolean isLentNpm(Client client) {
    return Set.of(Client.YARN_1, Client.BUN, Client.DENO).contains(client);
  }

  private static Stream<Arguments> inBothReaches(Stream<Client> clients) {
    return clients.flatMap(
        client -> Stream.of(Reach.values()).map(reach -> Arguments.of(client, reach)));
  }

  /// Where one scope comes from here, all else comes from a registry that does not answer.
  private Seat seat(Client client, Reach reach) {
    Seat seat = stage().bareSeat(client);
    if (reach == Reach.SCOPE) {
      seat.withVariable("npm_config_registry", NOWHERE)
          .withVariable("pnpm_config_registry", NOWHERE)
          .withVariable("npm_config_audit", "false");
    }
    return isLentNpm(client) ? seat.beside(Client.NPM_12) : seat;
  }

  /// A package's folder that needs another package.
  private Path project(Client client, Reach reach, String name) {
    Path project = Projects.empty(stage().directory("project"), client);
    Projects.write(
        project,
        "package.json",
        "{\"name\":\"%s\",\"version\":\"1.0.0\",\"license\":\"MIT\",\"dependencies\":{\"%s\":\"99.0.0\"}}\n"
            .formatted(name, needed(reach)));
    return project;
  }

  private static String needed(Reach reach) {
    return reach == Reach.ALL ? "express" : "@acme/thing";
  }

  private static boolean isLogin(Step step) {
    return step.title().startsWith("Log in") || step.title().startsWith("Or log in");
  }

  private static boolean asksForAPassword(Step step) {
    return isLogin(step) && !step.text().matches("p?npm login --registry .*");
  }

  /// What is done by whoever has logged in.
  private static boolean isSetting(Step step) {
    return !isLogin(step) && !Set.of("Or use a token", "Publish").contains(step.title());
  }

  private void logIn(Seat seat, Path project, String line) {
    List<Answer> answers =
        List.of(
            new Answer("sername", page.session().user()),
            new Answer("assword", page.session().password()),
            new Answer("mail", ""));
    seat.converse(project, answers, line).ok();
  }

  /// Does what a step says.
  private static void follow(Seat seat, Path project, Step step) {
    for (String text : step.texts()) {
      if (step.file() == null) {
        String line = text.replace("@acme/PACKAGE", "@acme/thing");
        seat.execute(project, List.of("sh", "-c", line)).ok();
      } else {
        seat.append(step.file().replaceFirst("^~/", ""), text + "\n");
      }
    }
  }

  private static void assertInstalled(Path project, Reach reach) {
    assertThat(Projects.dependencies(project)).contains(needed(reach) + "@99.0.0");
  }
}
