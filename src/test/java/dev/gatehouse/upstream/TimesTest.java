package dev.gatehouse.upstream;

import static dev.gatehouse.upstream.TestingClient.failed;
import static dev.gatehouse.upstream.TestingClient.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.TestingTls;
import dev.gatehouse.testing.TestingUpstream;
import dev.gatehouse.upstream.wire.UpstreamException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimesTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir static Path keys;
  @TempDir Path scratch;
  private static TestingTls tls;
  private final TestingUpstream upstream = TestingUpstream.start();
  private TestingUpstream secure;

  @BeforeAll
  static void makeAKey() {
    tls = TestingTls.create(keys);
  }

  @BeforeEach
  void open() {
    secure = TestingUpstream.start(tls);
  }

  @AfterEach
  void close() {
    upstream.close();
    secure.close();
  }

  private void assertIsLate(URI base) {
    try (TestingClient hasty = TestingClient.hasty(scratch, tls, SHORT)) {
      DocumentAnswer.Failed late = failed(hasty.packument(base, "a"));
      assertThat(late.timedOut()).isTrue();
      assertThat(late.sentence()).contains("1.0 s");
    }
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void cutsADocumentThatDrips() {
    upstream.put("a", "{}").drip();
    assertIsLate(upstream.url());
  }

  @Test
  void cutsADocumentThatDripsOverTls() {
    secure.put("a", "{}").drip();
    assertIsLate(secure.url());
  }

  @Test
  void cutsAnUpstreamThatNeverAnswers() {
    upstream.at("/a").neverAnswer();
    assertIsLate(upstream.url());
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void cutsAnUpstreamThatNeverShakesHands() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      assertIsLate(URI.create("https://127.0.0.1:" + deaf.getLocalPort() + "/"));
    }
  }

  @Test
  void cutsHeadersThatDrip() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread dripping = Thread.startVirtualThread(() -> drip(server, over));
      assertIsLate(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
      over.countDown();
      dripping.join();
    }
  }

  private static void drip(ServerSocket server, CountDownLatch over) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nx: ".getBytes(StandardCharsets.US_ASCII));
      while (!over.await(5, TimeUnit.MILLISECONDS)) {
        out.write('x');
      }
    } catch (IOException _) {
      // The client has gone, as it should.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void cutsATarballThatDrips() throws IOException {
    upstream.at("/a.tgz").body("bytes").drip();
    try (TestingClient hasty = TestingClient.hasty(scratch, tls, SHORT);
        TarballStream stream = opened(hasty.tarball(upstream.url(), upstream.url("/a.tgz")))) {
      assertThatThrownBy(() -> stream.body().readAllBytes())
          .asInstanceOf(InstanceOfAssertFactories.type(UpstreamException.class))
          .returns(true, UpstreamException::timedOut);
    }
  }

  @Test
  void givesUpOnAnUpstreamThatFallsSilent() {
    upstream.at("/a").neverAnswer();
    try (TestingClient touchy = TestingClient.touchy(scratch, tls, SHORT)) {
      DocumentAnswer.Failed silent = failed(touchy.packument(upstream.url(), "a"));
      assertThat(silent.timedOut()).isTrue();
      assertThat(silent.sentence()).contains("silent for too long");
    }
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void bearsADripWithoutSilenceForAsLongAsThereIsTime() throws IOException {
    upstream.at("/a.tgz").body("bytes").drip();
    try (TestingClient touchy = TestingClient.touchy(scratch, tls, SHORT);
        TarballStream stream = opened(touchy.tarball(upstream.url(), upstream.url("/a.tgz")))) {
      assertThat(stream.body().readNBytes(100)).hasSize(100);
    }
  }

  @Test
  void doesNotWaitForARetryBeyondTheWholeTime() {
    upstream.at("/a").status(503).header("Retry-After", "4");
    try (TestingClient hasty = TestingClient.hasty(scratch, tls, Duration.ofSeconds(3))) {
      failed(hasty.packument(upstream.url(), "a"));
    }
    assertThat(upstream.requests("/a")).hasSize(1);
  }
}
