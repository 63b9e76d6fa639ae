package dev.gatehouse.advisories.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import dev.gatehouse.testing.TestingFeed;
import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.UpstreamClient;
import dev.gatehouse.upstream.source.UpstreamLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTest {
  private final TestingDatabase databases = TestingDatabases.fresh(Dialect.SQLITE);
  private final TestingUpstream host = TestingUpstream.start();
  private final TestingClock clock = new TestingClock();
  private final Path scratch;
  private final UpstreamClient client;
  private final Feeds feeds;
  private final Refresh refresh;
  private final Feed feed = new Feed("osv", Feed.Trust.FULL, host.url("/npm/all.zip").toString());
  private final FeedSettings settings = new FeedSettings(List.of(feed), Duration.ofHours(6), 5);

  RefreshTest(@TempDir Path scratch) {
    this.scratch = scratch;
    client = new UpstreamClient(UpstreamLimits.defaults(), scratch, "test");
    var database = databases.database();
    feeds = new Feeds(database, clock, () -> {});
    var importer = new Importer(new Importer.Parts(database, clock, Kept.NOTHING, 5, () -> {}));
    refresh = new Refresh(new Refresh.Parts(client, scratch, importer, feeds), clock);
  }

  @AfterEach
  void close() {
    client.close();
    host.close();
    databases.close();
  }

  @Test
  void fetchesAFeedAndAsksTheNextTimeWhetherItHasChanged() throws IOException {
    host.at("/npm/all.zip")
        .body(new TestingFeed().malware("MAL-1", "evil", "\"1\"").zip())
        .etag("\"a\"");
    assertThat(Objects.requireNonNull(run()).records()).isEqualTo(1);
    assertThat(run()).isNull();
    assertThat(host.requests("/npm/all.zip")).hasSize(2);
    assertThat(host.requests("/npm/all.zip").getLast().header("If-None-Match")).isEqualTo("\"a\"");
    host.at("/npm/all.zip")
        .body(new TestingFeed().malware("MAL-2", "evil", "\"1\"").zip())
        .etag("\"b\"");
    assertThat(Objects.requireNonNull(run()).added()).isEqualTo(1);
    assertThat(left()).isEmpty();
  }

  @Test
  void aFeedThatIsDownOrBreaksOffStaysAsItWas() throws IOException {
    byte[] zip = new TestingFeed().malware("MAL-1", "evil", "\"1\"").zip();
    host.at("/npm/all.zip").body(zip);
    run();
    host.at("/npm/all.zip").body(zip).cutAfter(100);
    assertThatThrownBy(this::run).isInstanceOf(ProblemException.class);
    host.at("/npm/all.zip").status(503);
    assertThatThrownBy(this::run)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("could not be fetched");
    host.at("/npm/all.zip").html();
    assertThatThrownBy(this::run).isInstanceOf(ProblemException.class);
    FeedStatus status = feeds.status().getFirst();
    assertThat(status.records()).isEqualTo(1);
    assertThat(status.failure()).isNotNull();
    assertThat(left()).isEmpty();
  }

  @Test
  void aFeedIsDueOnceItWasNotLookedAtForLong() throws IOException {
    assertThat(refresh.due(settings)).containsExactly(feed);
    host.at("/npm/all.zip").body(new TestingFeed().malware("MAL-1", "evil", "\"1\"").zip());
    run();
    clock.advance(Duration.ofHours(5));
    assertThat(refresh.due(settings)).isEmpty();
    clock.advance(Duration.ofHours(2));
    assertThat(refresh.due(settings)).containsExactly(feed);
    host.at("/npm/all.zip").status(503);
    assertThatThrownBy(this::run).isInstanceOf(ProblemException.class);
    assertThat(refresh.due(settings)).isEmpty();
  }

  @Test
  void aFeedMayBeAFolder(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("2026/01"));
    Files.writeString(
        folder.resolve("2026/01/MAL-1.json"),
        TestingFeed.malwareRecord("MAL-1", "evil", "\"1.0.0\""));
    Files.writeString(folder.resolve("README.md"), "Not a record.");
    var local = new Feed("local", Feed.Trust.FULL, folder.toString());
    Imported imported = refresh.run(new Actor.Operator(), local, false, _ -> {});
    assertThat(Objects.requireNonNull(imported).records()).isEqualTo(1);
  }

  @Test
  void feedsAreReadFromTheirSettings() {
    assertThat(Feed.parse(Feed.OSV.toString())).isEqualTo(Feed.OSV);
    for (String wrong :
        List.of("", "osv", "osv https://example.com/all.zip", "own full x", "a b c")) {
      assertThatThrownBy(() -> Feed.parse(wrong)).hasMessageContaining("is no feed");
    }
  }

  private @Nullable Imported run() throws IOException {
    return refresh.run(new Actor.Job("test"), feed, false, _ -> {});
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      return files.toList();
    }
  }
}
