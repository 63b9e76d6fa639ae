package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.db.edit.EditTurns;
import dev.gatehouse.issues.Cause;
import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.issues.Reporting;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import dev.gatehouse.web.api.edit.InTurn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two people change the same thing at once, each by what they have seen: one of them is told.
@OnBothDatabases
@Timeout(120)
final class ConcurrentEditsTest {
  private static final String UPSTREAMS = "registries/default/upstreams";
  private static final String UPSTREAM = UPSTREAMS + "/second";
  private static final String POLICY = "registries/default/policies/delay";
  private static final String LICENCES = "licence-policies/ours";

  private static final String TEAM = "teams/builders";
  private static final String ROLE = "roles/releaser";

  @AutoClose private final TestingServer server;
  private final String pat;
  private final Api api;
  private final Api ada;

  /// A change, of what is shown at `shown`, and another of it at the same time.
  private record Edit(String route, String shown, String path, List<String> bodies) {
    static Edit of(String route, String path, String one, String other) {
      return new Edit(route, path, path, List.of(one, other));
    }

    String method() {
      return route.substring(0, route.indexOf(' '));
    }
  }

  /// All that can be changed by what was seen; a route that is missing fails the test.
  private static final List<Edit> EDITS =
      List.of(
          // Before anything makes the scanner look, which would close it.
          Edit.of(
              "PATCH issues/{issue}", "issues/1", "{\"title\":\"One\"}", "{\"severity\":\"low\"}"),
          Edit.of(
              "PATCH registries/{registry}",
              "registries/default",
              "{\"ownersOnly\":true}",
              "{\"overwriting\":true}"),
          new Edit(
              "POST registries/{registry}/upstreams",
              UPSTREAMS,
              UPSTREAMS,
              List.of(
                  "{\"name\":\"x\",\"target\":\"registry:x\"}",
                  "{\"name\":\"y\",\"target\":\"registry:y\"}")),
          new Edit(
              "PATCH registries/{registry}/upstreams/{upstream}",
              UPSTREAMS,
              UPSTREAM,
              List.of("{\"position\":1}", "{\"position\":1}")),
          new Edit(
              "DELETE registries/{registry}/upstreams/{upstream}",
              UPSTREAMS,
              UPSTREAM,
              List.of("", "")),
          Edit.of(
              "PUT registries/{registry}/policies/{policy}",
              POLICY,
              "{\"mode\":\"observe\",\"settings\":{\"age\":\"1d\"}}",
              "{\"mode\":\"observe\",\"settings\":{\"age\":\"2d\"}}"),
          Edit.of("DELETE registries/{registry}/policies/{policy}", POLICY, "", ""),
          Edit.of(
              "PUT registries/{registry}/rights",
              "registries/default/rights",
              "{\"audience\":\"roles\",\"people\":{\"dora\":[\"publish\"]},\"teams\":{}}",
              "{\"audience\":\"reading\",\"people\":{},\"teams\":{}}"),
          Edit.of(
              "PUT registries/{registry}/scopes",
              "registries/default/scopes",
              "{\"scopes\":{\"@acme/*\":{\"builders\":\"read-only\"}}}",
              "{\"scopes\":{\"@other/*\":{\"builders\":\"read-only\"}}}"),
          Edit.of(
              "PUT registries/{registry}/packages/{name}/teams",
              "registries/default/packages/lib/teams",
              "{\"teams\":{\"builders\":\"read-only\"}}",
              "{\"teams\":{\"other\":\"read-only\"}}"),
          Edit.of(
              "PATCH teams/{team}", TEAM, "{\"description\":\"One\"}", "{\"description\":\"Two\"}"),
          Edit.of("DELETE teams/{team}", TEAM, "", ""),
          Edit.of(
              "PATCH roles/{role}", ROLE, "{\"description\":\"One\"}", "{\"rights\":[\"read\"]}"),
          Edit.of("DELETE roles/{role}", ROLE, "", ""),
          Edit.of(
              "PUT licence-policies/{licences}",
              LICENCES,
              "{\"settings\":{\"otherwise\":{\"missing\":\"flag\"}}}",
              "{\"settings\":{\"otherwise\":{\"other\":\"flag\"}}}"),
          Edit.of("DELETE licence-policies/{licences}", LICENCES, "", ""),
          Edit.of(
              "PUT me/notifications",
              "me/notifications",
              "{\"app\":[\"issue.opened\"],\"mail\":[]}",
              "{\"app\":[\"version.quarantined\"],\"mail\":[]}"),
          Edit.of("PATCH users/{user}", "users/dora", "{\"role\":\"admin\"}", "{\"active\":false}"),
          Edit.of(
              "PATCH workspace/settings",
              "workspace/settings",
              "{\"joining\":true}",
              "{\"secondFactor\":false,\"joining\":true}"),
          Edit.of(
              "PATCH workspaces/{workspace}",
              "workspaces/side",
              "{\"name\":\"one-side\"}",
              "{\"name\":\"other-side\"}"));

  ConcurrentEditsTest(Dialect dialect) {
    server = TestingServer.start(dialect);
    pat = server.token("pat", Role.DEVELOPER);
    api = Api.of(server);
    ada = api.token("ada", Role.OWNER);
    server.token("dora", Role.DEVELOPER);
    find();
  }

  private void stage() {
    for (String name : List.of("first", "second", "x", "y")) {
      ada.post("registries", "{\"name\":\"" + name + "\"}");
    }
    for (String name : List.of("first", "second")) {
      TestingReply added =
          ada.post(UPSTREAMS, "{\"name\":\"%1$s\",\"target\":\"registry:%1$s\"}".formatted(name));
      // Unless it is there already.
      assertThat(added.status()).as(added.toString()).isIn(201, 409);
    }
    ada.post("workspaces", "{\"name\":\"side\"}");
    ada.post("teams", "{\"name\":\"builders\"}");
    ada.post("teams", "{\"name\":\"other\"}");
    publish("lib");
    ada.post("roles", "{\"name\":\"releaser\",\"rights\":[\"read\",\"publish\"]}");
    ada.put(POLICY, "{\"mode\":\"observe\",\"settings\":{\"age\":\"9d\"}}");
    ada.put(LICENCES, "{\"settings\":{\"otherwise\":{\"other\":\"block\"}}}");
  }

  private void publish(String name) {
    if (ada.get("registries/default/packages/" + name).status() == 404) {
      var document = PackageBuilder.named(name).version("1.0.0").publishDocument();
      assertThat(server.put(pat, "/r/default/" + name, document.toString()).status())
          .isEqualTo(201);
    }
  }

  private void find() {
    var place = new Occurrence(server.registry().id(), "1.0.0", false, "blocked");
    var finding =
        new Finding(
            new Cause(Cause.Type.MALWARE, "MAL-1", Set.of()),
            new Finding.Text("critical", "Bad", ""),
            List.of(place),
            List.of());
    var about =
        new Reporting.About(
            server.registry().workspace().id(),
            "acme-odd-pad",
            Set.of(new Occurrence.Spot(place.registryId(), place.version())),
            _ -> "default");
    new Reporting(server.services().database(), new Trail(Clock.systemUTC()))
        .report(new Actor.Job("scanner"), about, List.of(finding));
  }

  /// The operations that the document says take `If-Match`.
  private Set<String> described() {
    Set<String> found = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : api.document().path("paths").properties()) {
      path.getValue()
          .properties()
          .forEach(one -> {
            if (one.getValue().path("parameters").toString().contains("ifMatch")) {
              found.add(
                  one.getKey().toUpperCase(java.util.Locale.ROOT)
                      + " "
                      + path.getKey().substring(1));
            }
          });
    }
    return found;
  }

  @Test
  void areTriedForEveryOperationThatSaysWhatItWasMadeOf() {
    Set<String> tried = new HashSet<>(EDITS.stream().map(Edit::route).toList());
    assertThat(tried).isEqualTo(InTurn.ROUTES);
    // Looks in its own transaction, and has its own test.
    tried.add("PUT provider");
    assertThat(described()).isEqualTo(tried);
  }

  @Test
  void areRefusedWhereTheStateIsAnother() {
    stage();
    Api late = ada.with("if-match", "\"of-another-state\"");
    for (Edit edit : EDITS) {
      String body = edit.bodies.getFirst();
      TestingReply reply = late.send(edit.method(), edit.path, body.isEmpty() ? null : body);
      assertThat(reply.status()).as(edit.route + reply).isEqualTo(412);
    }
  }

  @Test
  void loseNothing() throws Exception {
    EditTurns turns = server.services().database().edits();
    long workspace = server.registry().workspace().id();
    for (Edit edit : EDITS) {
      if (!edit.path.startsWith("issues")) {
        stage();
      }
      String tag = String.valueOf(ada.get(edit.shown).header("etag"));
      Api seen = ada.with("if-match", tag);
      List<Future<TestingReply>> sent = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        turns.alone(
            workspace,
            () -> {
              for (String body : edit.bodies) {
                sent.add(
                    threads.submit(
                        () -> seen.send(edit.method(), edit.path, body.isEmpty() ? null : body)));
              }
              // Both have come before either is carried out.
              while (turns.waiting() < 2 && sent.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
              }
              assertThat(turns.waiting()).as(edit.route).isEqualTo(2);
              return true;
            });
        List<Integer> statuses = new ArrayList<>();
        for (Future<TestingReply> one : sent) {
          statuses.add(one.get().status());
        }
        Collections.sort(statuses);
        assertThat(statuses.getFirst()).as(edit.route).isBetween(200, 299);
        assertThat(statuses.getLast()).as(edit.route).isIn(404, 412);
      }
    }
  }
}
