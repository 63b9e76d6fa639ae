package dev.gatehouse.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.access.token.TokenLimits;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.issues.Cause;
import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.issues.Reporting;
import dev.gatehouse.packages.download.Download;
import dev.gatehouse.packages.download.Fetcher;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingServer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `issues`.
@OnBothDatabases
final class IssuesApiTest {
  private static final String TITLE = "<img src=x onerror=alert(1)> in pad";

  private final TestingClock clock = new TestingClock();
  @AutoClose private final TestingServer server;
  private final Api api;
  private final Api admin;
  private final Api dora;
  private final Registry team;

  IssuesApiTest(Dialect dialect) {
    server = TestingServer.start(dialect, clock);
    api = Api.of(server);
    admin = api.token("adam", Role.ADMIN);
    dora = api.token("dora", Role.DEVELOPER);
    team = server.addRegistry("team", server.registry().settings());
  }

  /// Issue 1 is malware in both registries, 2 a vulnerability in `team`, 3 of a policy in
  /// `default`.
  @BeforeEach
  void find() {
    report(
        "pad", finding(Cause.Type.MALWARE, "MAL-1", "critical", "1.0.0", server.registry(), team));
    report("box", finding(Cause.Type.VULNERABILITY, "GHSA-2", "high", "2.0.0", team));
    report(
        "run",
        finding(Cause.Type.POLICY, "install-scripts", "unknown", "3.0.0", server.registry()));
  }

  private Finding finding(
      Cause.Type type, String cause, String severity, String version, Registry... where) {
    List<Occurrence> places =
        Arrays.stream(where)
            .map(one -> new Occurrence(one.id(), version, false, "blocked"))
            .toList();
    var who = new Fetcher("user:dora", "gh_1234", "127.0.0.1");
    var fetch =
        new Download(where[0].id(), "pad", version, who, clock.instant(), clock.instant(), 2);
    return new Finding(
        new Cause(type, cause, Set.of()),
        new Finding.Text(severity, TITLE, "javascript:alert(1)"),
        places,
        type == Cause.Type.MALWARE ? List.of(fetch) : List.of());
  }

  private void report(String name, Finding... findings) {
    Set<Occurrence.Spot> known =
        Arrays.stream(findings)
            .flatMap(one -> one.occurrences().stream())
            .map(one -> new Occurrence.Spot(one.registryId(), one.version()))
            .collect(Collectors.toSet());
    var about =
        new Reporting.About(
            server.registry().workspace().id(),
            name,
            known,
            id -> id == team.id() ? "team" : "default");
    new Reporting(server.services().database(), new Trail(clock))
        .report(new Actor.Job("scanner"), about, List.of(findings));
  }

  private static List<Integer> numbers(TestingReply reply) {
    return reply.json().path("items").findValues("number").stream().map(JsonNode::asInt).toList();
  }

  private static List<String> events(TestingReply reply) {
    return reply.json().path("history").findValuesAsText("what");
  }

  /// A script that may do what dora may in `default` and nothing elsewhere.
  private Api limited() {
    var limits = new TokenLimits(false, Set.of(server.registry().id()), Set.of(), List.of(), null);
    return api.with("authorization", "Bearer " + server.token(server.user("dora"), limits));
  }

  @Test
  void listsTheNewestFirstInPagesAndByWhatIsAskedFor() {
    assertThat(numbers(dora.get("issues"))).containsExactly(3, 2, 1);
    TestingReply first = dora.get("issues?limit=2");
    assertThat(numbers(first)).containsExactly(3, 2);
    assertThat(first.json().path("total").asInt()).isEqualTo(3);
    report("new", finding(Cause.Type.VULNERABILITY, "GHSA-9", "low", "1.0.0", team));
    String next = first.json().path("next").asText();
    TestingReply second = dora.get("issues?limit=2&cursor=" + next);
    assertThat(numbers(second)).containsExactly(1);
    assertThat(second.json().path("next").isNull()).isTrue();
    assertThat(numbers(dora.get("issues?type=malware"))).containsExactly(1);
    assertThat(numbers(dora.get("issues?severity=high"))).containsExactly(2);
    assertThat(numbers(dora.get("issues?package=run"))).containsExactly(3);
    assertThat(numbers(dora.get("issues?registry=team"))).containsExactly(4, 2, 1);
    assertThat(numbers(dora.get("issues?registry=default&type=policy"))).containsExactly(3);
    admin.patch("issues/2", "{\"assignee\":\"dora\"}");
    assertThat(numbers(dora.get("issues?assignee=dora"))).containsExactly(2);
    assertThat(numbers(dora.get("issues?assignee="))).containsExactly(4, 3, 1);
    admin.patch("issues/3", "{\"status\":\"closed\",\"reason\":\"Known\"}");
    assertThat(numbers(dora.get("issues?status=closed"))).containsExactly(3);
    assertThat(numbers(dora.get("issues?status=open"))).containsExactly(4, 2, 1);
    assertThat(numbers(dora.get("issues?status=all"))).containsExactly(4, 3, 2, 1);
    for (String bad : List.of("status=x", "type=x", "limit=0", "cursor=*")) {
      assertThat(dora.get("issues?" + bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(dora.get("issues?registry=none").status()).isEqualTo(404);
  }

  @Test
  void showsWhereAnIssueIsItsHistoryAndWhoHasIt() {
    JsonNode shown = admin.get("issues/1").json();
    assertThat(shown.at("/issue/title").asText()).isEqualTo(TITLE);
    assertThat(shown.at("/issue/severity").asText()).isEqualTo("critical");
    assertThat(shown.path("occurrences").findValuesAsText("registry"))
        .containsExactly("default", "team");
    assertThat(shown.path("history").findValuesAsText("what"))
        .containsExactly("opened", "found", "fetched");
    assertThat(shown.at("/reach/people").asInt()).isEqualTo(1);
    assertThat(shown.at("/reach/fetched/0/by").asText()).isEqualTo("user:dora");
    assertThat(shown.at("/reach/fetched/0/times").asInt()).isEqualTo(2);
    assertThat(shown.path("mayChange").asBoolean()).isTrue();
    assertThat(admin.get("issues/99").status()).isEqualTo(404);
    assertThat(admin.get("issues/x").status()).isEqualTo(404);
  }

  @Test
  void tellsWhoFetchedWhatToThoseWhoManagePeopleOnly() {
    JsonNode shown = dora.get("issues/1").json();
    assertThat(shown.at("/reach/people").asInt()).isEqualTo(1);
    assertThat(shown.at("/reach/fetched")).isEmpty();
    assertThat(shown.path("mayComment").asBoolean()).isTrue();
    assertThat(shown.path("mayChange").asBoolean()).isFalse();
    assertThat(dora.get("issues/1").text()).doesNotContain("127.0.0.1");
  }

  @Test
  void showsATokenForOneRegistryWhatIsFoundThere() {
    Api limited = limited();
    assertThat(numbers(limited.get("issues"))).containsExactly(3, 1);
    assertThat(limited.get("issues").json().path("total").asInt()).isEqualTo(2);
    TestingReply shown = limited.get("issues/1");
    assertThat(shown.json().path("occurrences").findValuesAsText("registry"))
        .containsExactly("default");
    assertThat(events(shown)).containsExactly("opened");
    assertThat(shown.text()).doesNotContain("team");
    assertThat(limited.get("issues/2").status()).isEqualTo(404);
    assertThat(limited.get("issues?registry=team").status()).isEqualTo(403);
    assertThat(limited.post("issues/2/comments", "{\"text\":\"x\"}").status()).isEqualTo(403);
    assertThat(limited.patch("issues/1", "{\"assignee\":null}").status()).isEqualTo(403);
  }

  @Test
  void showsNothingToAnotherWorkspace() {
    Api olga = Api.of(server, "other", "olga", Role.OWNER);
    assertThat(olga.get("issues").json().path("total").asInt()).isZero();
    assertThat(olga.get("issues/1").status()).isEqualTo(404);
    assertThat(olga.patch("issues/1", "{\"assignee\":null}").status()).isEqualTo(404);
    assertThat(olga.post("issues/1/comments", "{\"text\":\"x\"}").status()).isEqualTo(404);
    assertThat(admin.patch("issues/1", "{\"assignee\":\"olga\"}").status()).isEqualTo(404);
  }

  @Test
  void notesWhatPeopleSay() {
    assertThat(dora.post("issues/1/comments", "{\"text\":\"See <b>#2</b>\"}").status())
        .isEqualTo(204);
    JsonNode said = dora.get("issues/1").json().path("history").path(3);
    assertThat(said.path("what").asText()).isEqualTo("comment");
    assertThat(said.path("by").asText()).isEqualTo("user:dora");
    assertThat(said.path("text").asText()).isEqualTo("See <b>#2</b>");
    assertThat(server.audited("user:dora")).contains("issue.comment #1 pad");
    for (String bad : List.of("{}", "{\"text\":\" \"}", "{\"text\":1}")) {
      assertThat(dora.post("issues/1/comments", bad).status()).as(bad).isEqualTo(400);
    }
    String tooLong = "{\"text\":\"" + "x".repeat(10_001) + "\"}";
    assertThat(dora.post("issues/1/comments", tooLong).status()).isEqualTo(400);
    assertThat(dora.post("issues/9/comments", "{\"text\":\"x\"}").status()).isEqualTo(404);
  }

  @Test
  void letsDevelopersAssignAndAdminsCloseAndReopenWithAReason() {
    assertThat(
            dora.patch("issues/1", "{\"assignee\":\"dora\"}").json().at("/issue/assignee").asText())
        .isEqualTo("dora");
    assertThat(dora.patch("issues/1", "{\"assignee\":null}").json().at("/issue/assignee").isNull())
        .isTrue();
    String close = "{\"status\":\"closed\",\"reason\":\"Nobody runs it\"}";
    assertThat(dora.patch("issues/1", close).status()).isEqualTo(403);
    assertThat(dora.patch("issues/1", "{\"title\":\"x\"}").status()).isEqualTo(403);
    TestingReply closed = admin.patch("issues/1", close);
    assertThat(closed.json().at("/issue/status").asText()).isEqualTo("closed");
    assertThat(events(closed)).endsWith("assigned", "closed");
    assertThat(admin.patch("issues/1", close).status()).isEqualTo(409);
    assertThat(
            admin
                .patch("issues/1", "{\"status\":\"open\",\"reason\":\"Somebody does\"}")
                .json()
                .at("/issue/status")
                .asText())
        .isEqualTo("open");
    assertThat(server.audited("user:adam")).contains("issue.close #1 pad", "issue.reopen #1 pad");
    for (String bad :
        List.of(
            "{\"status\":\"closed\"}",
            "{\"status\":\"gone\",\"reason\":\"x\"}",
            "{\"assignee\":1}",
            "{\"severity\":\"awful\"}",
            "{\"title\":\"\"}")) {
      assertThat(admin.patch("issues/1", bad).status()).as(bad).isEqualTo(400);
    }
    server.services().access().accounts().deactivate(new Actor.Operator(), server.user("dora"));
    assertThat(admin.patch("issues/1", "{\"assignee\":\"dora\"}").status()).isEqualTo(400);
    assertThat(admin.patch("issues/1", "{\"assignee\":\"nobody\"}").status()).isEqualTo(404);
  }

  @Test
  void keepsPeoplesWordsWhateverTheScannerSaysLater() {
    TestingReply edited =
        admin.patch("issues/2", "{\"title\":\"Only in tests\",\"severity\":\"low\"}");
    assertThat(edited.json().at("/issue/title").asText()).isEqualTo("Only in tests");
    assertThat(edited.json().at("/found/title").asText()).isEqualTo(TITLE);
    report("box", finding(Cause.Type.VULNERABILITY, "GHSA-2", "critical", "2.0.0", team));
    JsonNode shown = admin.get("issues/2").json();
    assertThat(shown.at("/issue/title").asText()).isEqualTo("Only in tests");
    assertThat(shown.at("/issue/severity").asText()).isEqualTo("low");
    assertThat(shown.at("/found/severity").asText()).isEqualTo("critical");
    assertThat(numbers(admin.get("issues?severity=low"))).containsExactly(2);
    JsonNode back = admin.patch("issues/2", "{\"severity\":null}").json();
    assertThat(back.at("/issue/severity").asText()).isEqualTo("critical");
    assertThat(back.at("/issue/title").asText()).isEqualTo("Only in tests");
    assertThat(server.audited("user:adam")).contains("issue.edit #2 box");
  }

  @Test
  void refusesAnEditOfWhatSomebodyElseHasChangedMeanwhile() {
    String seen = Objects.requireNonNull(admin.get("issues/1").header("etag"));
    dora.post("issues/1/comments", "{\"text\":\"Wait\"}");
    Api late = admin.with("if-match", seen);
    assertThat(late.patch("issues/1", "{\"title\":\"x\"}").status()).isEqualTo(412);
    assertThat(admin.get("issues/1").json().at("/issue/title").asText()).isEqualTo(TITLE);
    String now = Objects.requireNonNull(admin.get("issues/1").header("etag"));
    assertThat(admin.with("if-none-match", now).get("issues/1").status()).isEqualTo(304);
    assertThat(admin.with("if-match", now).patch("issues/1", "{\"title\":\"x\"}").status())
        .isEqualTo(200);
  }
}
