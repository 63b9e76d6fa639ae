package dev.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.app.command.TestingOperator.Outcome;
import dev.gatehouse.app.setup.Claim;
import dev.gatehouse.app.setup.DataDirectory;
import dev.gatehouse.blob.Blobs;
import dev.gatehouse.db.Database;
import dev.gatehouse.packages.CachedTarballs;
import dev.gatehouse.packages.CachedTarballs.CachedTarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class VerifyCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EMPTY =
      "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
          + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

  @AutoClose private final TestingOperator operator = new TestingOperator();

  VerifyCommandTest() throws IOException {}

  @Test
  void endsWithZeroWhenEverythingIsWhole() throws IOException {
    cached();

    assertThat(operator.run("", "verify"))
        .isEqualTo(
            new Outcome(
                0, "Everything is there and whole: 1 files (0 bytes) looked at for 1 rows.\n", ""));
    assertThat(JSON.readTree(operator.run("", "verify", "--json").out()))
        .isEqualTo(
            JSON.readTree(
                """
                {"clean":true,"files":1,"bytes":0,"rows":1,"unnamed":0,"swept":0,"found":0,
                 "findings":[]}
                """));
  }

  @Test
  void endsWithOneUntilWhatIsMissingWasRepaired() throws IOException {
    Files.delete(cached().path(EMPTY));

    Outcome looked = operator.run("", "verify");
    assertThat(looked.code()).isEqualTo(1);
    assertThat(looked.out())
        .isEqualTo(
            """
            FINDING  SUBJECT                     WHAT
            missing  default/default left@1.0.0  The bytes are not in the store; they can be fetched again from the upstream.

            1 findings, 1 of them not repaired: 0 files (0 bytes) looked at for 1 rows.
            """);

    Outcome repaired = operator.run("", "verify", "--repair", "--json");
    assertThat(repaired.code()).isZero();
    JsonNode report = JSON.readTree(repaired.out());
    assertThat(report.get("clean").asBoolean()).isTrue();
    assertThat(report.get("findings").get(0).get("kind").asText()).isEqualTo("missing");
    assertThat(report.get("findings").get(0).get("repaired").asBoolean()).isTrue();
    assertThat(operator.run("", "verify").out())
        .isEqualTo("Everything is there and whole: 0 files (0 bytes) looked at for 0 rows.\n");
  }

  @Test
  void removesWhatNothingNeedsOnlyWhenNoServerRuns() throws IOException {
    Blobs blobs = blobs();
    blobs.keep(blobs.newScratchFile(), EMPTY);
    Files.setLastModifiedTime(
        blobs.path(EMPTY), FileTime.from(operator.clock.instant().minus(Duration.ofHours(2))));

    try (Claim _ = Claim.ofDirectory(new DataDirectory(operator.data))) {
      assertThat(operator.run("", "verify", "--repair").out()).contains("; 0 removed now.");
    }
    assertThat(operator.run("", "verify").out())
        .endsWith(
            "1 files have no row, which is fine: a server removes them after an hour; 0 removed"
                + " now.\n");
    assertThat(blobs.has(EMPTY)).isTrue();
    assertThat(operator.run("", "verify", "--repair").out()).contains("; 1 removed now.");
    assertThat(blobs.has(EMPTY)).isFalse();
  }

  @Test
  void refusesADirectoryWithoutAStore() {
    assertThat(operator.run("", "verify"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "There is no store in \"%s\": name the server's data directory by --data.%n"
                    .formatted(operator.data)));
  }

  private Blobs blobs() {
    return new Blobs(new DataDirectory(operator.data).store());
  }

  private Blobs cached() throws IOException {
    Blobs blobs = blobs();
    blobs.keep(blobs.newScratchFile(), EMPTY);
    String integrity =
        "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
    try (Database database = operator.open("server")) {
      database.write(handle -> {
        CachedTarballs.add(handle, new CachedTarball(1, "left", "1.0.0", EMPTY, 0, integrity), 0);
        return true;
      });
    }
    return blobs;
  }
}
