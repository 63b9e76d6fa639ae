package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.clients.Answer;
import dev.gatehouse.e2e.clients.Client;
import dev.gatehouse.e2e.clients.Run;
import dev.gatehouse.e2e.clients.Seat;
import dev.gatehouse.e2e.clients.Verb;
import dev.gatehouse.testing.TestingAuthenticator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who a client says that it is: by logging in on a terminal, and by a token in its configuration.
final class LoginIT extends OnStage {
  private static final Pattern CODE = Pattern.compile("([0-9]{4} ){5}[0-9]{4}");
  private static final Pattern TOKEN = Pattern.compile("uthToken[=:]\\s*\"?([^\\s\"]+)");

  /// How other clients than npm publish that take a code.
  private static final Map<Client, String> PUBLISH =
      Map.of(
          Client.YARN_4,
          "yarn npm publish",
          Client.PNPM_9,
          "pnpm publish --no-git-checks",
          Client.PNPM_12,
          "pnpm publish --no-git-checks",
          Client.BUN,
          "bun publish");

  /// Codes of otto's that work once each, in place of what an app shows twice a minute.
  private final Deque<String> recoveryCodes = new ArrayDeque<>();

  private Session ottosBrowser;

  @BeforeAll
  void prepare() {
    stage().publish("for-members", "1.0.0");
    stage().token("otto");
    stage().server().addUser("olga", "owner", Stage.PASSWORD);
    String prove = "{\"password\":\"" + Stage.PASSWORD + "\"}";
    Session otto = Session.of(stage().server(), "otto");
    String started = otto.api("POST", "me/second-factor", prove).body();
    var app = new TestingAuthenticator(started.replaceFirst(".*\"secret\":\"(\\w+)\".*", "$1"));
    String code = "{\"code\":\"" + app.code(Instant.now()) + "\"}";
    String codes = otto.api("PUT", "me/second-factor", code).body();
    CODE.matcher(codes).results().map(MatchResult::group).forEach(recoveryCodes::add);
    assertThat(recoveryCodes).as(codes).hasSize(10);
    ottosBrowser = otto;
    Session olga = Session.of(stage().server(), "olga");
    olga.api("POST", "registries", "{\"name\":\"attended\"}");
    String asks = olga.api("PATCH", "registries/attended", "{\"secondFactor\":true}").body();
    assertThat(asks).contains("\"secondFactor\":true");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsThatLogIn")
  void logsInOnATerminalIsKnownAndLogsOut(Client client) throws Exception {
    Seat seat = stage().seatWithoutToken(client);
    Path project = Projects.empty(stage().directory("project"), client);
    seat.run(project, Verb.WHOAMI).refused();

    logIn(seat, project, Stage.PASSWORD).ok();
    String token = tokenUnderTheRegistrysKey(seat);
    assertThat(seat.run(project, Verb.WHOAMI).ok().out()).contains("ann");
    assertThat(whoami(token)).isEqualTo(200);

    seat.run(project, Verb.LOGOUT).ok();
    seat.run(project, Verb.WHOAMI).refused();
    boolean tellsTheServer = client != Client.YARN_4; // it forgets the token, no more
    assertThat(whoami(token)).isEqualTo(tellsTheServer ? 401 : 200);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsThatLogIn")
  void refusesAWrongPassword(Client client) {
    Seat seat = stage().seatWithoutToken(client);
    Path project = Projects.empty(stage().directory("project"), client);
    logIn(seat, project, "not " + Stage.PASSWORD).refused();
    seat.run(project, Verb.WHOAMI).refused();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsThatLogInByTheBrowser")
  void logsInByTheBrowserAndIsKnown(Client client) throws Exception {
    Seat seat = stage().seatWithoutToken(client);
    Path project = Projects.empty(stage().directory("project"), client);
    seat.logInByBrowser(project, ann()::letIn).ok();
    assertThat(whoami(tokenUnderTheRegistrysKey(seat))).isEqualTo(200);
    assertThat(seat.run(project, Verb.WHOAMI).ok().out()).contains("ann");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("npms")
  void publishesWithASecondFactorWhereARegistryAsksForIt(Client client) {
    Seat seat = stage().seatAt("/r/attended", client, stage().token("otto"));
    String name = "@e2e/attended-by-" + client.id();
    Path first = Projects.source(stage().directory("source"), seat, name, "1.0.0");
    Run refused = seat.run(first, Verb.PUBLISH, "latest", "restricted");
    refused.refused();
    assertThat(refused.err()).contains("EOTP").contains("one-time password");

    seat.byBrowser(first, this::confirm, Verb.PUBLISH, "latest", "restricted").ok();
    Path second = Projects.source(stage().directory("source"), seat, name, "1.1.0");
    // Its own prompt takes nothing but digits.
    seat.withVariable("npm_config_otp", code())
        .run(second, Verb.PUBLISH, "latest", "restricted")
        .ok();
    seat.withVariable("npm_config_otp", code()).run(first, Verb.TAG_ADD, name, "1.0.0", "old").ok();
    assertThat(seat.run(first, Verb.TAG_LIST, name).ok().out())
        .contains("latest: 1.1.0")
        .contains("old: 1.0.0");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("othersThatPublish")
  void publishesWithACodeGivenAlongWhereARegistryAsksForIt(Client client) {
    Seat seat = stage().seatAt("/r/attended", client, stage().token("otto"));
    String name = "@e2e/attended-by-" + client.id();
    Path source = Projects.source(stage().directory("source"), seat, name, "1.0.0");
    List<String> words =
        new ArrayList<>(List.of(Objects.requireNonNull(PUBLISH.get(client)).split(" ")));
    words.add("--otp");
    words.add("000000");
    seat.execute(source, words).refused();
    words.set(words.size() - 1, code());
    seat.execute(source, words).ok();
    stage().server().awaitStatus(200, "/r/attended/" + name + "/1.0.0", stage().token("otto"));
  }

  /// A code of otto's that has not been used. The last one draws others.
  private String code() {
    String code = recoveryCodes.remove();
    if (!recoveryCodes.isEmpty()) {
      return code;
    }
    String body = "{\"code\":\"" + code + "\"}";
    String drawn = ottosBrowser.api("POST", "me/second-factor/recovery-codes", body).body();
    CODE.matcher(drawn).results().map(MatchResult::group).forEach(recoveryCodes::add);
    return recoveryCodes.remove();
  }

  /// What otto does in the browser that he has signed in with.
  private void confirm(String address) {
    String secret = address.substring(address.lastIndexOf('/') + 1);
    String body = "{\"allow\":true,\"code\":\"" + code() + "\"}";
    HttpResponse<String> done = ottosBrowser.api("POST", "confirmations/" + secret, body);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsThatLogIn")
  void logsInByThePasswordOfASession(Client client) throws Exception {
    Seat seat = stage().seatWithoutToken(client);
    Path project = Projects.empty(stage().directory("project"), client);
    String answer = ann().api("POST", "session/password", "{}").body();
    String password = answer.replaceFirst(".*\"password\":\"([^\"]+)\".*", "$1");
    logIn(seat, project, "gatehouse", password).ok();
    assertThat(whoami(tokenUnderTheRegistrysKey(seat))).isEqualTo(200);
    assertThat(seat.run(project, Verb.WHOAMI).ok().out()).contains("ann");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.e2e.clients.Client#inThisRun")
  void getsNothingWithoutAToken(Client client) {
    Seat seat = stage().seatWithoutToken(client).withoutAgeGate();
    Path project = Projects.empty(stage().directory("project"), client);
    seat.run(project, Verb.ADD, "for-members", "1.0.0").refused();
    assertThat(project.resolve("node_modules/for-members")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsThatAskWhoTheyAre")
  void isKnownByTheTokenInItsConfiguration(Client client) {
    Path project = Projects.empty(stage().directory("project"), client);
    assertThat(stage().seat(client, "bob").run(project, Verb.WHOAMI).ok().out()).contains("bob");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsThatPing")
  void pings(Client client) {
    Path project = Projects.empty(stage().directory("project"), client);
    stage().seat(client).run(project, Verb.PING).ok();
  }

  static Stream<Client> clientsThatLogIn() {
    return Client.inThisRun().filter(client -> client.has(Verb.LOGIN));
  }

  static Stream<Client> clientsThatLogInByTheBrowser() {
    Stream<Client> chosen = Client.having(Verb.WEB_LOGIN);
    // The first npm that has it logs in so in every run.
    return Client.isFullRun() ? chosen : Stream.concat(Stream.of(Client.NPM_9), chosen);
  }

  static Stream<Client> npms() {
    return Client.having(Verb.PUBLISH).filter(client -> client.id().startsWith("npm"));
  }

  static Stream<Client> othersThatPublish() {
    return Client.having(Verb.PUBLISH).filter(PUBLISH::containsKey);
  }

  static Stream<Client> clientsThatAskWhoTheyAre() {
    return Client.having(Verb.WHOAMI);
  }

  static Stream<Client> clientsThatPing() {
    return Client.having(Verb.PING);
  }

  private Session ann() {
    return Session.of(stage().server(), "ann");
  }

  private static Run logIn(Seat seat, Path project, String password) {
    return logIn(seat, project, "ann", password);
  }

  private static Run logIn(Seat seat, Path project, String name, String password) {
    return seat.converse(
        project,
        List.of(
            new Answer("sername", name),
            new Answer("assword", password),
            new Answer("mail", "ann@mail.test")),
        Verb.LOGIN);
  }

  /// The token that logging in left, which has to stand under the registry's own key.
  private static String tokenUnderTheRegistrysKey(Seat seat) {
    String key = seat.registry().replaceFirst("^http:", "").replaceFirst("/$", "");
    String text =
        seat.read(".npmrc") + seat.read(".yarnrc.yml") + seat.read(".config/pnpm/auth.ini");
    assertThat(text).contains(key);
    Matcher token = TOKEN.matcher(text);
    assertThat(token.find()).as(text).isTrue();
    return token.group(1);
  }

  private int whoami(String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(stage().server().url("/r/default/-/whoami"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
