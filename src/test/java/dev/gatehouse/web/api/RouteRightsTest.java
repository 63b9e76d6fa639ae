package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.PackageLimit;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Which role each operation takes: `least-roles.tsv` is the table, and an operation that is not in
/// it fails the test.
final class RouteRightsTest {
  /// For those who cannot sign in yet, by a secret or a password.
  private static final String ANYBODY = "anybody";

  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private final Api api = Api.of(server);

  private static Map<String, String> table() throws IOException {
    Map<String, String> table = new TreeMap<>();
    try (InputStream file = RouteRightsTest.class.getResourceAsStream("/api/least-roles.tsv")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(cells -> table.put(cells[0], cells[1]));
    }
    return table;
  }

  private TestingReply send(Api as, String route) {
    String[] parts = route.split(" ", 2);
    String path = parts[1].replace("{registry}", "default").replaceAll("\\{\\w+}", "delay");
    return as.send(parts[0], path, parts[0].equals("GET") ? null : "{\"unknown\":1}");
  }

  @Test
  void areTheTablesForEveryOperation() throws IOException {
    Map<String, String> wanted = table();
    Map<String, String> found = new TreeMap<>();
    Map<Role, Api> people = new EnumMap<>(Role.class);
    Arrays.stream(Role.values())
        .forEach(role -> people.put(role, api.session("user-of-" + role.label(), role)));
    for (ApiRoute route : server.services().api()) {
      String name = route.method() + " " + route.pattern();
      if (ANYBODY.equals(wanted.get(name))) {
        found.put(name, ANYBODY);
      } else if (route.pattern().startsWith("session")) {
        // Everybody's own, and its end.
        found.put(name, Role.READ_ONLY.label());
      } else {
        // From the highest role down to the last that is not forbidden to do it.
        for (Role role : Role.values()) {
          TestingReply reply = send(Objects.requireNonNull(people.get(role)), name);
          assertThat(reply.status()).as(name).isNotEqualTo(401).isLessThan(500);
          if (reply.text().contains(" may not ")) {
            assertThat(reply.status()).as(name).isEqualTo(403);
            break;
          }
          found.put(name, role.label());
        }
      }
    }
    assertThat(String.join("\n", lines(found))).isEqualTo(String.join("\n", lines(wanted)));
  }

  /// Which package that is about, its bytes say.
  private static final String UPLOAD = "POST registries/{registry}/packages";

  @Test
  void letATokenForSomePackagesChangeNothingElse() {
    server.token("olga", Role.OWNER);
    Api some = script(false, Set.of(PackageLimit.of("@acme/widget")));
    Api reader = script(true, Set.of());
    for (ApiRoute route : server.services().api()) {
      String name = route.method() + " " + route.pattern();
      if (!route.method().equals("GET") && !name.equals(UPLOAD)) {
        assertThat(send(some, name).status()).as(name).isEqualTo(send(reader, name).status());
      }
    }
  }

  private Api script(boolean readOnly, Set<PackageLimit> packages) {
    var limits = new TokenLimits(readOnly, Set.of(), packages, List.of(), null);
    return api.with("authorization", "Bearer " + server.token(server.user("olga"), limits));
  }

  /// By which variable of a path things of the workspace are named, beside what is below a
  /// registry. Secrets are nobody's but whose they are.
  private Map<String, String> things(Api owner) {
    server.token("dora", Role.DEVELOPER);
    owner.patch("workspace/settings", "{\"joining\":true}");
    api.with("x-gatehouse-app", "1")
        .post("join-requests", "{\"email\":\"rosa@example.test\",\"message\":\"please\"}");
    owner.put("licence-policies/ours", "{\"settings\":{\"otherwise\":{\"other\":\"flag\"}}}");
    owner.post(
        "webhooks",
        "{\"name\":\"w\",\"url\":\"https://hooks.example/x\",\"form\":\"json\",\"events\":[\"issue.opened\"],\"registries\":[]}");
    owner.post("tokens", "{\"name\":\"ci\"}");
    owner.post("invitations", "{\"role\":\"developer\"}");
    owner.post("workspaces", "{\"name\":\"side\"}");
    owner.post("teams", "{\"name\":\"builders\"}");
    owner.post("roles", "{\"name\":\"releaser\",\"rights\":[\"read\"]}");
    return Map.of(
        "{workspace}",
        "side",
        "{user}",
        "dora",
        "{team}",
        "builders",
        "{role}",
        "releaser",
        "{licences}",
        "ours",
        "{webhook}",
        id(first(owner, "webhooks")),
        "{token}",
        id(first(owner, "tokens")),
        "{invitation}",
        id(first(owner, "invitations")),
        "{request}",
        id(first(owner, "join-requests")));
  }

  private static JsonNode first(Api owner, String list) {
    return owner.get(list).json().path("items").path(0);
  }

  private static String id(JsonNode thing) {
    return thing.path(thing.has("id") ? "id" : "name").asText();
  }

  /// What is numbered within its workspace, or is one's own: a number is another thing there.
  private static final Set<String> THEIRS = Set.of("{issue}", "{notification}", "{secret}");

  @Test
  void endAtTheWorkspace() {
    Api owner = api.session("ada", Role.OWNER);
    Map<String, String> things = things(owner);
    Api stranger = Api.of(server, "other", "olga", Role.OWNER);
    for (ApiRoute route : server.services().api()) {
      String variable = route.pattern().replaceFirst("[^{]*(\\{\\w+})?.*", "$1");
      boolean makes = route.method().equals("PUT") && variable.equals("{licences}");
      if (!variable.isEmpty()
          && !variable.equals("{registry}")
          && !THEIRS.contains(variable)
          && !makes) {
        String thing = things.get(variable);
        assertThat(thing).as(route.pattern()).isNotEmpty();
        String path = route.pattern();
        for (Map.Entry<String, String> one : things.entrySet()) {
          path = path.replace(one.getKey(), one.getValue());
        }
        String body = route.method().equals("GET") ? null : body(route);
        assertThat(stranger.send(route.method(), path, body).status())
            .as(route.method() + " " + path)
            .isEqualTo(404);
      }
    }
    for (Map.Entry<String, String> one :
        Map.of("{user}", "users/", "{licences}", "licence-policies/", "{webhook}", "webhooks/")
            .entrySet()) {
      String path = one.getValue() + things.get(one.getKey());
      assertThat(owner.get(path).status()).as(path).isEqualTo(200);
      assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
    }
    for (String list : List.of("webhooks", "tokens", "invitations", "join-requests")) {
      assertThat(first(owner, list).isMissingNode()).as(list).isFalse();
    }
  }

  /// What each takes, so that it is not the body that is refused.
  private static String body(ApiRoute route) {
    return switch (route.method() + " " + route.pattern()) {
      case "PATCH users/{user}" -> "{\"active\":false}";
      case "PUT users/{user}/provider" -> "{\"subject\":\"1\"}";
      case "PATCH workspaces/{workspace}" -> "{\"name\":\"mine\"}";
      case "PATCH webhooks/{webhook}" -> "{\"active\":false}";
      case "POST join-requests/{request}" -> "{\"role\":\"developer\"}";
      default -> "{}";
    };
  }

  private static Iterable<String> lines(Map<String, String> table) {
    return table.entrySet().stream().map(one -> one.getKey() + "\t" + one.getValue()).toList();
  }
}
