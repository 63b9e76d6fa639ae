package dev.gatehouse.web.npm.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingAnswer;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingReply;
import dev.gatehouse.testing.TestingUpstream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tarballs: streamed while they are checked, kept, and served from the store.
final class TarballTest {
  private static final String FILE = "/left-pad/-/left-pad-1.0.0.tgz";
  private static final String PATH = "/r/default" + FILE;

  @AutoClose private final Reader reader = new Reader();
  private final TestingPackage pad = TestingPackage.of("left-pad", "1.0.0");

  @Test
  void servesTheBytesAndThenFromTheStore() {
    pad.putAt(reader.upstream());
    TestingReply cold = reader.get(PATH, "accept-encoding", "gzip, zstd");
    TestingReply warm = reader.get(PATH, "accept-encoding", "gzip, zstd");

    for (TestingReply reply : new TestingReply[] {cold, warm}) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(pad.tarball());
      assertThat(reply.header("content-encoding")).isNull();
      assertThat(reply.header("content-type")).isEqualTo("application/octet-stream");
      assertThat(reply.header("content-length")).isEqualTo("" + pad.tarball().length);
      assertThat(reply.header("etag")).isEqualTo(cold.header("etag"));
    }
    assertThat(reader.upstream().requests(FILE)).hasSize(1);
    assertThat(reader.server.blobs()).contains(sha512(pad.tarball()));
  }

  @Test
  void whatWasJustFetchedIsServedWithoutLookingAtTheDocumentAgain() {
    pad.putAt(reader.upstream());
    reader.get("/r/default/left-pad");
    reader.get(PATH);
    reader.clock.advance(Duration.ofDays(3));

    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
    assertThat(reader.upstream().requests("/left-pad")).hasSize(1);
  }

  @Test
  void answersHeadRangeAndNotModified() {
    pad.putAt(reader.upstream());
    String etag = String.valueOf(reader.get(PATH).header("etag"));

    TestingReply head = reader.send("HEAD", reader.server.url() + PATH);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-length")).isEqualTo("" + pad.tarball().length);
    TestingReply part = reader.get(PATH, "range", "bytes=2-5");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(pad.tarball(), 2, 6));
    assertThat(reader.get(PATH, "range", "bytes=99999-").status()).isEqualTo(416);
    TestingReply same = reader.get(PATH, "if-none-match", etag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header("etag")).isEqualTo(etag);
    reader.server.restart();
    assertThat(reader.get(PATH, "if-none-match", etag).status()).isEqualTo(304);
  }

  @Test
  void tellsWhoHasTheBytesSoWithoutFetchingThem() {
    pad.putAt(reader.upstream());
    String etag = '"' + sha512(pad.tarball()).substring(0, 40) + '"';

    assertThat(reader.get(PATH, "if-none-match", etag).status()).isEqualTo(304);
    assertThat(reader.upstream().requests(FILE)).isEmpty();
  }

  @Test
  void servesWhatIsCachedWhileTheUpstreamIsDownAndAfterARestart() {
    pad.putAt(reader.upstream());
    byte[] document = reader.get("/r/default/left-pad").body();
    reader.get(PATH);
    reader.upstream().at("/left-pad").status(503);
    reader.upstream().at(FILE).status(503);
    reader.server.restart();
    reader.clock.advance(Duration.ofDays(3));

    assertThat(reader.get("/r/default/left-pad").json().path("versions"))
        .isEqualTo(json(document).path("versions"));
    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
  }

  @Test
  void cutsOffWhatDoesNotHashToItsIntegrityAndKeepsNothing() {
    byte[] other = PackageBuilder.named("left-pad").file("evil.js", "evil()").tarball();
    reader.upstream().put("left-pad", pad.packument(reader.upstream().url(), pad.tarball()));
    reader.upstream().at(FILE).body(other);

    assertThat(isServed()).isFalse();
    assertThat(reader.server.blobs()).doesNotContain(sha512(other), sha512(pad.tarball()));

    reader.upstream().putTarball("left-pad", "1.0.0", pad.tarball());
    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
  }

  @Test
  void nobodyTakesWhatBreaksOffForTheWhole() {
    byte[] large = large();
    reader.upstream().put("left-pad", pad.packument(reader.upstream().url(), large));
    reader.upstream().at(FILE).body(large).chunked().cutAfter(2 << 20);

    assertThat(isServed()).isFalse();
    assertThat(reader.server.blobs()).doesNotContain(sha512(large));
  }

  @Test
  void holdsTheLastByteBackUntilAllIsChecked() throws IOException {
    byte[] other = large();
    other[other.length - 1] ^= 1;
    reader.upstream().put("left-pad", pad.packument(reader.upstream().url(), large()));
    reader.upstream().putTarball("left-pad", "1.0.0", other);
    try (Socket socket = open(PATH)) {
      socket.setSoTimeout(20_000);

      assertThat(rest(socket).length()).isLessThan(other.length);
    }
    assertThat(reader.server.blobs()).doesNotContain(sha512(other), sha512(large()));
  }

  @Test
  void passesACutOnAndKeepsNothing() {
    reader.upstream().put("left-pad", pad.packument(reader.upstream().url(), pad.tarball()));
    reader.upstream().putTarball("left-pad", "1.0.0", pad.tarball()).cutAfter(20);

    assertThat(isServed()).isFalse();
    assertThat(reader.server.blobs()).doesNotContain(sha512(pad.tarball()));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 403, 500, 503})
  void saysThatTheUpstreamDoesNotGiveTheTarball(int status) {
    reader.upstream().put("left-pad", pad.packument(reader.upstream().url(), pad.tarball()));
    reader.upstream().at(FILE).status(status);

    TestingReply reply = reader.get(PATH);

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.error()).contains("upstream");
  }

  @Test
  void takesATarballWithoutItsLength() {
    pad.putAt(reader.upstream());
    reader.upstream().putTarball("left-pad", "1.0.0", pad.tarball()).chunked();

    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
    assertThat(reader.get(PATH).header("content-length")).isEqualTo("" + pad.tarball().length);
  }

  @Test
  void checksOldPackagesByTheirShasum() {
    String document = document().replaceAll(",\"integrity\":\"[^\"]+\"", "");
    reader.upstream().put("left-pad", document);
    TestingAnswer tarball = reader.upstream().putTarball("left-pad", "1.0.0", pad.tarball());

    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
    assertThat(reader.upstream().requests(FILE)).hasSize(1);
    tarball.status(503);
    reader.server.restart();
    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
  }

  @Test
  void refusesOldPackagesWithOtherBytes() {
    reader.upstream().put("left-pad", document().replaceAll(",\"integrity\":\"[^\"]+\"", ""));
    reader.upstream().putTarball("left-pad", "1.0.0", new byte[500]);

    assertThat(isServed()).isFalse();
    assertThat(reader.server.blobs()).doesNotContain(sha512(new byte[500]));
  }

  @Test
  void refusesWhatCannotBeChecked() {
    String document = document().replaceAll(",\"(integrity|shasum)\":\"[^\"]+\"", "");
    reader.upstream().put("left-pad", document);
    reader.upstream().putTarball("left-pad", "1.0.0", pad.tarball());

    TestingReply reply = reader.get(PATH);

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.error()).contains("no usable integrity").contains("left-pad@1.0.0");
    assertThat(reader.upstream().requests(FILE)).isEmpty();
  }

  @Test
  void followsRedirects() {
    pad.putAt(reader.upstream());
    reader.upstream().at("/moved.tgz").body(pad.tarball());
    reader.upstream().at(FILE).redirect(reader.upstream().url("/moved.tgz"));

    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
  }

  @Test
  void refusesATarballAtAnotherPrivateAddress() {
    try (var other = TestingUpstream.start()) {
      other.putTarball("left-pad", "1.0.0", pad.tarball());
      reader.upstream().put("left-pad", pad.packument(other.url(), pad.tarball()));

      TestingReply reply = reader.get(PATH);

      assertThat(reply.status()).isEqualTo(502);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void findsTheTarballWhereTheDocumentSaysItLies() {
    String elsewhere = reader.upstream().url("/files/abc").toString();
    reader
        .upstream()
        .put(
            "left-pad",
            document().replaceAll("\"tarball\":\"[^\"]+\"", "\"tarball\":\"" + elsewhere + "\""));
    reader.upstream().at("/files/abc").body(pad.tarball());

    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
  }

  @Test
  void guessesTheCanonicalAddressWhereTheDocumentSaysNone() {
    reader.upstream().put("left-pad", document().replaceAll("\"tarball\":\"[^\"]+\",", ""));
    reader.upstream().putTarball("left-pad", "1.0.0", pad.tarball());

    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
  }

  @Test
  void followersReadAlongBeforeTheEnd() throws Exception {
    byte[] large = large();
    reader.upstream().put("left-pad", pad.packument(reader.upstream().url(), large));
    var held = new CountDownLatch(1);
    reader.upstream().putTarball("left-pad", "1.0.0", large).holdUntil(held);
    var first = CompletableFuture.supplyAsync(() -> reader.get(PATH).body());
    reader.upstream().awaitRequests(FILE, 1);
    var second = CompletableFuture.supplyAsync(() -> reader.get(PATH).body());
    held.countDown();

    assertThat(first.get()).isEqualTo(large);
    assertThat(second.get()).isEqualTo(large);
    assertThat(reader.upstream().requests(FILE)).hasSize(1);
  }

  @Test
  void aClientThatGoesAwayDoesNotEndTheDownload() throws Exception {
    byte[] large = large();
    reader.upstream().put("left-pad", pad.packument(reader.upstream().url(), large));
    var held = new CountDownLatch(1);
    reader.upstream().putTarball("left-pad", "1.0.0", large).holdUntil(held);
    try (Socket socket = open(PATH)) {
      reader.upstream().awaitRequests(FILE, 1);
      socket.setSoLinger(true, 0);
    }
    var waiting = CompletableFuture.supplyAsync(() -> reader.get(PATH).body());
    held.countDown();

    assertThat(waiting.get()).isEqualTo(large);
    assertThat(reader.upstream().requests(FILE)).hasSize(1);
  }

  @Test
  void twoRegistriesFetchTheSameBytesOnce() {
    pad.putAt(reader.upstream());
    reader.registry("other", new dev.gatehouse.registries.Upstreams.Public());
    reader.get(PATH);

    assertThat(reader.get("/r/other" + FILE).body()).isEqualTo(pad.tarball());
    assertThat(reader.upstream().requests(FILE)).hasSize(1);
  }

  @Test
  void doesNotTrustAFileThatNoRowSpeaksFor() throws IOException {
    pad.putAt(reader.upstream());
    var blobs = reader.server.services().blobs();
    Path file = blobs.path(sha512(pad.tarball()));
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {1, 2, 3});

    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
    assertThat(Files.readAllBytes(file)).isEqualTo(pad.tarball());
  }

  @Test
  void replacesADocumentThatLiesDamagedInTheStore() throws IOException {
    pad.putAt(reader.upstream());
    reader.get("/r/default/left-pad");
    reader.server.restart();
    var blobs = reader.server.services().blobs();
    for (String digest : reader.server.blobs()) {
      Files.write(blobs.path(digest), "{}".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(reader.get("/r/default/left-pad").status()).isEqualTo(200);
    assertThat(reader.get(PATH).body()).isEqualTo(pad.tarball());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"right-pad-1.0.0.tgz", "left-pad-1.0.0", "left-pad-.tgz", "left-pad-latest.tgz"})
  void knowsNoOtherFiles(String file) {
    pad.putAt(reader.upstream());

    assertThat(reader.get("/r/default/left-pad/-/" + file).status()).isEqualTo(404);
  }

  private String document() {
    return pad.packument(reader.upstream().url(), pad.tarball());
  }

  private static byte[] large() {
    byte[] bytes = new byte[3 << 20];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private Socket open(String path) throws IOException {
    URI url = URI.create(reader.server.url());
    var socket = new Socket(url.getHost(), url.getPort());
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(path, url.getAuthority(), reader.token)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /// Whatever comes of the body until the connection ends, however it ends.
  private static String rest(Socket socket) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (java.net.SocketException _) {
      bytes.flush();
    }
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    return head < 0 ? text : text.substring(head + 4);
  }

  /// False for an answer that says what is wrong and for one that is cut short.
  private boolean isServed() {
    try {
      TestingReply reply = reader.get(PATH);
      assertThat(reply.status()).as(reply.toString()).isIn(200, 502);
      return reply.status() == 200;
    } catch (java.io.UncheckedIOException _) {
      return false;
    }
  }

  private static com.fasterxml.jackson.databind.JsonNode json(byte[] bytes) {
    try {
      return new com.fasterxml.jackson.databind.json.JsonMapper().readTree(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String sha512(byte[] bytes) {
    String base64 = TestingPackage.integrity(bytes).substring("sha512-".length());
    return java.util.HexFormat.of().formatHex(java.util.Base64.getDecoder().decode(base64));
  }
}
