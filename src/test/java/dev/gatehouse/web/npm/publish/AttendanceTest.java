package dev.gatehouse.web.npm.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.access.account.Account;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.NewToken;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingAuthenticator;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A registry that asks for the second factor of whoever changes a package.
@OnBothDatabases
final class AttendanceTest {
  private static final String WIDGET = Shelf.WIDGET;
  private static final String TAG = "-/package/" + WIDGET + "/dist-tags/next";
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final String token;
  private final Account ada;
  private final TestingAuthenticator app;

  AttendanceTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    token = server.token("ada", Role.DEVELOPER);
    ada = server.user("ada");
    app = on(ada);
    server.change(server.registry(), server.registry().settings().withSecondFactor(true));
  }

  private TestingAuthenticator on(Account account) {
    var factors = server.services().access().secondFactors();
    var made = new TestingAuthenticator(factors.start(account).secret());
    factors.confirm(account, made.code(clock.instant()));
    return made;
  }

  /// What the app shows, which is not what it showed the last time.
  private String next() {
    clock.advance(Duration.ofSeconds(30));
    return app.code(clock.instant());
  }

  /// A request of a client's, with these headers besides.
  private TestingReply send(String as, String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("authorization", "Bearer " + as)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request.build());
  }

  private TestingReply publish(String version, String... headers) {
    byte[] body = Shelf.widget(version).publishBody();
    return send(token, "PUT", Shelf.REGISTRY + WIDGET, body, headers);
  }

  private ObjectNode document() {
    return (ObjectNode) server.get(token, Shelf.REGISTRY + WIDGET + "?write=true").json();
  }

  private static void assertAsked(TestingReply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(401);
    assertThat(reply.header("www-authenticate")).isEqualTo("OTP");
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    assertThat(reply.error()).contains("one-time password");
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /// A client that asks first and is told where a browser shows the second factor.
  private record Waiting(String code, String done) {
    static Waiting of(TestingServer server, TestingReply asked) {
      assertAsked(asked);
      String auth = asked.json().path("authUrl").asText();
      String done = asked.json().path("doneUrl").asText();
      assertThat(auth).startsWith(server.url() + "/confirm/");
      assertThat(done).startsWith(server.url() + "/r/default/-/v1/confirm/");
      return new Waiting(
          auth.substring(auth.lastIndexOf('/') + 1), done.substring(server.url().length()));
    }

    String secret() {
      return done.substring(done.lastIndexOf('/') + 1);
    }
  }

  private Waiting waiting(String version) {
    return Waiting.of(server, publish(version, "npm-auth-type", "web"));
  }

  private void decide(Waiting waiting, boolean allow) {
    server.services().access().confirmations().decide(ada, waiting.code, allow);
  }

  @Test
  void asksForACodeWithEveryChangeOfAPackage() {
    assertAsked(publish("1.0.0"));
    assertThat(server.get(token, Shelf.REGISTRY + WIDGET).status()).isEqualTo(404);
    for (String version : List.of("1.0.0", "1.1.0")) {
      TestingReply done = publish(version, "npm-otp", next());
      assertThat(done.status()).as(done.text()).isEqualTo(201);
    }
    change("PUT", TAG, "\"1.0.0\"");
    change("DELETE", TAG, "");
    ObjectNode old = document();
    ((ObjectNode) old.at("/versions/1.0.0")).put("deprecated", "old");
    change("PUT", WIDGET, old.toString());
    String rev = document().path("_rev").asText();
    String owner = "{\"_id\":\"@acme/widget\",\"maintainers\":[{\"name\":\"ada\"}]}";
    change("PUT", WIDGET + "/-rev/" + rev, owner);
    change("PUT", "-/package/" + WIDGET + "/owners", "{\"user\":\"ada\"}");
    change("POST", "-/package/" + WIDGET + "/access", "{\"access\":\"public\"}");
    ObjectNode less = document();
    ((ObjectNode) less.path("versions")).remove("1.1.0");
    change("PUT", WIDGET + "/-rev/" + less.path("_rev").asText(), less.toString());
    change("DELETE", WIDGET + "/-rev/" + document().path("_rev").asText(), "");
    assertThat(server.get(token, Shelf.REGISTRY + WIDGET).status()).isEqualTo(404);
  }

  /// Asked for a code without one and with a wrong one, and done with the right one.
  private void change(String method, String path, String json) {
    String url = Shelf.REGISTRY + path;
    List<String> before = server.audited("user:ada");
    assertAsked(send(token, method, url, bytes(json)));
    assertAsked(send(token, method, url, bytes(json), "npm-otp", "wrong"));
    assertThat(server.audited("user:ada")).as(method + path).isEqualTo(before);
    TestingReply done = send(token, method, url, bytes(json), "npm-otp", next());
    assertThat(done.status()).as(method + " " + path + done.text()).isBetween(200, 201);
  }

  @Test
  void asksForNothingToReadOrToStar() {
    publish("1.0.0", "npm-otp", next());
    assertThat(server.get(token, Shelf.REGISTRY + WIDGET).status()).isEqualTo(200);
    assertThat(server.get(token, Shelf.REGISTRY + "-/whoami").status()).isEqualTo(200);
    String star = "{\"_id\":\"@acme/widget\",\"users\":{\"ada\":true}}";
    assertThat(server.put(token, Shelf.REGISTRY + WIDGET, star).status()).isEqualTo(200);
  }

  @Test
  void acceptsACodeOnceAndLimitsGuesses() {
    String code = next();
    assertThat(publish("1.0.0", "npm-otp", code).status()).isEqualTo(201);
    assertAsked(publish("1.1.0", "npm-otp", code));
    for (int i = 1; i < 10; i++) {
      assertAsked(publish("1.1.0", "npm-otp", "guess" + i));
    }
    TestingReply refused = publish("1.1.0", "npm-otp", next());
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isNotNull();
    clock.advance(Duration.ofMinutes(15));
    assertThat(publish("1.1.0", "npm-otp", next()).status()).isEqualTo(201);
  }

  @Test
  void tellsWhoeverHasNoSecondFactorWhatToDo() {
    String bob = server.token("bob", Role.DEVELOPER);
    byte[] body = Shelf.widget("1.0.0").publishBody();
    TestingReply refused = send(bob, "PUT", Shelf.REGISTRY + WIDGET, body);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error())
        .contains("\"bob\" has none: set it up at " + server.url() + "/account");
  }

  @Test
  void asksNothingOfATokenThatIsMadeForAMachine() {
    String machine =
        server
            .services()
            .access()
            .tokens()
            .create(new Actor.Operator(), ada, new NewToken("ci", TokenLimits.NONE, null, true))
            .text();
    byte[] body = Shelf.widget("1.0.0").publishBody();
    assertThat(send(machine, "PUT", Shelf.REGISTRY + WIDGET, body).status()).isEqualTo(201);
    server.restart();
    assertThat(send(machine, "PUT", Shelf.REGISTRY + TAG, bytes("\"1.0.0\"")).status())
        .isEqualTo(200);
    assertAsked(publish("1.1.0"));
    String asked = "{\"name\":\"ci\",\"bypass_2fa\":true}";
    TestingReply wider = send(token, "POST", Shelf.REGISTRY + "-/npm/v1/tokens", bytes(asked));
    assertThat(wider.status()).isEqualTo(403);
    assertThat(wider.error()).contains("web app");
  }

  @Test
  void letsABrowserShowTheFactorForThatOneChange() {
    Waiting waiting = waiting("1.0.0");
    TestingReply before = server.get(null, waiting.done);
    assertThat(before.status()).isEqualTo(202);
    assertThat(before.header("retry-after")).isEqualTo("1");
    assertAsked(publish("1.0.0", "npm-otp", waiting.secret()));
    decide(waiting, true);
    TestingReply after = server.get(null, waiting.done);
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.header("cache-control")).isEqualTo("no-store");
    String otp = after.json().path("token").asText();
    assertAsked(send(token, "PUT", Shelf.REGISTRY + TAG, bytes("\"1.0.0\""), "npm-otp", otp));
    byte[] other = Shelf.widget("1.0.0").publishBody();
    String eve = server.token("eve", Role.DEVELOPER);
    on(server.user("eve"));
    assertAsked(send(eve, "PUT", Shelf.REGISTRY + WIDGET, other, "npm-otp", otp));
    assertThat(publish("1.0.0", "npm-otp", otp).status()).isEqualTo(201);
    assertAsked(publish("1.1.0", "npm-otp", otp));
    assertThat(server.get(null, waiting.done).status()).isEqualTo(403);
    assertThat(server.audited("user:ada")).contains("confirmation.allow publish @acme/widget");
  }

  @Test
  void opensNoChangeInAnotherRegistry() {
    Registry.Settings strict = server.registry().settings().withSecondFactor(true);
    server.addRegistry("strict", strict);
    Waiting waiting = waiting("1.0.0");
    decide(waiting, true);
    byte[] body = Shelf.widget("1.0.0").publishBody();
    assertAsked(send(token, "PUT", "/r/strict/" + WIDGET, body, "npm-otp", waiting.secret()));
    assertThat(publish("1.0.0", "npm-otp", waiting.secret()).status()).isEqualTo(201);
  }

  @Test
  void makesOneOfManyChangesThatAreSentAtOnce() throws Exception {
    Waiting waiting = waiting("1.0.0");
    decide(waiting, true);
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String version = "1.0." + i;
      all.add(() -> publish(version, "npm-otp", waiting.secret()).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(all)) {
        statuses.add(one.get());
      }
    }
    assertThat(statuses).containsExactlyInAnyOrder(201, 401, 401, 401);
  }

  @Test
  void endsWhatIsRefusedAndWhatTakesTooLong() {
    Waiting refused = waiting("1.0.0");
    decide(refused, false);
    assertThat(server.get(null, refused.done).status()).isEqualTo(403);
    assertAsked(publish("1.0.0", "npm-otp", refused.secret()));
    Waiting late = waiting("1.0.0");
    decide(late, true);
    clock.advance(LIFE);
    assertThat(server.get(null, late.done).status()).isEqualTo(403);
    assertAsked(publish("1.0.0", "npm-otp", late.secret()));
    for (String secret : List.of("x", "a".repeat(40), "%00")) {
      assertThat(server.get(null, Shelf.REGISTRY + "-/v1/confirm/" + secret).status())
          .isBetween(400, 403);
    }
  }

  @Test
  void asksForACodeAloneWhereNoBrowserIsWantedOrTooManyWait() {
    assertThat(url(publish("1.0.0", "npm-auth-type", "legacy"))).isNull();
    for (int i = 0; i < 20; i++) {
      assertThat(url(publish("1.0.0"))).isNotNull();
    }
    assertThat(url(publish("1.0.0"))).isNull();
    clock.advance(LIFE);
    assertThat(url(publish("1.0.0"))).isNotNull();
  }

  private static @Nullable String url(TestingReply asked) {
    assertAsked(asked);
    return asked.json().path("authUrl").textValue();
  }

  @Test
  void keepsNoSecret() {
    Waiting waiting = waiting("1.0.0");
    List<String> kept =
        server
            .services()
            .database()
            .read(handle ->
                handle
                    .createQuery("SELECT code || ' ' || done FROM confirmation")
                    .mapTo(String.class)
                    .list());
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst()).doesNotContain(waiting.code).doesNotContain(waiting.secret());
  }
}
