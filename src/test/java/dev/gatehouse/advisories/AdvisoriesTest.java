package dev.gatehouse.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.Advisories.Change;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.npm.semver.Version;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AdvisoriesTest {
  private final TestingDatabase databases;
  private final Database server;
  private final Changes changes;
  private final Advisories advisories;

  AdvisoriesTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    server = databases.database();
    changes = new Changes(server);
    advisories = new Advisories(server, changes);
  }

  @AfterEach
  void close() {
    changes.close();
    databases.close();
  }

  @Test
  void knowsNothingBeforeAFeedWasImportedAndSaysSo() {
    assertThat(advisories.everImported()).isFalse();
    assertThat(advisories.of("left-pad")).isEmpty();
    String before = advisories.revision("left-pad");
    feed("osv", 1);
    advisories.reload();
    assertThat(advisories.everImported()).isTrue();
    assertThat(advisories.revision("left-pad")).isNotEqualTo(before);
  }

  @Test
  void aFeedWrittenByHandIsNoImport() {
    feed(Advisory.OWN_FEED, 1);
    advisories.reload();
    assertThat(advisories.everImported()).isFalse();
  }

  @Test
  void findsTheAdvisoriesThatTouchAVersion() {
    feed("osv", 1);
    row("GHSA-1", "left-pad", 1, null, 7);
    advisories.reload();
    assertThat(advisories.touching("left-pad", version("1.1.9")))
        .extracting(Advisory::id)
        .containsExactly("GHSA-1");
    assertThat(advisories.touching("left-pad", version("1.2.0"))).isEmpty();
    assertThat(advisories.touching("right-pad", version("1.0.0"))).isEmpty();
  }

  @Test
  void seesNothingOfAnImportBeforeItsGeneration() {
    feed("osv", 1);
    row("GHSA-1", "left-pad", 1, 2L, 7);
    row("GHSA-1", "left-pad", 2, null, 8);
    row("GHSA-2", "right-pad", 2, null, 9);
    advisories.reload();
    String before = advisories.revision("left-pad");
    assertThat(advisories.of("left-pad")).hasSize(1);
    assertThat(advisories.of("right-pad")).isEmpty();

    feed("osv", 2);
    advisories.reload();
    assertThat(advisories.of("left-pad")).hasSize(1);
    assertThat(advisories.of("right-pad")).hasSize(1);
    assertThat(advisories.revision("left-pad")).isNotEqualTo(before);
  }

  @Test
  void leavesOutWhatIsHeldOrTakenBack() {
    feed("osv", 1);
    row("GHSA-1", "left-pad", 1, null, 7);
    row("GHSA-2", "left-pad", 1, null, 8);
    write("UPDATE advisory SET held = 'It names everything.' WHERE record = 'GHSA-1'");
    write("UPDATE advisory SET withdrawn = TRUE WHERE record = 'GHSA-2'");
    advisories.reload();
    assertThat(advisories.of("left-pad")).isEmpty();
  }

  @Test
  void theRevisionIsTheSameAfterARestart() {
    feed("osv", 1);
    row("GHSA-1", "left-pad", 1, null, 7);
    advisories.reload();
    try (var later = new Changes(server)) {
      assertThat(new Advisories(server, later).revision("left-pad"))
          .isEqualTo(advisories.revision("left-pad"));
    }
  }

  @Test
  void tellsWhichNamesHaveChangedAndOnlyThose() {
    feed("osv", 1);
    row("GHSA-1", "left-pad", 1, null, 7);
    row("GHSA-2", "right-pad", 1, null, 8);
    advisories.reload();
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    advisories.onChange(told::add);
    advisories.reload();
    assertThat(told).isEmpty();

    write("UPDATE advisory SET gone = 2 WHERE record = 'GHSA-1'");
    row("GHSA-3", "mid-pad", 2, null, 9);
    feed("osv", 2);
    advisories.reload();
    assertThat(told).containsExactly(new Change(Set.of("left-pad", "mid-pad"), false));
  }

  @Test
  void tellsThatAllMayHaveChangedWhenANameIsGoneWithoutATrace() {
    feed("osv", 1);
    row("GHSA-1", "left-pad", 1, null, 7);
    advisories.reload();
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    advisories.onChange(told::add);
    write("DELETE FROM advisory");
    advisories.reload();
    assertThat(told).containsExactly(new Change(Set.of(), true));
  }

  @Test
  void followsAnotherProcess() throws Exception {
    feed("osv", 1);
    advisories.reload();
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    advisories.onChange(told::add);
    Database operator = databases.open("operator");
    operator.write(handle -> {
      insert(handle, "GHSA-1", "left-pad", 1, null, 7);
      Changes.raise(operator, handle, Changes.Topic.ADVISORIES);
      return handle;
    });
    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(new Change(Set.of("left-pad"), false));
    assertThat(advisories.of("left-pad")).hasSize(1);
  }

  private void feed(String name, long generation) {
    server.write(handle ->
        handle.execute(
            """
            INSERT INTO advisory_feed (name, source, generation, records, leased)
            VALUES (?, '', ?, 0, 0) ON CONFLICT (name) DO UPDATE SET generation = excluded.generation
            """,
            name,
            generation));
  }

  private void row(String id, String name, long since, @Nullable Long gone, long digest) {
    server.write(handle -> {
      insert(handle, id, name, since, gone, digest);
      return handle;
    });
  }

  private static void insert(
      Handle handle, String id, String name, long since, @Nullable Long gone, long digest) {
    Advisory advisory =
        new Advisory(
            id,
            List.of(),
            Advisory.Kind.VULNERABILITY,
            Severity.HIGH,
            null,
            "It pads too much.",
            null,
            List.of(),
            new Affected(
                List.of(new Affected.Interval(null, version("1.2.0"), Affected.End.FIX)), Set.of()),
            new Advisory.Dates(null, null, null),
            "osv");
    handle
        .createUpdate(
            """
            INSERT INTO advisory (feed, record, name, since, gone, digest, withdrawn, body)
            VALUES ('osv', :id, :name, :since, :gone, :digest, FALSE, :body)
            """)
        .bind("id", id)
        .bind("name", name)
        .bind("since", since)
        .bind("gone", gone)
        .bind("digest", digest)
        .bind("body", AdvisoryText.write(advisory))
        .execute();
  }

  private void write(String sql) {
    server.write(handle -> handle.execute(sql));
  }

  private static Version version(String text) {
    return Objects.requireNonNull(Version.parse(text));
  }
}
