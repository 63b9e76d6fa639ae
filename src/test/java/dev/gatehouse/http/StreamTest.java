package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamTest {

  private static Handler streaming(long length, Body.Writer writer) {
    return _ -> Response.of(200, "text/plain", new Body.Stream(length, writer));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32 * 1024, 32 * 1024 + 1, 1_000_000})
  void sendsAllOfABodyOfUnknownLength(int size) throws IOException {
    try (HttpServer server = Servers.start(streaming(-1, out -> out.write(pattern(size))))) {
      assertThat(RawClient.get(server.port(), "/").latin())
          .isEqualTo(new String(pattern(size), StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void sendsAllOfABodyOfKnownLengthAndKeepsTheConnection() throws IOException {
    try (HttpServer server = Servers.start(streaming(100_000, out -> out.write(pattern(100_000))));
        RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 2; i++) {
        client.head("GET", "/");
        RawClient.Answer answer = client.answer();
        assertThat(answer.header("content-length")).isEqualTo("100000");
        assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
        assertThat(answer.latin()).hasSize(100_000);
      }
    }
  }

  @Test
  void tellsHeadTheLengthWithoutAskingTheWriter() throws IOException {
    try (HttpServer server =
        Servers.start(
            streaming(
                5,
                _ -> {
                  throw new IOException("asked");
                }))) {
      RawClient.Answer answer = RawClient.ask(server.port(), "HEAD", "/");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-length")).isEqualTo("5");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1_000_000})
  void resetsTheConnectionWhenTheWriterFailsHalfWay(long length) throws IOException {
    try (HttpServer server =
            Servers.start(
                streaming(
                    length,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("the upstream broke");
                    }));
        RawClient client = new RawClient(server.port())) {
      client.head("GET", "/");
      assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
    }
  }

  /// The end of the connection is the end of the body there, so that it must not look clean.
  @Test
  void doesNotEndCleanlyForHttp10Either() throws IOException {
    try (HttpServer server =
            Servers.start(
                streaming(
                    -1,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("the upstream broke");
                    }));
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.0\r\nHost: test\r\n\r\n");
      assertThatThrownBy(client::answer).hasMessageContaining("reset");
    }
  }

  @Test
  void endsAtTheConnectionsEndForHttp10() throws IOException {
    try (HttpServer server = Servers.start(streaming(-1, out -> out.write(new byte[100_000])));
        RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.0\r\nHost: test\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.answer().latin()).hasSize(100_000);
    }
  }

  @Test
  void answersTheProblemWhenTheWriterFailsBeforeTheFirstChunk() throws IOException {
    try (HttpServer server =
        Servers.start(
            streaming(
                1_000_000,
                out -> {
                  out.write(1);
                  throw new ProblemException(new Problem.UpstreamFailed("It is down.", false));
                }))) {
      RawClient.Answer answer = RawClient.get(server.port(), "/");
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).isEqualTo("{\"error\":\"It is down.\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {99_999, 100_001})
  void resetsWhenTheWriterDoesNotKeepItsWord(int size) throws IOException {
    try (HttpServer server = Servers.start(streaming(100_000, out -> out.write(new byte[size])));
        RawClient client = new RawClient(server.port())) {
      client.head("GET", "/");
      assertThatThrownBy(
              () -> {
                RawClient.Answer answer = client.answer();
                assertThat(answer.status()).isEqualTo(500);
                throw new IOException("answered as a bug");
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void neverLetsTheWriterRunFarAheadOfTheClient() throws Exception {
    AtomicLong read = new AtomicLong();
    AtomicLong furthest = new AtomicLong();
    int chunks = 3_200;
    Body.Writer writer =
        out -> {
          byte[] chunk = new byte[32 * 1024];
          for (long written = 0; written < chunks * 32L * 1024; written += chunk.length) {
            out.write(chunk);
            furthest.accumulateAndGet(written - read.get(), Math::max);
          }
        };
    try (HttpServer server = Servers.start(streaming(-1, writer));
        RawClient client = new RawClient(server.port(), 8 * 1024)) {
      client.head("GET", "/");
      for (int i = 0; i < chunks; i++) {
        read.addAndGet(client.exactly(32 * 1024).length);
      }
    }
    assertThat(furthest.get()).as("what the kernel buffers, not 100 MB").isLessThan(20_000_000);
  }

  @Test
  void stopsTheWriterWhenTheClientLeaves() throws Exception {
    CompletableFuture<Throwable> stopped = new CompletableFuture<>();
    Body.Writer endless =
        out -> {
          try {
            while (true) {
              out.write(new byte[32 * 1024]);
            }
          } catch (IOException e) {
            stopped.complete(e);
            throw e;
          }
        };
    try (HttpServer server = Servers.start(streaming(-1, endless))) {
      try (RawClient client = new RawClient(server.port())) {
        client.head("GET", "/");
        client.exactly(100_000);
      }
      assertThat(stopped.get(10, TimeUnit.SECONDS))
          .isInstanceOf(dev.gatehouse.http.connection.ClientGone.class);
    }
  }

  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }
}
