package dev.gatehouse.review.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.registries.Registry;
import dev.gatehouse.registries.Upstreams;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingPackument;
import dev.gatehouse.testing.TestingReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is learnt while a server runs takes versions away, and opens and closes issues.
@OnBothDatabases
final class ScannerTest {
  private static final String MALWARE = TestingFeed.malwareRecord("MAL-1", "pad", "\"1.1.0\"");
  private static final String HOLE = TestingFeed.vulnerableRecord("GHSA-1", "pad", "1.1.0");

  @AutoClose private final Post post;

  ScannerTest(Dialect dialect) {
    post = new Post(dialect);
  }

  @BeforeEach
  void publish() {
    TestingPackument.of("pad").version("1.0.0").version("1.1.0").putAt(post.server.upstream());
  }

  @Test
  void newMalwareIsWithheldAtOnceAndItsIssueSaysWhoHasIt() {
    post.enforce(PolicyName.MALWARE, Mode.ENFORCE);
    assertThat(post.fetch("default", "pad", "1.0.0").status()).isEqualTo(200);
    assertThat(post.fetch("default", "pad", "1.1.0").status()).isEqualTo(200);
    assertThat(post.fetch("default", "pad", "1.1.0").status()).isEqualTo(200);

    post.advise(MALWARE);

    assertThat(post.fetch("default", "pad", "1.1.0").status()).isEqualTo(403);
    TestingReply document = post.server.get(post.ada, "/r/default/pad");
    assertThat(document.json().path("versions").has("1.1.0")).isFalse();
    assertThat(document.json().path("versions").has("1.0.0")).isTrue();
    assertThat(post.issues()).containsExactly("1 open malware critical pad MAL-1");
    assertThat(post.occurrences(1)).containsExactly("default 1.1.0 blocked");
    JsonNode fetched = post.issue(1).path("fetched");
    assertThat(fetched).hasSize(1);
    assertThat(fetched.get(0).path("by").asText()).isEqualTo("user:ada");
    assertThat(fetched.get(0).path("token").asText()).isEqualTo(tokenOfAda());
    assertThat(fetched.get(0).path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(fetched.get(0).path("first").asText()).isEqualTo(post.clock.instant().toString());
    assertThat(fetched.get(0).path("times").asInt()).isEqualTo(2);
    assertThat(post.history(1))
        .containsExactly(
            "opened Malware in pad", "found pad@1.1.0 in default", "fetched Fetched by user:ada.");
  }

  @Test
  void anAdvisoryThatIsTakenBackClosesItsIssueAndOneThatComesAgainReopensIt() {
    post.fetch("default", "pad", "1.0.0");
    post.advise(HOLE);
    assertThat(post.issues()).containsExactly("1 open vulnerability critical pad GHSA-1");

    post.operate("", "advisories", "remove", "GHSA-1");
    assertThat(post.issues()).containsExactly("1 closed vulnerability critical pad GHSA-1");
    assertThat(post.history(1).getLast())
        .isEqualTo("closed Nobody says so of these versions any more.");

    post.advise(HOLE);
    assertThat(post.issues()).containsExactly("1 open vulnerability critical pad GHSA-1");
    assertThat(post.history(1).getLast()).isEqualTo("reopened It was found again.");
  }

  @Test
  void nothingIsOpenedForWhatIsNotHere() {
    post.fetch("default", "pad", "1.1.0");
    post.advise(HOLE);

    assertThat(post.issues()).isEmpty();
  }

  @Test
  void aVersionThatComesInLaterIsFoundAndReopensWhatWasClosedForOthers() {
    post.fetch("default", "pad", "1.0.0");
    post.advise(HOLE);
    post.server.operate("", "issue", "close", "1", "--reason", "Nobody calls it");
    post.server.services().scanner().look("pad");
    post.settle();
    assertThat(post.issues()).containsExactly("1 closed vulnerability critical pad GHSA-1");

    Registry team = team();
    post.fetch(team.name(), "pad", "1.0.0");
    post.settle();

    assertThat(post.issues()).containsExactly("1 open vulnerability critical pad GHSA-1");
    assertThat(post.occurrences(1)).containsExactly("default 1.0.0 served", "team 1.0.0 served");
    assertThat(post.history(1))
        .contains(
            "closed Nobody calls it", "found pad@1.0.0 in team", "reopened It was found again.");
  }

  @Test
  void aWaiverClosesAnIssueAndItsEndOpensItAgain() {
    post.enforce(PolicyName.VULNERABILITIES, Mode.ENFORCE);
    post.fetch("default", "pad", "1.0.0");
    post.advise(HOLE);
    assertThat(post.occurrences(1)).containsExactly("default 1.0.0 quarantined");

    post.operate(
        "",
        "waiver",
        "add",
        "default",
        "pad@1.0.0",
        "--policy",
        "vulnerabilities",
        "--until",
        "30d",
        "--reason",
        "No way to it");
    assertThat(post.issues()).containsExactly("1 closed vulnerability critical pad GHSA-1");
    assertThat(post.occurrences(1)).containsExactly("default 1.0.0 served waived");
    assertThat(post.history(1).getLast()).isEqualTo("closed Everything that has it is waived.");

    post.clock.advance(Duration.ofDays(400));
    post.server.services().scanner().lookAtAll();
    post.settle();
    assertThat(post.issues()).containsExactly("1 open vulnerability critical pad GHSA-1");
    assertThat(post.history(1).getLast()).isEqualTo("reopened It is waived no longer.");
  }

  @Test
  void aReleaseForThatCauseClosesItToo() {
    post.enforce(PolicyName.VULNERABILITIES, Mode.ENFORCE);
    post.fetch("default", "pad", "1.0.0");
    post.advise(HOLE);

    post.operate(
        "",
        "quarantine",
        "release",
        "default",
        "pad@1.0.0",
        "--reason",
        "Read",
        "--cause",
        "vulnerabilities:GHSA-1");

    assertThat(post.fetch("default", "pad", "1.0.0").status()).isEqualTo(200);
    assertThat(post.issues()).containsExactly("1 closed vulnerability critical pad GHSA-1");
  }

  @Test
  void aVersionThatIsTakenBackClosesTheIssueUnlessItIsMalwareThatSomebodyHas() {
    hosted("own");
    hosted("evil");
    assertThat(post.fetch("default", "own", "1.0.0").status()).isEqualTo(200);
    assertThat(post.fetch("default", "evil", "1.0.0").status()).isEqualTo(200);
    post.advise(TestingFeed.vulnerableRecord("ACME-1", "own", "2.0.0"));
    post.advise(TestingFeed.malwareRecord("MAL-2", "evil", "\"1.0.0\""));

    takeBack("own");
    takeBack("evil");
    post.settle();

    assertThat(post.issues())
        .containsExactly(
            "2 open malware critical evil MAL-2", "1 closed vulnerability critical own ACME-1");
    assertThat(post.history(1).getLast())
        .isEqualTo("closed The versions that had it are here no longer.");
    assertThat(post.occurrences(2)).containsExactly("default 1.0.0 gone");
  }

  @Test
  void whoFetchesMalwareAfterwardsIsWrittenDownToo() {
    post.fetch("default", "pad", "1.1.0");
    post.advise(MALWARE);
    assertThat(post.issue(1).path("fetched")).hasSize(1);

    for (String user : List.of("ben", "cid")) {
      String token = post.server.token(user, Role.DEVELOPER);
      post.server.get(token, "/r/default/pad/-/pad-1.1.0.tgz");
      post.settle();
    }

    assertThat(post.issue(1).path("fetched")).hasSize(3);
    assertThat(post.history(1).getLast())
        .isEqualTo("fetched Fetched by user:ada, user:ben, user:cid.");
  }

  @Test
  void recordsOfOneThingAreOneIssueAlsoIfOnlyAThirdOneSaysSo() {
    post.fetch("default", "pad", "1.0.0");
    post.fetch("default", "pad", "1.1.0");
    post.advise(HOLE);
    post.advise(TestingFeed.vulnerableRecord("CVE-1", "pad", "1.1.0"));
    assertThat(post.issues())
        .containsExactlyInAnyOrder(
            "1 open vulnerability critical pad GHSA-1", "2 open vulnerability critical pad CVE-1");

    post.advise(
        TestingFeed.vulnerableRecord("SNYK-1", "pad", "1.2.0")
            .replaceFirst("\\{", "{\"aliases\":[\"GHSA-1\",\"CVE-1\"],"));

    assertThat(post.issues())
        .containsExactly(
            "1 open vulnerability critical pad GHSA-1",
            "2 closed vulnerability critical pad CVE-1");
    assertThat(post.occurrences(1)).containsExactly("default 1.0.0 served", "default 1.1.0 served");
  }

  @Test
  void aPolicyThatQuarantinesWhatSomebodyWantsOpensAnIssueUntilItIsReleased() {
    TestingPackument.of("script")
        .version(
            "1.0.0",
            "2020-01-01T00:00:00.000Z",
            one -> one.putObject("scripts").put("install", "node x"))
        .putAt(post.server.upstream());
    post.enforce(PolicyName.INSTALL_SCRIPTS, Mode.ENFORCE);
    assertThat(post.fetch("default", "script", "1.0.0").status()).isEqualTo(403);
    post.settle();

    assertThat(post.issues()).containsExactly("1 open policy moderate script install-scripts");
    assertThat(post.occurrences(1)).containsExactly("default 1.0.0 quarantined");

    post.operate(
        "",
        "quarantine",
        "release",
        "default",
        "script@1.0.0",
        "--reason",
        "Read",
        "--cause",
        "install-scripts");
    assertThat(post.issues()).containsExactly("1 closed policy moderate script install-scripts");
  }

  @Test
  void whatAnotherWorkspaceHasIsItsOwnAffair() {
    post.fetch("default", "pad", "1.0.0");
    post.operate("", "workspace", "create", "other");
    post.operate("", "registry", "create", "lib", "--workspace", "other");
    Registry lib = post.server.services().registries().require("other", "lib");
    post.server
        .services()
        .database()
        .write(handle -> {
          var tarball =
              new CachedTarballs.CachedTarball(lib.id(), "pad", "1.0.1", "d", 1, "sha512-x");
          CachedTarballs.add(handle, tarball, 0);
          return tarball;
        });
    post.advise(HOLE);

    assertThat(post.occurrences(1)).containsExactly("default 1.0.0 served");
    JsonNode theirs =
        Post.json(post.server.operate("", "issue", "show", "1", "--workspace", "other", "--json"));
    assertThat(theirs.path("occurrences")).hasSize(1);
    assertThat(theirs.at("/occurrences/0/registry").asText()).isEqualTo("lib");
    assertThat(theirs.at("/occurrences/0/version").asText()).isEqualTo("1.0.1");
  }

  @Test
  void peopleCommentAssignCloseAndReopenAndTheTrailHasIt() {
    post.fetch("default", "pad", "1.0.0");
    post.advise(HOLE);

    post.server.operate("", "issue", "comment", "1", "Who uses it?");
    post.server.operate("", "issue", "assign", "1", "ada");
    post.server.operate("", "issue", "close", "1", "--reason", "Nobody");
    post.server.operate("", "issue", "reopen", "1", "--reason", "Somebody");

    assertThat(post.history(1))
        .endsWith("comment Who uses it?", "assigned ada", "closed Nobody", "reopened Somebody");
    assertThat(post.issue(1).at("/issue/assignee").asText()).isEqualTo("ada");
    assertThat(post.server.audited("operator"))
        .endsWith(
            "issue.comment #1 pad",
            "issue.assign #1 pad",
            "issue.close #1 pad",
            "issue.reopen #1 pad");
    assertThat(post.server.audited("job:scanner"))
        .containsExactly("issue.opened #1 pad", "issue.found #1 pad");
  }

  private Registry team() {
    return post.server.addRegistry(
        "team",
        Registry.Settings.of(Registry.Kind.STANDARD),
        new Upstreams.Here(post.server.registry()));
  }

  private void hosted(String name) {
    byte[] body = PackageBuilder.named(name).version("1.0.0").publishBody();
    assertThat(post.server.put(post.ada, "/r/default/" + name, body).status()).isEqualTo(201);
  }

  private void takeBack(String name) {
    String revision =
        post.server
            .get(post.ada, "/r/default/" + name + "?write=true")
            .json()
            .path("_rev")
            .asText();
    TestingReply reply =
        post.server.delete(post.ada, "/r/default/%s/-rev/%s".formatted(name, revision));
    assertThat(reply.status()).isEqualTo(200);
  }

  private String tokenOfAda() {
    return post.server.services().access().tokens().list(post.server.user("ada")).getFirst().key();
  }
}
