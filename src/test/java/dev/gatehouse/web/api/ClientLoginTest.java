package dev.gatehouse.web.api;

import static dev.gatehouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `-/v1/login`, and what the browser decides about it at `client-logins`.
@OnBothDatabases
final class ClientLoginTest {
  private static final String ALLOW = "{\"allow\":true}";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api ada;

  ClientLoginTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    ada = api.session("ada", Role.DEVELOPER);
  }

  /// What a client holds that has asked: the path that it goes on asking, and the browser's.
  private record Waiting(String done, String login) {
    static Waiting of(TestingServer server, String registry) {
      TestingReply reply =
          server.send(
              null, "POST", registry + "/-/v1/login", "{}".getBytes(StandardCharsets.UTF_8));
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(reply.header("cache-control")).isEqualTo("no-store");
      String done = reply.json().path("doneUrl").asText();
      String login = reply.json().path("loginUrl").asText();
      assertThat(done).startsWith(server.url() + registry + "/-/v1/login/");
      assertThat(login).startsWith(server.url() + registry.replaceFirst("/r/.*", "") + "/login/");
      return new Waiting(
          done.substring(server.url().length()),
          "client-logins/" + login.substring(login.lastIndexOf('/') + 1));
    }
  }

  private Waiting start() {
    return Waiting.of(server, "/r/default");
  }

  private TestingReply ask(Waiting waiting) {
    return server.get(null, waiting.done);
  }

  private String whoami(String token, String registry) {
    return server.get(token, registry + "/-/whoami").json().path("username").asText();
  }

  @Test
  void givesTheWaitingClientATokenOfWhoeverAllowsIt() {
    Waiting waiting = start();
    TestingReply before = ask(waiting);
    assertThat(before.status()).isEqualTo(202);
    assertThat(before.header("retry-after")).isEqualTo("1");

    assertThat(ada.post(waiting.login, ALLOW).status()).isEqualTo(204);
    TestingReply after = ask(waiting);
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.header("cache-control")).isEqualTo("no-store");
    String token = after.json().path("token").asText();
    assertThat(whoami(token, "/r/default")).isEqualTo("ada");
    server.restart();
    assertThat(whoami(token, "/r/default")).isEqualTo("ada");
  }

  @Test
  void givesItOnceHoweverManyAskAtOnce() throws Exception {
    Waiting waiting = start();
    ada.post(waiting.login, ALLOW);
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(() -> ask(waiting).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(all)) {
        statuses.add(one.get());
      }
    }
    assertThat(statuses).containsOnlyOnce(200).allMatch(status -> status == 200 || status == 403);
  }

  @Test
  void limitsTheTokenToTheRegistryAndNamesItAfterTheClient() {
    server.addRegistry("other", Registry.Settings.of(Registry.Kind.STANDARD));
    Waiting waiting = Waiting.of(server, "/w/default/r/other");
    ada.post(waiting.login, ALLOW);
    String token = ask(waiting).json().path("token").asText();
    assertThat(whoami(token, "/r/other")).isEqualTo("ada");
    assertThat(server.get(token, "/r/default/-/whoami").status()).isEqualTo(403);
    assertThat(ada.get("tokens").json().path("items").path(0).path("name").asText())
        .startsWith("Java-http-client/")
        .endsWith(" login");
  }

  @Test
  void showsWhoAsksAndFromWhere() {
    TestingReply shown = ada.get(start().login);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().path("registry").asText()).isEqualTo("default");
    assertThat(shown.json().path("client").asText()).endsWith(" login");
    assertThat(shown.json().path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(shown.json().path("sameAddress").asBoolean()).isTrue();
  }

  @Test
  void refusesForGoodWhatIsNotAllowed() {
    Waiting waiting = start();
    assertThat(ada.post(waiting.login, "{\"allow\":false}").status()).isEqualTo(204);
    TestingReply refused = ask(waiting);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error()).contains("was refused in the browser");
    assertThat(ada.post(waiting.login, ALLOW).status()).isEqualTo(404);
    assertThat(ask(waiting).status()).isEqualTo(403);
  }

  @Test
  void waitsForTenMinutesAndNoLonger() {
    Waiting late = start();
    Waiting allowed = start();
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(ask(late).status()).isEqualTo(202);
    ada.post(allowed.login, ALLOW);
    clock.advance(Duration.ofMillis(1));
    assertThat(ask(late).status()).isEqualTo(403);
    assertThat(ask(allowed).status()).isEqualTo(403);
    assertThat(ada.post(late.login, ALLOW).status()).isEqualTo(404);
  }

  @Test
  void countsTheFirstDecisionOnly() {
    Api bob = api.session("bob", Role.DEVELOPER);
    Waiting waiting = start();
    ada.post(waiting.login, ALLOW);
    assertThat(bob.post(waiting.login, ALLOW).status()).isEqualTo(404);
    assertThat(bob.get(waiting.login).status()).isEqualTo(404);
    assertThat(whoami(ask(waiting).json().path("token").asText(), "/r/default")).isEqualTo("ada");
  }

  @Test
  void theAddressOfThePersonGetsNoTokenAndThatOfTheClientDecidesNothing() {
    Waiting waiting = start();
    String login = waiting.login.substring(waiting.login.indexOf('/'));
    String done = waiting.done.substring(waiting.done.lastIndexOf('/'));
    assertThat(ada.post("client-logins" + done, ALLOW).status()).isEqualTo(404);
    ada.post(waiting.login, ALLOW);
    assertThat(server.get(null, "/r/default/-/v1/login" + login).status()).isEqualTo(403);
    assertThat(ask(waiting).status()).isEqualTo(200);
  }

  @Test
  void isDecidedByABrowserAndNotByATokenThatMayBeNarrow() {
    Waiting waiting = start();
    Api script = api.token("bob", Role.OWNER);
    assertThat(script.get(waiting.login).status()).isEqualTo(403);
    assertThat(script.post(waiting.login, ALLOW).status()).isEqualTo(403);
    assertThat(ask(waiting).status()).isEqualTo(202);
  }

  @Test
  void saysNothingOfARegistryThatIsNotThereUntilSomebodyHasSignedIn() {
    Waiting waiting = Waiting.of(server, "/r/no-such");
    assertThat(ask(waiting).status()).isEqualTo(202);
    TestingReply shown = ada.get(waiting.login);
    assertThat(shown.status()).isEqualTo(404);
    assertThat(shown.json().path("detail").asText()).contains("no-such");
    assertThat(ada.post(waiting.login, ALLOW).status()).isEqualTo(404);
  }

  @Test
  void isNotForAnotherWorkspace() {
    server.services().registries().workspace(new dev.gatehouse.audit.Actor.Operator(), "other");
    Waiting waiting = Waiting.of(server, "/w/other/r/default");
    assertThat(ada.get(waiting.login).status()).isEqualTo(404);
    assertThat(ada.post(waiting.login, ALLOW).status()).isEqualTo(404);
    assertThat(ask(waiting).status()).isEqualTo(202);
  }

  @Test
  void givesNothingToAnAccountThatIsDeactivatedMeanwhile() {
    Waiting waiting = start();
    ada.post(waiting.login, ALLOW);
    server.operate("", "user", "deactivate", "ada");
    assertThat(ask(waiting).status()).isEqualTo(403);
  }

  @Test
  void letsNoStrangerFillTheTable() {
    for (int i = 0; i < 20; i++) {
      start();
    }
    TestingReply busy = server.send(null, "POST", "/r/default/-/v1/login", null);
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.header("retry-after")).isEqualTo("60");
    assertThat(busy.error()).contains("name and password works meanwhile");
    clock.advance(Duration.ofMinutes(10));
    assertThat(server.send(null, "POST", "/r/default/-/v1/login", null).status()).isEqualTo(200);
  }

  @Test
  void countsAnIpv6NetworkAsOneAddress() {
    for (int i = 1; i <= 20; i++) {
      open("2001:db8:0:1::" + i);
    }
    problem(Problem.Busy.class, () -> open("2001:db8:0:1:ffff::"));
    open("2001:db8:0:2::1");
    open("192.0.2.1");
  }

  @Test
  void letsManyStrangersTogetherNotFillTheTableEither() {
    server
        .services()
        .database()
        .write(handle ->
            handle.execute(
                """
                INSERT INTO client_login
                  (code, done, workspace, registry, client, address, network, created)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                SELECT 'c' || i, 'd' || i, 'default', 'default', 'npm', 'a' || i, 'n' || i, ?
                FROM n
                """,
                clock.millis()));
    problem(Problem.Busy.class, () -> open("192.0.2.1"));
    clock.advance(Duration.ofMinutes(10));
    open("192.0.2.1");
  }

  private void open(String address) {
    server
        .services()
        .access()
        .clientLogins()
        .open("default", "default", "npm", InetAddress.ofLiteral(address));
  }

  @Test
  void opensByNoInventedSecret() {
    for (String secret : List.of("x", "a".repeat(40), "%00", "x'--")) {
      assertThat(server.get(null, "/r/default/-/v1/login/" + secret).status()).isBetween(400, 403);
    }
    assertThat(ada.get("client-logins/" + "a".repeat(40)).status()).isEqualTo(404);
  }

  @Test
  void keepsNeitherSecretNorTokenInTheTable() {
    Waiting waiting = start();
    List<String> kept =
        server
            .services()
            .database()
            .read(handle ->
                handle
                    .createQuery("SELECT code || ' ' || done FROM client_login")
                    .mapTo(String.class)
                    .list());
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst())
        .doesNotContain(waiting.login.substring(14))
        .doesNotContain(waiting.done.substring(waiting.done.lastIndexOf('/') + 1));
  }
}
