package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static dev.gatehouse.upstream.TestingClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestingRequest;
import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.source.Hops;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentsTest {
  @TempDir Path scratch;
  private final TestingUpstream upstream = TestingUpstream.start();
  private TestingClient client;

  @BeforeEach
  void open() {
    client = new TestingClient(scratch);
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private DocumentAnswer ask(String name) {
    return client.packument(upstream.url(), name);
  }

  private void assertNothingIsLeft() {
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void bringsADocumentAsItIs() {
    upstream.put("a", " {\"name\":\"a\"}\n");
    assertThat(text(ask("a"))).isEqualTo(" {\"name\":\"a\"}\n");
    assertThat(((DocumentAnswer.Fresh) ask("a")).length()).isEqualTo(14);
  }

  @Test
  void leavesNothingOfADocumentThatWasTaken() {
    upstream.put("a", "{}");
    assertThat(((DocumentAnswer.Fresh) ask("a")).take()).asString().isEqualTo("{}");
    assertNothingIsLeft();
  }

  @Test
  void asksForTheFullFormAndForGzipOnly() {
    upstream.put("a", "{}");
    ask("a");
    TestingRequest request = upstream.requests("/a").getFirst();
    assertThat(request.header("Accept")).isEqualTo("application/json");
    assertThat(request.header("Accept-Encoding")).isEqualTo("gzip");
    assertThat(request.header("Upgrade")).isNull();
    assertThat(request.header("Authorization")).isNull();
  }

  @Test
  void sendsTheSlashOfAScopeEncoded() {
    upstream.put("@s/n", "{}");
    assertThat(text(ask("@s/n"))).isEqualTo("{}");
    assertThat(upstream.requests("/@s/n").getFirst().rawPath()).isEqualTo("/@s%2fn");
  }

  @Test
  void asksBelowThePathOfTheBase() {
    upstream.put("npm/repo/a", "{}");
    assertThat(text(client.packument(upstream.url("/npm/repo"), "a"))).isEqualTo("{}");
  }

  @Test
  void decompressesGzip() {
    String document = "{\"readme\":\"" + "x".repeat(50_000) + "\"}";
    upstream.put("a", document).gzip();
    assertThat(text(ask("a"))).isEqualTo(document);
  }

  @Test
  void keepsWhatTellsAChangeAndSendsItBack() {
    Instant changed = Instant.parse("2024-02-03T04:05:06Z");
    upstream.put("a", "{}").etag("W/\"1\"").lastModified(changed);
    Validators validators = ((DocumentAnswer.Fresh) ask("a")).validators();
    assertThat(validators.etag()).isEqualTo("W/\"1\"");
    assertThat(validators.modifiedAt()).isEqualTo(changed);
    UpstreamSource source = new UpstreamSource(upstream.url(), null);
    assertThat(
            client
                .client()
                .document(
                    source,
                    new DocumentQuestion("a", validators, DocumentQuestion.ABSENT),
                    Hops.none()))
        .isEqualTo(new DocumentAnswer.NotModified());
    upstream.put("a", "{\"b\":1}").etag("\"2\"");
    assertThat(
            text(
                client
                    .client()
                    .document(
                        source,
                        new DocumentQuestion("a", validators, DocumentQuestion.ABSENT),
                        Hops.none())))
        .isEqualTo("{\"b\":1}");
  }

  @Test
  void asksByDateWhereThereIsNoTag() {
    upstream.put("a", "{}").lastModified(Instant.parse("2024-02-03T04:05:06Z"));
    Validators validators = ((DocumentAnswer.Fresh) ask("a")).validators();
    UpstreamSource source = new UpstreamSource(upstream.url(), null);
    assertThat(
            client
                .client()
                .document(
                    source,
                    new DocumentQuestion("a", validators, DocumentQuestion.ABSENT),
                    Hops.none()))
        .isEqualTo(new DocumentAnswer.NotModified());
  }

  @Test
  void doesNotBelieveThatNothingChangedWhenItDidNotAsk() {
    upstream.at("/a").status(304);
    failed(ask("a"));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void saysThatThereIsNoSuchPackage(int status) {
    upstream.at("/a").status(status).body("{\"error\":\"x\"}");
    assertThat(ask("a")).isEqualTo(new DocumentAnswer.NotFound());
    assertThat(upstream.requests("/a")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 300, 305, 400, 402, 405, 406, 418, 501, 508})
  void neverTakesAnOddAnswerForAbsence(int status) {
    upstream.at("/a").status(status).body(status == 204 ? "" : "{}");
    assertThat(failed(ask("a")).timedOut()).isFalse();
    assertThat(upstream.requests("/a")).hasSize(1);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void saysThatTheCredentialIsMissing(int status) {
    upstream.at("/a").status(status);
    assertThat(failed(ask("a")).sentence()).contains("" + status, "no credential is configured");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "", "[]", "\"a\"", "{\"a\":1}]", "{\"a\":1", "x{}", "  "})
  void refusesWhatIsNotAJsonObject(String body) {
    upstream.put("a", body);
    assertThat(failed(ask("a")).sentence()).contains("not a JSON object");
    assertNothingIsLeft();
  }

  @Test
  void refusesAWebPage() {
    upstream.at("/a").html();
    assertThat(failed(ask("a")).sentence()).contains("not a JSON object");
  }

  @Test
  void refusesADocumentThatEndsTooEarly() {
    upstream.put("a", "{\"a\":{}}").cutAfter(7);
    assertThat(failed(ask("a")).sentence()).contains("broke its answer off");
    assertNothingIsLeft();
  }

  @Test
  void refusesADocumentThatEndsTooEarlyInChunks() {
    upstream.put("a", "{\"a\":{}}").chunked().cutAfter(7);
    assertThat(failed(ask("a")).sentence()).contains("broke its answer off");
  }

  @Test
  void refusesACompressedDocumentThatEndsTooEarly() {
    upstream.put("a", "{\"a\":{}}").gzip().chunked().cutAfter(20);
    failed(ask("a"));
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip"})
  void refusesACompressionItDidNotAskFor(String encoding) {
    upstream.put("a", "{}").header("Content-Encoding", encoding);
    assertThat(failed(ask("a")).sentence()).contains("not asked for");
  }

  @Test
  void refusesWhatOnlyClaimsToBeCompressed() {
    upstream.put("a", "{\"a\":\"bcdefghijkl\"}").header("Content-Encoding", "gzip");
    assertThat(failed(ask("a")).sentence()).contains("claims to be compressed");
  }

  @Test
  void refusesALargeDocumentBeforeReadingIt() {
    upstream.put("a", "{" + " ".repeat(TestingClient.MAX_DOCUMENT) + "}");
    assertThat(failed(ask("a")).sentence()).contains("larger than the limit");
    assertNothingIsLeft();
  }

  @Test
  void refusesALargeDocumentThatHidesItsLength() {
    upstream.put("a", "{" + " ".repeat(TestingClient.MAX_DOCUMENT) + "}").chunked();
    assertThat(failed(ask("a")).sentence()).contains("larger than the limit");
    assertNothingIsLeft();
  }

  @Test
  void takesADocumentOfExactlyTheLimit() {
    upstream.put("a", "{" + " ".repeat(TestingClient.MAX_DOCUMENT - 2) + "}").gzip();
    assertThat(text(ask("a"))).hasSize(TestingClient.MAX_DOCUMENT);
  }

  @Test
  void refusesASmallDocumentThatUnfoldsIntoALargeOne() {
    upstream.put("a", "{" + " ".repeat(TestingClient.MAX_DOCUMENT - 1) + "}").gzip();
    assertThat(failed(ask("a")).sentence()).contains("larger than the limit");
    assertNothingIsLeft();
  }

  @Test
  void saysWhatIsWrongWhenNobodyListens() {
    upstream.close();
    DocumentAnswer.Failed failure = failed(ask("a"));
    assertThat(failure.sentence()).contains("takes no connections");
    assertThat(failure.timedOut()).isFalse();
  }
}
