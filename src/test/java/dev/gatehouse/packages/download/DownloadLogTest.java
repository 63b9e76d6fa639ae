package dev.gatehouse.packages.download;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.OnBothDatabases;
import dev.gatehouse.testing.TestingClock;
import dev.gatehouse.testing.TestingDatabase;
import dev.gatehouse.testing.TestingDatabases;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@OnBothDatabases
final class DownloadLogTest {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");
  private static final InetAddress AWAY = InetAddress.ofLiteral("2001:db8::1");

  @AutoClose private final TestingDatabase databases;
  private final TestingClock clock = new TestingClock();
  private final Downloads downloads;

  DownloadLogTest(Dialect dialect) {
    databases = TestingDatabases.fresh(dialect);
    downloads = new Downloads(databases.database());
  }

  @Test
  void whatOneFetchesAgainOnOneDayIsOneRowWithItsFirstAndLastTime() {
    Instant first = clock.instant();
    try (DownloadLog log = log(1_000)) {
      log.note(fetch(HOME, "pad", "1.0.0"));
      log.flush();
      clock.advance(Duration.ofHours(2));
      log.note(fetch(HOME, "pad", "1.0.0"));
      log.note(fetch(AWAY, "pad", "1.0.0"));
    }

    assertThat(all("pad"))
        .containsExactly(
            row(AWAY, "1.0.0", clock.instant(), clock.instant(), 1),
            row(HOME, "1.0.0", first, clock.instant(), 2));
  }

  @Test
  void theNextDayIsAnotherRow() {
    try (DownloadLog log = log(1_000)) {
      log.note(fetch(HOME, "pad", "1.0.0"));
      clock.advance(Duration.ofDays(1));
      log.note(fetch(HOME, "pad", "1.0.0"));
    }

    assertThat(all("pad")).hasSize(2).allMatch(one -> one.times() == 1);
    assertThat(downloads.of(1, "pad", clock.instant())).hasSize(1);
    assertThat(downloads.of(2, "pad", Instant.EPOCH)).as("another workspace").isEmpty();
  }

  @Test
  void whatDoesNotFitIsCountedAndTold() {
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    var logger = (Logger) LoggerFactory.getLogger(DownloadLog.class);
    logger.addAppender(told);
    var log = new DownloadLog(databases.database(), settings(1_000), clock, 2);
    log.close();
    for (int i = 0; i < 5; i++) {
      log.note(fetch(HOME, "pad", "1.0." + i));
    }
    log.flush();
    log.note(fetch(HOME, "pad", "1.0.9"));
    log.flush();
    logger.detachAppender(told);

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("3 downloads were not noted: they came faster than they could be written");
    assertThat(versions("pad")).containsExactlyInAnyOrder("1.0.0", "1.0.1", "1.0.9");
  }

  @Test
  void whatIsOlderThanIsToBeKeptGoes() {
    try (DownloadLog log = log(1_000)) {
      log.note(fetch(HOME, "pad", "1.0.0"));
      clock.advance(Duration.ofDays(2));
      log.note(fetch(HOME, "pad", "2.0.0"));
      log.flush();
      clock.advance(Duration.ofDays(28).plusMillis(1));

      assertThat(log.prune()).isEqualTo(1);
      assertThat(versions("pad")).containsExactly("2.0.0");
    }
  }

  @Test
  void ofTooManyRowsTheOldestGoWithoutWaitingForADay() {
    try (DownloadLog log = log(3)) {
      for (int i = 0; i < 5; i++) {
        log.note(fetch(HOME, "pad", "1.0." + i));
        log.flush();
        clock.advance(Duration.ofMinutes(1));
      }
    }

    assertThat(versions("pad")).containsExactly("1.0.4", "1.0.3", "1.0.2");
  }

  @Test
  void nothingIsNotedWhereNoRowIsToBeKept() {
    try (DownloadLog log = log(0)) {
      log.note(fetch(HOME, "pad", "1.0.0"));
    }

    assertThat(all("pad")).isEmpty();
  }

  @Test
  void whatWasAskedOfARegistryIsToldOnceHoweverOftenAndInPages() {
    List<String> expected = new ArrayList<>();
    try (DownloadLog log = log(100_000)) {
      log.note(fetch(HOME, "old", "1.0.0"));
      clock.advance(Duration.ofDays(3));
      for (int i = 10_000; i < 15_100; i++) {
        log.note(fetch(HOME, "pad", "1.0." + i));
        log.note(fetch(AWAY, "pad", "1.0." + i));
        expected.add("pad@1.0." + i);
      }
      log.note(new Fetch(1, 9, null, HOME, "elsewhere", "elsewhere-1.0.0.tgz"));
    }
    List<String> asked = new ArrayList<>();

    downloads.asked(
        5,
        clock.instant().minus(Duration.ofDays(1)),
        (name, version) -> asked.add(name + "@" + version));

    assertThat(asked).containsExactlyElementsOf(expected);
  }

  private DownloadLog log(long rows) {
    return new DownloadLog(databases.database(), settings(rows), clock);
  }

  private static DownloadSettings settings(long rows) {
    return new DownloadSettings(Duration.ofDays(30), rows);
  }

  private static Fetch fetch(InetAddress address, String name, String version) {
    return new Fetch(1, 5, null, address, name, name + "-" + version + ".tgz");
  }

  private static Download row(
      InetAddress address, String version, Instant first, Instant last, long times) {
    var who = new Fetcher("anonymous", "", address.getHostAddress());
    return new Download(5, "pad", version, who, first, last, times);
  }

  private List<Download> all(String name) {
    return downloads.of(1, name, Instant.EPOCH);
  }

  private List<String> versions(String name) {
    return all(name).stream().map(Download::version).toList();
  }
}
