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
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Who a client says that it is: by logging in on a terminal, and by a token in its configuration.
final class LoginIT extends OnStage {
  private static final Pattern CODE = Pattern.compile("([0-9]{4} ){5}[0-9]{4}");
  private static final Pattern TOKEN = Pattern.compile("uthToken[=:]\\s*\"?([^\\s\"]+)");

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
    seat.withVariable("npm_config_otp", recoveryCodes.remove())
        .run(second, Verb.PUBLISH, "latest", "restricted")
        .ok();
    seat.withVariable("npm_config_otp", recoveryCodes.remove())
        .run(first, Verb.TAG_ADD, name, "1.0.0", "old")
        .ok();
    assertThat(seat.run(first, Verb.TAG_LIST, name).ok().out())
        .contains("latest: 1.1.0")
        .contains("old: 1.0.0");
  }

  /// What otto does in the browser that he has signed in with.
  private void confirm(String address) {
    String secret = address.substring(address.lastIndexOf('/') + 1);
    String body = "{\"allow\":true,\"code\":\"" + recoveryCodes.remove() + "\"}";
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
  @EnumSource
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
    return Stream.of(Client.values()).filter(client -> client.has(Verb.LOGIN));
  }

  static Stream<Client> clientsThatLogInByTheBrowser() {
    return Client.having(Verb.WEB_LOGIN);
  }

  static Stream<Client> npms() {
    return Client.having(Verb.PUBLISH).filter(client -> client.id().startsWith("npm"));
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
