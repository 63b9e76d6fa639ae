package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What holds for every operation of the API: its document, and who may come in.
final class ApiDocumentTest {
  /// For those who cannot sign in yet.
  private static final Set<String> OPEN =
      Set.of(
          "GET openapi.json",
          "GET sign-in",
          "GET sign-in/provider",
          "POST sign-in/provider",
          "POST sign-in/provider/answer",
          "POST session",
          "GET invited/{secret}",
          "POST invited/{secret}",
          "POST join-requests",
          "POST forgotten",
          "GET password-links/{secret}",
          "POST password-links/{secret}");

  /// What anybody may do for themselves, whatever their role.
  private static final Set<String> OWN =
      Set.of(
          "POST session/password",
          "POST me/provider",
          "POST client-logins/{secret}",
          "POST confirmations/{secret}",
          "DELETE session",
          "DELETE sessions",
          "PUT me/password",
          "POST me/second-factor",
          "PUT me/second-factor",
          "POST me/second-factor/recovery-codes",
          "POST me/second-factor/end",
          "PUT me/email",
          "PUT me/notifications",
          "POST notifications/read",
          "PATCH notifications/{notification}",
          "POST troubleshooting",
          "POST tokens",
          "DELETE tokens/{token}");

  /// Whose body is no JSON.
  private static final Set<String> FILES = Set.of("POST registries/{registry}/packages");

  /// What whoever may read may do besides: it opens nothing before somebody else has decided.
  private static final Set<String> READERS = Set.of("POST registries/{registry}/waivers");

  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private final Api api = Api.of(server);

  private Set<String> routes() {
    return server.services().api().stream()
        .map(ApiDocumentTest::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(ApiRoute route) {
    return route.method() + " " + route.pattern();
  }

  private static boolean changes(ApiRoute route) {
    return !route.method().equals("GET");
  }

  /// A path that the route matches; nothing there exists but the registry.
  private static String path(ApiRoute route) {
    return route.pattern().replace("{registry}", "default").replaceAll("\\{\\w+}", "delay");
  }

  private TestingReply send(Api as, ApiRoute route) {
    return as.send(route.method(), path(route), changes(route) ? "{\"unknown\":1}" : null);
  }

  @Test
  void describesEveryRouteAndNoOther() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : api.document().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> one : path.getValue().properties()) {
        described.add(one.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey().substring(1));
      }
    }
    assertThat(described).isEqualTo(routes());
  }

  @Test
  void namesEveryOperationOnceAndEveryVariableOfItsPath() {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : api.document().path("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        assertThat(names.add(operation.path("operationId").asText())).isTrue();
        String parameters = operation.path("parameters").toString();
        for (String part : path.getKey().split("/", -1)) {
          if (part.startsWith("{")) {
            assertThat(parameters).contains(part.substring(1, part.length() - 1));
          }
        }
      }
    }
  }

  @Test
  void letsNobodyInWhoHasNotSaidWhoTheyAre() {
    for (ApiRoute route : server.services().api()) {
      if (!OPEN.contains(text(route))) {
        TestingReply reply = send(api, route);
        assertThat(reply.status()).as(text(route)).isEqualTo(401);
        assertThat(reply.json().path("code").asText()).isEqualTo("unauthenticated");
      }
    }
  }

  @Test
  void letsNoInvalidTokenAndNoInventedSessionIn() {
    Api token = api.with("authorization", "Bearer gh_nonsense");
    Api session = api.with("cookie", "gatehouse-session=" + "a".repeat(40));
    for (ApiRoute route : server.services().api()) {
      if (!OPEN.contains(text(route))) {
        assertThat(send(token, route).status()).as(text(route)).isEqualTo(401);
        assertThat(send(session, route).status()).as(text(route)).isEqualTo(401);
      }
    }
  }

  @Test
  void letsReadersChangeNothingButWhatIsTheirOwnAndAskForWaivers() {
    Api reader = api.token("rita", Role.READ_ONLY);
    for (ApiRoute route : server.services().api()) {
      if (changes(route) && !OPEN.contains(text(route)) && !OWN.contains(text(route))) {
        // What they may do fails at the body that is sent, not before.
        int expected = READERS.contains(text(route)) ? 400 : 403;
        assertThat(send(reader, route).status()).as(text(route)).isEqualTo(expected);
      }
    }
  }

  @Test
  void letsReadOnlyTokensChangeNothingButTheirOwnEnd() {
    server.token("ada", Role.OWNER);
    var limits = new TokenLimits(true, Set.of(), Set.of(), List.of(), null);
    Api limited = api.with("authorization", "Bearer " + server.token(server.user("ada"), limits));
    for (ApiRoute route : server.services().api()) {
      if (changes(route) && !OPEN.contains(text(route)) && !OWN.contains(text(route))) {
        assertThat(send(limited, route).status()).as(text(route)).isEqualTo(403);
      }
    }
  }

  @Test
  void showsNobodyTheRegistriesOfAnotherWorkspace() {
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(stranger.get("me").json().path("workspace").asText()).isEqualTo("other");
    for (ApiRoute route : server.services().api()) {
      if (route.pattern().contains("{registry}")) {
        assertThat(send(stranger, route).status()).as(text(route)).isEqualTo(404);
      }
    }
    assertThat(stranger.get("registries").json().path("total").asInt()).isZero();
    assertThat(stranger.get("users").text()).contains("olga").doesNotContain("rita");
  }

  @Test
  void refusesBodiesWithMembersThatItDoesNotKnow() {
    Api owner = api.token("ada", Role.OWNER);
    for (ApiRoute route : server.services().api()) {
      if (Set.of("POST", "PUT", "PATCH").contains(route.method())
          && !FILES.contains(text(route))
          && !route.pattern().equals("users/{user}")) {
        Api as = OPEN.contains(text(route)) ? owner.with("x-gatehouse-app", "1") : owner;
        TestingReply reply = send(as, route);
        assertThat(reply.status()).as(text(route) + reply).isEqualTo(400);
        assertThat(reply.json().path("detail").asText()).contains("not known here");
      }
    }
  }

  @Test
  void refusesWhatAnotherSitesPageSendsInTheNameOfASession() {
    Api page = api.session("ada", Role.OWNER);
    Map<String, String> headers = new HashMap<>(page.headers());
    headers.remove("x-gatehouse-app");
    Api form = new Api(server, api.document(), headers);
    Api foreign = page.with("origin", "https://evil.example");
    for (ApiRoute route : server.services().api()) {
      if (changes(route)) {
        assertThat(send(form, route).status()).as(text(route)).isEqualTo(403);
        assertThat(send(foreign, route).status()).as(text(route)).isEqualTo(403);
      }
    }
    assertThat(page.with("origin", server.url()).delete("session").status()).isEqualTo(204);
  }

  @Test
  void answersWhatIsNotThereByAProblemToo() {
    TestingReply missing = server.get(null, "/api/v1/nothing");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("content-type")).isEqualTo("application/problem+json");
    TestingReply wrong = server.send(null, "DELETE", "/api/v1/me", null);
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("allow")).isEqualTo("GET, HEAD");
    assertThat(wrong.json().path("code").asText()).isEqualTo("wrong-method");
  }
}
