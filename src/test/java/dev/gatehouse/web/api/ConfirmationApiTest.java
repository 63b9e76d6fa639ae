package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.factor.Confirmations;
import dev.gatehouse.access.factor.WaitingChange;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingAuthenticator;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `confirmations/{secret}`, and what else needs a second factor besides a session: tokens of
/// machines, and a registry that asks for it no longer.
@OnBothDatabases
final class ConfirmationApiTest {
  private static final String REGISTRY = "registries/default";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api ada;
  private final TestingAuthenticator app;

  ConfirmationApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    ada = api.session("ada", Role.DEVELOPER);
    var factors = server.services().access().secondFactors();
    app = new TestingAuthenticator(factors.start(server.user("ada")).secret());
    factors.confirm(server.user("ada"), app.code(clock.instant()));
  }

  private String next() {
    clock.advance(Duration.ofSeconds(30));
    return app.code(clock.instant());
  }

  private Confirmations confirmations() {
    return server.services().access().confirmations();
  }

  private Confirmations.Opened open() {
    var change =
        new WaitingChange(
            server.user("ada").id(), server.registry().id(), "publish", "@acme/widget");
    return Objects.requireNonNull(
        confirmations().open(change, "npm/12", InetAddress.ofLiteral("127.0.0.1")));
  }

  private static String path(Confirmations.Opened opened) {
    return "confirmations/" + opened.code();
  }

  private static String allow(String code) {
    return "{\"allow\":true,\"code\":\"" + code + "\"}";
  }

  @Test
  void showsWhatWaitsAndAllowsItByACode() {
    Confirmations.Opened opened = open();
    JsonNode shown = ada.get(path(opened)).json();
    assertThat(shown.path("registry").asText()).isEqualTo("default");
    assertThat(shown.path("action").asText()).isEqualTo("publish");
    assertThat(shown.path("subject").asText()).isEqualTo("@acme/widget");
    assertThat(shown.path("client").asText()).isEqualTo("npm/12");
    assertThat(shown.path("sameAddress").asBoolean()).isTrue();
    TestingReply wrong = ada.post(path(opened), allow("wrong"));
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.json().path("detail").asText()).contains("one-time password");
    assertThat(ada.get("me").status()).isEqualTo(200);
    assertThat(ada.post(path(opened), "{\"allow\":true}").status()).isEqualTo(400);
    assertThat(ada.post(path(opened), "{\"allow\":\"yes\"}").status()).isEqualTo(400);
    assertThat(confirmations().ask(opened.done())).isEqualTo(Confirmations.Outcome.WAITING);
    assertThat(ada.post(path(opened), allow(next())).status()).isEqualTo(204);
    assertThat(confirmations().ask(opened.done())).isEqualTo(Confirmations.Outcome.ALLOWED);
    assertThat(ada.get(path(opened)).status()).isEqualTo(404);
  }

  @Test
  void refusesWithoutACode() {
    Confirmations.Opened opened = open();
    assertThat(ada.post(path(opened), "{\"allow\":false}").status()).isEqualTo(204);
    assertThat(confirmations().ask(opened.done())).isEqualTo(Confirmations.Outcome.ENDED);
    assertThat(ada.post(path(opened), allow(next())).status()).isEqualTo(404);
    assertThat(server.audited("user:ada")).contains("confirmation.refuse publish @acme/widget");
  }

  @Test
  void isOfWhoeverMakesTheChangeAndOfNobodyElse() {
    Confirmations.Opened opened = open();
    Api bob = api.session("bob", Role.OWNER);
    Api script =
        api.with("authorization", "Bearer " + server.token(server.user("ada"), TokenLimits.NONE));
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(bob.get(path(opened)).status()).isEqualTo(404);
    assertThat(bob.post(path(opened), "{\"allow\":false}").status()).isEqualTo(404);
    assertThat(bob.post(path(opened), allow("123456")).status()).isEqualTo(404);
    assertThat(script.get(path(opened)).status()).isEqualTo(403);
    assertThat(script.post(path(opened), allow(next())).status()).isEqualTo(403);
    assertThat(stranger.get(path(opened)).status()).isEqualTo(403);
    assertThat(ada.get("confirmations/" + "a".repeat(40)).status()).isEqualTo(404);
    assertThat(confirmations().ask(opened.done())).isEqualTo(Confirmations.Outcome.WAITING);
  }

  @Test
  void countsTheFirstOfTwoDecisions() throws Exception {
    Confirmations.Opened opened = open();
    List<Callable<Integer>> both = new ArrayList<>();
    for (boolean allow : List.of(true, false)) {
      String body = allow ? allow(next()) : "{\"allow\":false}";
      both.add(() -> ada.post(path(opened), body).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(both)) {
        statuses.add(one.get());
      }
    }
    assertThat(statuses).containsExactlyInAnyOrder(204, 404);
  }

  @Test
  void makesTokensForMachinesByACodeInABrowser() {
    String body = "{\"name\":\"ci\",\"unattended\":true,\"code\":\"%s\"}";
    assertThat(ada.post("tokens", "{\"unattended\":true}").status()).isEqualTo(400);
    assertThat(ada.post("tokens", body.formatted("wrong")).status()).isEqualTo(403);
    TestingReply made = ada.post("tokens", body.formatted(next()));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().at("/token/unattended").asBoolean()).isTrue();
    assertThat(ada.get("tokens").json().at("/items/0/unattended").asBoolean()).isTrue();
    Api machine = api.with("authorization", "Bearer " + made.json().path("text").asText());
    assertThat(machine.post("tokens", body.formatted(next())).status()).isEqualTo(403);
    TestingReply plain = machine.post("tokens", "{}");
    assertThat(plain.json().at("/token/unattended").asBoolean()).isFalse();
    Api bob = api.session("bob", Role.DEVELOPER);
    assertThat(bob.post("tokens", body.formatted("123456")).status()).isEqualTo(409);
  }

  @Test
  void isSwitchedOnByWhoManagesRegistriesAndOffInABrowserOnly() {
    String on = "{\"secondFactor\":true}";
    String off = "{\"secondFactor\":false}";
    assertThat(ada.patch(REGISTRY, on).status()).isEqualTo(403);
    assertThat(ada.patch(REGISTRY, "{\"secondFactor\":1}").status()).isEqualTo(403);
    Api admin = api.session("eve", Role.ADMIN);
    var limits = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    Api script = api.with("authorization", "Bearer " + server.token(server.user("eve"), limits));
    assertThat(admin.patch(REGISTRY, "{\"secondFactor\":1}").status()).isEqualTo(400);
    String before = Objects.requireNonNull(admin.get(REGISTRY).header("etag"));
    TestingReply done = script.patch(REGISTRY, on);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.json().path("secondFactor").asBoolean()).isTrue();
    assertThat(admin.with("if-match", before).patch(REGISTRY, off).status()).isEqualTo(412);
    assertThat(script.patch(REGISTRY, off).status()).isEqualTo(403);
    assertThat(script.patch(REGISTRY, "{\"ownersOnly\":true}").status()).isEqualTo(200);
    server.restart();
    assertThat(server.registry().settings().secondFactor()).isTrue();
    assertThat(admin.patch(REGISTRY, off).status()).isEqualTo(200);
    assertThat(server.registry().settings().ownersOnly()).isTrue();
    assertThat(server.registry().settings().secondFactor()).isFalse();
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(stranger.patch(REGISTRY, on).status()).isEqualTo(404);
  }

  @Test
  void isSetByTheOperatorToo() {
    server.operate("", "registry", "set", "default", "--second-factor", "on");
    server.operate("", "registry", "create", "strict", "--second-factor");
    server.restart(); // a running one notices within two seconds
    assertThat(ada.get(REGISTRY).json().path("secondFactor").asBoolean()).isTrue();
    assertThat(ada.get("registries/strict").json().path("secondFactor").asBoolean()).isTrue();
    server.operate("", "registry", "set", "default", "--second-factor", "off");
    server.operate("", "token", "create", "--user", "ada", "--unattended");
    assertThat(server.operate("", "token", "list")).contains("unattended");
  }
}
