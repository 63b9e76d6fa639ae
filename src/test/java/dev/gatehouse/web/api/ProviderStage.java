package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingProvider;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A server whose default workspace, owned by olga, has a provider, and browsers around them.
record ProviderStage(TestingServer server, TestingProvider provider, TestingClock clock, Api owner)
    implements AutoCloseable {
  static final String BASE = "http://npm.example.test";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// One whose provider is set up with `more` than the usual settings.
  static ProviderStage open(Dialect dialect, Map<String, Object> more) {
    ProviderStage stage = bare(dialect);
    TestingReply set = stage.set(more);
    assertThat(set.status()).as(set.toString()).isEqualTo(200);
    return stage;
  }

  /// One whose provider nobody has set up yet.
  static ProviderStage bare(Dialect dialect) {
    var clock = new TestingClock();
    TestingServer server =
        TestingServer.start(dialect, clock, Map.of("server.base-url", BASE + "/"));
    Api owner = Api.of(server).session("olga", dev.gatehouse.access.account.Role.OWNER);
    return new ProviderStage(server, TestingProvider.start(), clock, owner);
  }

  /// The usual settings, and more.
  String settings(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>();
    all.put("name", "Acme <b>ID</b>");
    all.put("issuer", provider.issuer());
    all.put("clientId", TestingProvider.CLIENT);
    all.put("secret", TestingProvider.SECRET);
    all.put("roles", Map.of("npm-admins", "admin", "npm-users", "developer"));
    all.put("linking", true);
    all.putAll(more);
    return json(all);
  }

  TestingReply set(Map<String, Object> more) {
    return owner.put("provider", settings(more));
  }

  static String json(Object value) {
    return JSON.valueToTree(value).toString();
  }

  Api page() {
    return Api.of(server).with("x-gatehouse-app", "1");
  }

  /// Somebody whose browser is on its way.
  record Way(Api browser, String address) {}

  Way begin(Api from, String path, String body) {
    TestingReply reply = from.post(path, body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    String old = from.headers().get("cookie");
    String cookie = Api.cookie(reply);
    return new Way(
        from.with("cookie", old == null ? cookie : old + "; " + cookie),
        reply.json().path("address").asText());
  }

  Way begin() {
    return begin(page(), "sign-in/provider", "{}");
  }

  /// What the browser brings when `subject` was let in.
  Map<String, String> letIn(Way way, String subject, Map<String, Object> about) {
    return provider.letIn(way.address, subject, about);
  }

  TestingReply answer(Way way, Map<String, String> brought) {
    return way.browser.post("sign-in/provider/answer", json(brought));
  }

  /// Signs somebody in.
  TestingReply signIn(String subject, String name, @Nullable String... groups) {
    return signIn(
        subject, Map.of("preferred_username", name, "groups", List.of((Object[]) groups)));
  }

  TestingReply signIn(String subject, Map<String, Object> about) {
    Way way = begin();
    return answer(way, letIn(way, subject, about));
  }

  /// The web app of whoever was let in by `reply`.
  Api as(TestingReply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return page().with("cookie", Api.cookie(reply));
  }

  static String detail(TestingReply reply) {
    return reply.json().path("detail").asText();
  }

  /// What the trail holds, the newest first.
  String trail() {
    return owner.get("audit?limit=50").text();
  }

  @Override
  public void close() {
    server.close();
    provider.close();
  }
}
