package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingAnswer;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How old an answer may be, and what happens while upstreams are away.
final class FreshnessTest {
  private static final String PAD = "/r/default/left-pad";
  private static final String DOCUMENT = "/left-pad";

  @AutoClose private final Reader reader = new Reader();

  @Test
  void aFreshCopyIsServedWithoutAsking() {
    put("1.0.0");
    reader.get(PAD);
    put("1.0.1");
    reader.clock.advance(Duration.ofMinutes(4));

    assertThat(versions()).containsExactly("1.0.0");
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void aCopyOfTenMinutesIsServedAtOnceAndReplacedBehind() throws InterruptedException {
    put("1.0.0");
    reader.get(PAD);
    var held = new CountDownLatch(1);
    put("1.0.1").holdUntil(held);
    reader.clock.advance(Duration.ofMinutes(10));

    assertThat(versions()).containsExactly("1.0.0");
    reader.upstream().awaitRequests(DOCUMENT, 2);
    assertThat(versions()).containsExactly("1.0.0");
    held.countDown();
    assertThat(Reader.versions(reader.get(PAD, "cache-control", "no-cache")))
        .containsExactly("1.0.1");
  }

  /// What pnpm sends for every document that it has.
  private TestingReply confirm(String etag) {
    return reader.get(
        PAD, "accept-encoding", "gzip", "cache-control", "no-cache", "if-none-match", etag);
  }

  private String etag() {
    return String.valueOf(reader.get(PAD, "accept-encoding", "gzip").header("etag"));
  }

  @Test
  void whoHasACopyIsContentWithWhatTheUpstreamSaidAMomentAgo() {
    put("1.0.0");
    String etag = etag();
    put("1.0.1");
    reader.clock.advance(Duration.ofSeconds(9));

    assertThat(confirm(etag).status()).isEqualTo(304);
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void whoHasACopyHearsOfANewerOneAfterAMoment() {
    put("1.0.0");
    String etag = etag();
    put("1.0.1");
    reader.clock.advance(Duration.ofSeconds(10));

    assertThat(Reader.versions(confirm(etag))).containsExactly("1.0.1");
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void whoHasACopyDoesNotWaitForEverForAnUpstreamThatIsSlow() {
    put("1.0.0");
    String etag = etag();
    put("1.0.1").neverAnswer();
    reader.clock.advance(Duration.ofMinutes(1));

    TestingReply reply = confirm(etag);

    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.header("warning")).startsWith("111 ");
  }

  @Test
  void whoHasACopyLeavesAnUpstreamAloneThatHasJustFailed() {
    put("1.0.0");
    String etag = etag();
    reader.upstream().at(DOCUMENT).html();
    reader.clock.advance(Duration.ofMinutes(1));
    assertThat(confirm(etag).status()).isEqualTo(304);
    assertThat(confirm(etag).status()).isEqualTo(304);

    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void whoWantsToWriteOrHasNoCopyIsGivenTheNewestWhateverWasSaidAMomentAgo() {
    put("1.0.0");
    String etag = etag();
    put("1.0.1");
    assertThat(Reader.versions(reader.get(PAD + "?write=true", "if-none-match", etag)))
        .containsExactly("1.0.1");
    put("1.0.2");
    assertThat(Reader.versions(reader.get(PAD, "cache-control", "no-cache")))
        .containsExactly("1.0.2");
    assertThat(asked()).isEqualTo(3);
  }

  @Test
  void aCopyOfTwoHoursWaitsForTheNewOne() {
    put("1.0.0");
    reader.get(PAD);
    put("1.0.1");
    reader.clock.advance(Duration.ofHours(2));

    assertThat(versions()).containsExactly("1.0.1");
  }

  @Test
  void aCopyOfTwoHoursIsServedWhenTheUpstreamTakesLonger() {
    put("1.0.0");
    reader.get(PAD);
    put("1.0.1").neverAnswer();
    reader.clock.advance(Duration.ofHours(2));

    TestingReply reply = reader.get(PAD);

    assertThat(Reader.versions(reply)).containsExactly("1.0.0");
    assertThat(reply.header("warning")).startsWith("111 ");
  }

  @Test
  void aCopyOfTwoDaysWaitsForTheNewOne() {
    put("1.0.0");
    reader.get(PAD);
    put("1.0.1");
    reader.clock.advance(Duration.ofDays(2));

    assertThat(versions()).containsExactly("1.0.1");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 120, 2880})
  void anyCopyIsServedWhileTheUpstreamFails(int minutes) {
    put("1.0.0");
    reader.get(PAD);
    reader.upstream().at(DOCUMENT).html();
    reader.clock.advance(Duration.ofMinutes(minutes));

    assertThat(versions()).containsExactly("1.0.0");
    assertThat(Reader.versions(reader.get(PAD, "cache-control", "no-cache")))
        .containsExactly("1.0.0");
    TestingReply marked = reader.get(PAD);
    assertThat(marked.header("warning")).startsWith("111 gatehouse \"Revalidation Failed\"");
  }

  @Test
  void theMarkGoesWhenTheUpstreamIsBack() {
    put("1.0.0");
    String etag = String.valueOf(reader.get(PAD, "accept-encoding", "gzip").header("etag"));
    reader.upstream().at(DOCUMENT).html();
    reader.clock.advance(Duration.ofDays(2));
    assertThat(reader.get(PAD).header("warning")).isNotNull();
    put("1.0.0");
    reader.clock.advance(Duration.ofMinutes(1));

    TestingReply back = reader.get(PAD, "accept-encoding", "gzip");

    assertThat(back.header("warning")).isNull();
    assertThat(back.header("etag")).isEqualTo(etag);
  }

  @Test
  void aVersionThatTheCopyLacksIsAskedFor() {
    put("1.0.0");
    reader.get(PAD);
    put("1.0.1");

    assertThat(reader.get(PAD + "/1.0.1").status()).isEqualTo(200);
    assertThat(reader.get(PAD + "/9.9.9").status()).isEqualTo(404);
    TestingPackage.of("left-pad", "1.0.2").putAt(reader.upstream());
    assertThat(reader.get(PAD + "/-/left-pad-1.0.2.tgz").status()).isEqualTo(200);
    assertThat(reader.get(PAD + "/-/left-pad-9.9.9.tgz").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/9.9.9", "/-/left-pad-9.9.9.tgz"})
  void nobodyIsToldThatAVersionIsMissingWhileTheUpstreamFails(String path) {
    put("1.0.0");
    reader.get(PAD);
    reader.upstream().at(DOCUMENT).html();

    TestingReply reply = reader.get(PAD + path);

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.error()).contains("not a JSON object");
  }

  @Test
  void confirmsACopyByItsTag() {
    put("1.0.0").etag("\"one\"");
    confirmed("if-none-match", "\"one\"");
  }

  @Test
  void confirmsACopyByItsDate() {
    put("1.0.0").lastModified(Instant.parse("2026-01-02T03:04:05Z"));
    confirmed("if-modified-since", "Fri, 2 Jan 2026 03:04:05 GMT");
  }

  private void confirmed(String header, String value) {
    String before = reader.get(PAD).text();
    reader.clock.advance(Duration.ofDays(2));
    assertThat(reader.get(PAD).text()).isEqualTo(before);
    assertThat(reader.upstream().requests(DOCUMENT)).hasSize(2);
    assertThat(reader.upstream().requests(DOCUMENT).getLast().header(header)).isEqualTo(value);
    reader.clock.advance(Duration.ofMinutes(4));
    reader.get(PAD);
    assertThat(asked()).as("the confirmation made it fresh").isEqualTo(2);
  }

  @Test
  void aMissingNameIsRememberedForAWhileAndThenFound() {
    assertThat(reader.get(PAD).status()).isEqualTo(404);
    put("1.0.0");
    assertThat(reader.get(PAD).status()).isEqualTo(404);
    assertThat(asked()).isEqualTo(1);
    reader.clock.advance(Duration.ofSeconds(61));

    assertThat(versions()).containsExactly("1.0.0");
  }

  @Test
  void aMissingNameIsNotBelievedForeverWhileTheUpstreamFails() {
    assertThat(reader.get(PAD).status()).isEqualTo(404);
    reader.upstream().at(DOCUMENT).html();
    reader.clock.advance(Duration.ofSeconds(61));

    assertThat(reader.get(PAD).status()).isEqualTo(502);
    assertThat(reader.get(PAD).status()).isEqualTo(502);
  }

  /// Faults of an upstream that has never answered for the name.
  enum Fault {
    SERVER_ERROR,
    HTML,
    GARBAGE,
    OTHER_NAME,
    CUT,
    TOO_MANY,
    FORBIDDEN;

    void put(TestingAnswer answer) {
      var _ =
          switch (this) {
            case SERVER_ERROR -> answer.status(500);
            case HTML -> answer.html();
            case GARBAGE -> answer.body("{\"name\": \"left-pad\", \"versions\": }");
            case OTHER_NAME -> answer.body("{\"name\":\"right-pad\",\"versions\":{}}");
            case CUT -> answer.body("{\"name\":\"left-pad\",\"versions\":{}}").cutAfter(10);
            case TOO_MANY -> answer.status(429);
            case FORBIDDEN -> answer.status(403);
          };
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUpstreamsFaultIsNeverNotFound(Fault fault) {
    fault.put(reader.upstream().at(DOCUMENT));

    for (String path : List.of(PAD, PAD + "/1.0.0", PAD + "/-/left-pad-1.0.0.tgz")) {
      TestingReply reply = reader.get(path);
      assertThat(reply.status()).as(path).isEqualTo(502);
      assertThat(reply.error()).as(path).isNotEmpty();
    }
  }

  @Test
  void aThousandClientsOfOneColdPackageAskOnce() throws Exception {
    byte[] tarball = TestingPackage.of("left-pad", "1.0.0").tarball();
    put("1.0.0");
    assertThat(all(() -> reader.get(PAD, "accept-encoding", "gzip").status()))
        .containsOnly(200)
        .hasSize(1_000);
    assertThat(asked()).isEqualTo(1);

    assertThat(all(() -> reader.get(PAD + "/-/left-pad-1.0.0.tgz").body()))
        .allSatisfy(body -> assertThat(body).isEqualTo(tarball));
    assertThat(reader.upstream().requests("/left-pad/-/left-pad-1.0.0.tgz")).hasSize(1);
  }

  private static <T> List<T> all(Callable<T> work) throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = java.util.stream.IntStream.range(0, 1_000).mapToObj(_ -> work).toList();
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> done : clients.invokeAll(tasks)) {
        results.add(done.get());
      }
      return results;
    }
  }

  private TestingAnswer put(String version) {
    var made = TestingPackage.of("left-pad", version);
    made.putAt(reader.upstream());
    return reader
        .upstream()
        .put("left-pad", made.packument(reader.upstream().url(), made.tarball()));
  }

  private List<String> versions() {
    TestingReply reply = reader.get(PAD);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return Reader.versions(reply);
  }

  private int asked() {
    return reader.upstream().requests(DOCUMENT).size();
  }
}
