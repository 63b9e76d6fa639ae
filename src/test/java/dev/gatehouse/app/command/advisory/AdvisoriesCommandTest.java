package dev.gatehouse.app.command.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.app.command.TestingOperator;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdvisoriesCommandTest {
  private static final TestingFeed FEED =
      new TestingFeed()
          .malware("MAL-1", "evil-pad", "\"1.0.0\"")
          .vulnerable("GHSA-1", "weak-pad", "2.0.0");

  @AutoClose private final TestingOperator operator = new TestingOperator();
  @TempDir private Path directory;

  AdvisoriesCommandTest() throws IOException {}

  private String succeeds(String input, String... arguments) {
    Outcome outcome = operator.run(input, arguments);
    assertThat(outcome.code()).as(outcome.toString()).isZero();
    return outcome.out();
  }

  private String fails(String... arguments) {
    Outcome outcome = operator.run("", arguments);
    assertThat(outcome.code()).as(outcome.toString()).isNotZero();
    return outcome.err();
  }

  @Test
  void importsAZipAndTellsHowItStands() {
    assertThat(succeeds("", "advisories", "status"))
        .contains("never", "No feed was imported yet, so nothing is known to be dangerous");
    String zip = FEED.zip(directory).toString();

    assertThat(succeeds("", "advisories", "import", zip))
        .contains("osv: 2 records, 2 of them new or changed, 0 gone.");
    assertThat(succeeds("", "advisories", "import", zip)).contains("0 of them new or changed");

    assertThat(succeeds("", "advisories", "status"))
        .containsPattern("osv +guarded +2 +0 +2026-11-22T12:00:00Z")
        .doesNotContain("No feed was imported yet");
    assertThat(succeeds("", "advisories", "list", "weak-pad"))
        .containsPattern(
            "GHSA-1 +osv +vulnerability +critical +<2.0.0 +counts +A hole in weak-pad");
    assertThat(succeeds("", "advisories", "list", "nothing-pad")).doesNotContain("counts");
  }

  @Test
  void importsAFolderAndWhatLiesBehindAUrl() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("records"));
    Files.writeString(
        folder.resolve("MAL-2.json"), TestingFeed.malwareRecord("MAL-2", "evil-pad", "\"2.0.0\""));
    assertThat(succeeds("", "advisories", "import", folder.toString())).contains("1 records");

    try (TestingUpstream host = TestingUpstream.start()) {
      host.at("/all.zip").body(FEED.zip()).etag("\"a\"");
      String feed = "second full " + host.url("/all.zip");
      Map<String, String> environment =
          Map.of("GATEHOUSE_DATA", operator.data.toString(), "GATEHOUSE_ADVISORIES_FEEDS", feed);
      assertThat(operator.runAt(environment, "", "advisories", "import").out())
          .contains("second: 2 records");
      assertThat(operator.runAt(environment, "", "advisories", "import").out())
          .contains("second: nothing has changed.");
      JsonNode status = json(operator.runAt(environment, "", "advisories", "status", "--json"));
      assertThat(status.path("feeds"))
          .extracting(one -> one.path("feed").asText() + " " + one.path("records").asInt())
          .containsExactly("second 2", "osv 1");
    }
  }

  @Test
  void saysWhatIsWrongAndKeepsWhatItHas() throws IOException {
    succeeds("", "advisories", "import", FEED.zip(directory).toString());
    Path broken = Files.writeString(directory.resolve("broken.zip"), "PK\u0003\u0004 and no more");

    assertThat(fails("advisories", "import", broken.toString()))
        .contains("The feed \"osv\" stays as it was.", "damaged or was cut short");
    assertThat(fails("advisories", "import", directory.resolve("none.zip").toString()))
        .contains("There is no file or folder");
    assertThat(fails("advisories", "import", "--feed", "other")).contains("other");
    assertThat(succeeds("", "advisories", "status"))
        .containsPattern("osv +guarded +2 ")
        .contains("The last look at osv failed.");
  }

  @Test
  void addsAndRemovesWhatPeopleWrite() throws IOException {
    String record = TestingFeed.malwareRecord("ACME-1", "own-pad", "\"1.0.0\"");
    assertThat(succeeds(record, "advisories", "add", "-")).contains("own: 1 records");
    Path file = Files.writeString(directory.resolve("2.json"), record.replace("ACME-1", "ACME-2"));
    assertThat(succeeds("", "advisories", "add", file.toString())).contains("own: 2 records");

    succeeds("", "advisories", "remove", "ACME-1");

    assertThat(succeeds("", "advisories", "list", "own-pad"))
        .contains("ACME-2")
        .doesNotContain("ACME-1");
    assertThat(fails("advisories", "remove", "ACME-1")).contains("ACME-1");
    assertThat(fails("advisories", "add", "nowhere.json")).contains("nowhere.json");
  }

  @Test
  void letsARecordCountThatWaitedForAPerson() {
    Map<String, String> careful =
        Map.of(
            "GATEHOUSE_DATA",
            operator.data.toString(),
            "GATEHOUSE_ADVISORIES_FEEDS",
            "careful seconded https://feeds.test/all.zip");
    String zip = FEED.zip(directory).toString();
    assertThat(operator.runAt(careful, "", "advisories", "import", zip, "--feed", "careful").out())
        .contains("2 wait for a person");
    assertThat(operator.runAt(careful, "", "advisories", "status").out())
        .contains("advisories accept FEED ID", "MAL-1", "GHSA-1");

    assertThat(operator.runAt(careful, "", "advisories", "accept", "careful", "MAL-1").out())
        .contains("\"MAL-1\" counts from now on.");

    assertThat(operator.runAt(careful, "", "advisories", "list", "evil-pad").out())
        .contains("counts")
        .doesNotContain("waits");
    assertThat(operator.runAt(careful, "", "advisories", "list", "weak-pad").out())
        .contains("waits");
  }

  private static JsonNode json(Outcome outcome) throws IOException {
    return new JsonMapper().readTree(outcome.out());
  }
}
