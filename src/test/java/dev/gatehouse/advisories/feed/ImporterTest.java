package dev.gatehouse.advisories.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.osv.OsvFiles;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.upstream.Validators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class ImporterTest {
  private static final Actor ACTOR = new Actor.Operator();
  private static final Feed OSV = new Feed("osv", Feed.Trust.GUARDED, "all.zip");
  private static final Feed SECOND = new Feed("second", Feed.Trust.GUARDED, "second.zip");
  private static final Set<String> KEPT = Set.of("1.0.0", "1.1.0", "1.2.0", "1.3.0", "2.0.0");

  @TempDir Path directory;
  private final TestingDatabase databases;
  private final Changes changes;
  private final Database database;
  private final Advisories advisories;
  private final TestingClock clock = new TestingClock();
  private final Importer importer;
  private final Feeds feeds;

  ImporterTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    database = databases.database();
    changes = new Changes(database);
    advisories = new Advisories(database, changes);
    var kept = new Kept(_ -> Set.of("chalk"), name -> name.equals("chalk") ? KEPT : Set.of());
    importer = new Importer(new Importer.Parts(database, clock, kept, 5, advisories::reload));
    feeds = new Feeds(database, clock, advisories::reload);
  }

  @AfterEach
  void close() {
    changes.close();
    databases.close();
  }

  @Test
  void importsAllOfAFeedAndItCounts() throws IOException {
    Imported imported =
        replace(
            OSV,
            new TestingFeed()
                .malware("MAL-1", "evil", "\"1.0.0\"")
                .vulnerable("GHSA-2", "weak", "2.0.0"));
    assertThat(imported).isEqualTo(new Imported("osv", 2, 2, 0, 0, 0));
    assertThat(ids("evil")).containsExactly("MAL-1");
    assertThat(advisories.of("weak").getFirst().cvss())
        .isEqualTo(new Advisory.Cvss("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8));
    assertThat(databases.audited()).containsExactly("operator advisories.import osv");
  }

  @Test
  void whatIsUnchangedCostsNoWriteAndChangesNoRevision() throws IOException {
    var feed =
        new TestingFeed()
            .malware("MAL-1", "evil", "\"1.0.0\"")
            .vulnerable("GHSA-2", "weak", "2.0.0");
    replace(OSV, feed);
    String evil = advisories.revision("evil");
    String weak = advisories.revision("weak");
    assertThat(replace(OSV, feed)).isEqualTo(new Imported("osv", 2, 0, 0, 0, 0));
    assertThat(rows()).isEqualTo(2);
    assertThat(replace(OSV, feed.vulnerable("GHSA-2", "weak", "2.0.1")).added()).isEqualTo(1);
    assertThat(advisories.revision("evil")).isEqualTo(evil);
    assertThat(advisories.revision("weak")).isNotEqualTo(weak);
    assertThat(ids("weak")).containsExactly("GHSA-2");
  }

  @Test
  void whatIsTakenBackOrGoneCountsNoLonger() throws IOException {
    var feed =
        new TestingFeed()
            .malware("MAL-1", "evil", "\"1.0.0\"")
            .malware("MAL-2", "worse", "\"1.0.0\"");
    replace(OSV, feed);
    String record = TestingFeed.malwareRecord("MAL-1", "evil", "\"1.0.0\"");
    feed.record(
        "MAL-1", record.replace("{\"id\"", "{\"withdrawn\":\"2026-02-01T00:00:00Z\",\"id\""));
    assertThat(replace(OSV, feed.without("MAL-2")).removed()).isEqualTo(1);
    assertThat(ids("evil")).isEmpty();
    assertThat(ids("worse")).isEmpty();
    assertThat(feeds.of("evil"))
        .singleElement()
        .satisfies(one -> assertThat(one.withdrawn()).isTrue());
    replace(OSV, feed.malware("MAL-2", "worse", "\"1.0.0\""));
    assertThat(ids("worse")).containsExactly("MAL-2");
  }

  @Test
  void aFeedThatLosesMuchIsRefusedUnlessToldThatItMay() throws IOException {
    var feed = new TestingFeed();
    for (int i = 0; i < 100; i++) {
      feed.malware("MAL-" + i, "evil-" + i, "\"1.0.0\"");
    }
    replace(OSV, feed);
    for (int i = 0; i < 50; i++) {
      feed.without("MAL-" + i);
    }
    refused(feed.zip(), "lacks 50 of the 100");
    assertThat(ids("evil-0")).containsExactly("MAL-0");
    Path zip = feed.zip(directory);
    importer.replace(
        ACTOR,
        OSV,
        sink -> OsvFiles.read(zip, sink),
        new Importer.Options(true, new Validators(null, null), _ -> {}));
    assertThat(ids("evil-0")).isEmpty();
    assertThat(ids("evil-99")).containsExactly("MAL-99");
  }

  @Test
  void damagedPoisonedAndEnormousZipsChangeNothing() throws IOException {
    var feed =
        new TestingFeed()
            .malware("MAL-1", "evil", "\"1.0.0\"")
            .malware("MAL-2", "worse", "\"1.0.0\"");
    replace(OSV, feed);
    String revision = advisories.revision("evil");
    byte[] whole =
        new TestingFeed()
            .malware("MAL-1", "evil", "\"2.0.0\"")
            .malware("MAL-2", "worse", "\"2.0.0\"")
            .zip();

    refused(Arrays.copyOf(whole, whole.length - 30), "cut short");
    refused(Arrays.copyOf(whole, 200), "cut short");
    refused(cutBehindTheFirstEntry(whole), "should have 2");
    refused(entry("../../evil.json", "{}".getBytes(UTF_8)), "climbs");
    refused(entry("/evil.json", "{}".getBytes(UTF_8)), "climbs");
    refused(entry("bomb.json", new byte[100 << 20]), "larger than the limit");
    refused(
        entry("deep.json", ("{\"id\":\"X\",\"a\":" + "[".repeat(100_000)).getBytes(UTF_8)),
        "limit");
    refused(entry("notes.txt", "hello".getBytes(UTF_8)), "no advisory of an npm package");
    refused(entry("page.json", "<!doctype html>".getBytes(UTF_8)), "not valid JSON");
    refused(twice(), "two different advisories");

    assertThat(advisories.revision("evil")).isEqualTo(revision);
    assertThat(rows()).isEqualTo(2);
    assertThat(feeds.status())
        .singleElement()
        .satisfies(status -> {
          assertThat(status.records()).isEqualTo(2);
          assertThat(status.failure()).contains("two different advisories");
        });
  }

  @Test
  void malwareInMostVersionsOfAWidelyUsedPackageWaitsForAPerson() throws IOException {
    replace(OSV, new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\""));
    String most = "\"1.0.0\",\"1.1.0\",\"1.2.0\"";
    var feed =
        new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\"").malware("MAL-2", "chalk", most);
    assertThat(replace(OSV, feed).held()).isEqualTo(1);
    assertThat(ids("chalk")).isEmpty();
    assertThat(feeds.waiting(10))
        .singleElement()
        .satisfies(held ->
            assertThat(held.reason())
                .isEqualTo("It would take away 3 of the 5 versions kept here."));

    feeds.accept(ACTOR, "osv", "MAL-2");
    assertThat(ids("chalk")).containsExactly("MAL-2");
    // Accepted once, it counts when only its text is changed.
    String other =
        TestingFeed.malwareRecord("MAL-2", "chalk", most).replace("Malware in", "Poison in");
    assertThat(replace(OSV, feed.record("MAL-2", other)).held()).isZero();
    assertThat(ids("chalk")).containsExactly("MAL-2");
    assertThatThrownBy(() -> feeds.accept(ACTOR, "osv", "MAL-2"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void malwareInOneVersionOfAWidelyUsedPackageCountsAtOnce() throws IOException {
    replace(OSV, new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\""));
    replace(
        OSV,
        new TestingFeed()
            .malware("MAL-1", "evil", "\"1.0.0\"")
            .malware("MAL-2", "chalk", "\"2.0.0\""));
    assertThat(ids("chalk")).containsExactly("MAL-2");
  }

  @Test
  void aSecondFeedLetsCountWhatWaits() throws IOException {
    var first = new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\"");
    replace(OSV, first);
    replace(OSV, first.malware("MAL-2", "chalk", "\"1.0.0\",\"1.1.0\",\"1.2.0\""));
    assertThat(ids("chalk")).isEmpty();
    replace(SECOND, new TestingFeed().malware("MAL-3", "chalk", "\"2.0.0\""));
    assertThat(ids("chalk")).containsExactly("MAL-3");
    replace(
        SECOND,
        new TestingFeed()
            .malware("MAL-3", "chalk", "\"2.0.0\"")
            .malware("MAL-2", "chalk", "\"1.0.0\""));
    assertThat(ids("chalk")).containsExactly("MAL-2", "MAL-2", "MAL-3");
  }

  @Test
  void nothingOfAFeedThatNeedsASecondOneCountsAlone() throws IOException {
    var rumours = new Feed("rumours", Feed.Trust.SECONDED, "rumours.zip");
    replace(rumours, new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\""));
    assertThat(ids("evil")).isEmpty();
    replace(OSV, new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\""));
    assertThat(ids("evil")).containsExactly("MAL-1", "MAL-1");
  }

  @Test
  void whatPeopleWriteIsAddedAndReplacedAndRemoved() throws IOException {
    add(TestingFeed.malwareRecord("OWN-1", "evil", "\"1.0.0\""));
    add(TestingFeed.malwareRecord("OWN-2", "worse", "\"1.0.0\""));
    assertThat(ids("evil")).containsExactly("OWN-1");
    assertThat(advisories.of("evil").getFirst().isOwn()).isTrue();
    add(TestingFeed.malwareRecord("OWN-1", "worst", "\"1.0.0\""));
    assertThat(ids("evil")).isEmpty();
    assertThat(ids("worst")).containsExactly("OWN-1");
    assertThat(ids("worse")).containsExactly("OWN-2");
    feeds.remove(ACTOR, "OWN-2");
    assertThat(ids("worse")).isEmpty();
    assertThatThrownBy(() -> feeds.remove(ACTOR, "OWN-2")).hasMessageContaining("OWN-2");
  }

  @Test
  void anImportThatWasKilledLeavesNothingAndBlocksNobodyForLong() throws IOException {
    replace(OSV, new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\""));
    var killed =
        new ImportRun(new ImportRun.Ground(database, clock, Kept.NOTHING, 5), OSV, _ -> {});
    killed.accept(
        "MAL-9.json", TestingFeed.malwareRecord("MAL-9", "worse", "\"1.0.0\"").getBytes(UTF_8));
    killed.completeAdding();
    advisories.reload();
    assertThat(ids("worse")).isEmpty();
    assertThatThrownBy(() -> replace(OSV, new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\"")))
        .hasMessageContaining("another process");
    clock.advance(Duration.ofMinutes(11));
    replace(OSV, new TestingFeed().malware("MAL-1", "evil", "\"1.0.0\""));
    assertThat(rows()).isEqualTo(1);
  }

  private Imported replace(Feed feed, TestingFeed what) throws IOException {
    Path zip = what.zip(directory);
    return importer.replace(ACTOR, feed, sink -> OsvFiles.read(zip, sink), Importer.Options.NONE);
  }

  private void add(String json) throws IOException {
    importer.add(ACTOR, Feed.OWN, sink -> sink.accept("own.json", json.getBytes(UTF_8)));
  }

  private void refused(byte[] zip, String why) throws IOException {
    Path file = Files.write(directory.resolve("bad.zip"), zip);
    assertThatThrownBy(() ->
            importer.replace(ACTOR, OSV, sink -> OsvFiles.read(file, sink), Importer.Options.NONE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("stays as it was")
        .hasMessageContaining(why);
  }

  private List<String> ids(String name) {
    return advisories.of(name).stream().map(Advisory::id).toList();
  }

  /// What is visible and what an import has left behind.
  private long rows() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM advisory a JOIN advisory_feed f ON f.name = a.feed
                WHERE a.gone IS NULL OR a.gone > f.generation
                """)
            .mapTo(Long.class)
            .one());
  }

  private static byte[] entry(String name, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] twice() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < 3_000; i++) {
        zip.putNextEntry(new ZipEntry(i + ".json"));
        zip.write(TestingFeed.malwareRecord("MAL-1", "evil", "\"3.0." + i + "\"").getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /// The first entry, and the zip's end: as if what lies between had never been sent.
  private static byte[] cutBehindTheFirstEntry(byte[] zip) {
    int second = find(zip, 4, new byte[] {'P', 'K', 3, 4});
    byte[] cut = Arrays.copyOf(zip, second + 22);
    System.arraycopy(zip, zip.length - 22, cut, second, 22);
    return cut;
  }

  private static int find(byte[] in, int from, byte[] what) {
    int at = from;
    while (!Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
      at++;
    }
    return at;
  }
}
