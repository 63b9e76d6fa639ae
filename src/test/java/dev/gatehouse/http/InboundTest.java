package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// Bodies that clients send.
final class InboundTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private static Response length(Request request) throws IOException {
    return Response.text(
        200, Long.toString(request.body().transferTo(OutputStream.nullOutputStream())));
  }

  private static Response decoded(Request request) throws IOException {
    return Response.bytes(200, "text/plain", request.decodedBody(1000).readAllBytes());
  }

  @Test
  void isReadWholeWithALengthAndInChunks() throws IOException {
    try (HttpServer server = Servers.start(InboundTest::length);
        RawClient client = new RawClient(server.port())) {
      client.head("PUT", "/", "Content-Length: 300000");
      client.send(new byte[300_000]);
      assertThat(client.answer().text()).isEqualTo("300000");
      client.head("PUT", "/", "Transfer-Encoding: chunked");
      client.send("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
      assertThat(client.answer().text()).isEqualTo("11");
      client.head("GET", "/");
      assertThat(client.answer().text()).isEqualTo("0");
    }
  }

  @Test
  void isRefusedOverItsLimitBeforeAndWhileItIsRead() throws IOException {
    try (HttpServer server = Servers.start(Servers.quick(LONG, LONG), InboundTest::length)) {
      try (RawClient client = new RawClient(server.port())) {
        client.head("PUT", "/", "Content-Length: 1048577");
        assertThat(client.answer().status()).isEqualTo(413);
      }
      try (RawClient client = new RawClient(server.port())) {
        client.head("PUT", "/", "Transfer-Encoding: chunked");
        client.send("100001\r\n");
        client.send(new byte[0x100001]);
        assertThat(client.answer().status()).isEqualTo(413);
      }
    }
  }

  @Test
  void isCutWhenItStandsStill() throws IOException {
    try (HttpServer server = Servers.start(Servers.quick(LONG, SHORT), InboundTest::length);
        RawClient client = new RawClient(server.port())) {
      client.head("PUT", "/", "Content-Length: 10");
      client.send("half");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(client.read()).isEqualTo(-1);
    }
  }

  @Test
  void isCutWhenItTricklesForEver() throws Exception {
    try (HttpServer server = Servers.start(Servers.quick(LONG, SHORT), InboundTest::length);
        RawClient client = new RawClient(server.port())) {
      client.head("PUT", "/", "Content-Length: 1000000");
      CountDownLatch answered = new CountDownLatch(1);
      Thread trickle =
          Thread.startVirtualThread(() -> {
            try {
              while (!answered.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                client.send("x");
              }
            } catch (IOException | InterruptedException _) {
              return;
            }
          });
      assertThat(client.answer().status()).isEqualTo(408);
      answered.countDown();
      trickle.join();
    }
  }

  @Test
  void slowsTheClientDownWhileNobodyReads() throws Exception {
    CountDownLatch proceed = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    Handler handler =
        request -> {
          InputStream body = request.body(1L << 30);
          body.read();
          proceed.await();
          return Response.text(
              200, Long.toString(1 + body.transferTo(OutputStream.nullOutputStream())));
        };
    long size = 64L << 20;
    try (HttpServer server = Servers.start(handler);
        RawClient client = new RawClient(server.port())) {
      client.head("PUT", "/", "Content-Length: " + size);
      Thread sender = Thread.ofPlatform().start(() -> sendAll(client, size, sent));
      // The sender stands still when its thread is in the same write twice in a row.
      long before = -1;
      while (before != sent.get() || before == 0) {
        before = sent.get();
        sender.join(Duration.ofMillis(300));
      }
      assertThat(sent.get()).isLessThan(32L << 20);
      proceed.countDown();
      assertThat(client.answer().text()).isEqualTo(Long.toString(size));
      sender.join();
    }
  }

  private static void sendAll(RawClient client, long size, AtomicLong sent) {
    try {
      while (sent.get() < size) {
        client.send(new byte[64 * 1024]);
        sent.addAndGet(64 * 1024);
      }
    } catch (IOException _) {
      return;
    }
  }

  @Test
  void isContinuedOnlyWhenSomeoneReadsIt() throws IOException {
    Handler handler =
        request -> request.path().equals("/read") ? length(request) : Response.text(403, "no");
    try (HttpServer server = Servers.start(handler)) {
      try (RawClient client = new RawClient(server.port())) {
        client.head("PUT", "/read", "Content-Length: 5", "Expect: 100-continue");
        assertThat(client.answer().status()).isEqualTo(100);
        client.send("hello");
        assertThat(client.answer().text()).isEqualTo("5");
        client.head("PUT", "/refuse", "Content-Length: 5", "Expect: 100-continue");
        RawClient.Answer refused = client.answer();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("connection")).isEqualTo("close");
        assertThat(client.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void isThrownAwayWhenNobodyReadsItAndTheConnectionGoesOn() throws IOException {
    try (HttpServer server = Servers.start(_ -> Response.text(403, "no"));
        RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 3; i++) {
        client.head("PUT", "/", "Content-Length: 1000000");
        client.send(new byte[1_000_000]);
        assertThat(client.answer().text()).isEqualTo("no");
      }
    }
  }

  @Test
  void endsTheConnectionWhenTheRestIsTooMuch() throws IOException {
    try (HttpServer server = Servers.start(_ -> Response.text(403, "no"));
        RawClient client = new RawClient(server.port())) {
      client.head("PUT", "/", "Content-Length: 1000000000");
      assertThat(client.answer().text()).isEqualTo("no");
      Thread sender =
          Thread.ofPlatform().start(() -> sendAll(client, 1_000_000_000, new AtomicLong()));
      int end;
      try {
        end = client.read();
      } catch (IOException _) {
        end = -1;
      }
      assertThat(end).isEqualTo(-1);
      assertThat(join(sender)).isTrue();
    }
  }

  private static boolean join(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void isDecodedFromGzipWhenAsked() throws IOException {
    byte[] zipped = gzip("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(put("gzip", zipped).text()).isEqualTo("hello");
    assertThat(put("GZIP", zipped).text()).isEqualTo("hello");
    assertThat(put("identity", new byte[] {'h', 'i'}).text()).isEqualTo("hi");
  }

  @Test
  void isBoundedAfterDecoding() throws IOException {
    assertThat(put("gzip", gzip(new byte[1000])).status()).isEqualTo(200);
    assertThat(put("gzip", gzip(new byte[1001])).status()).isEqualTo(413);
    assertThat(put("identity", new byte[1001]).status()).isEqualTo(413);
  }

  @Test
  void isRefusedWhenItIsNotWhatItSays() throws IOException {
    byte[] zipped = gzip(new byte[500]);
    assertThat(put("gzip", java.util.Arrays.copyOf(zipped, zipped.length - 5)).status())
        .isEqualTo(400);
    assertThat(put("gzip", new byte[] {'h', 'e', 'l', 'l', 'o', 0, 0, 0, 0, 0, 0}).status())
        .isEqualTo(400);
    assertThat(put("gzip", new byte[0]).status()).isEqualTo(400);
    assertThat(put("br", zipped).status()).isEqualTo(400);
  }

  private static RawClient.Answer put(String coding, byte[] body) throws IOException {
    try (HttpServer server = Servers.start(InboundTest::decoded);
        RawClient client = new RawClient(server.port())) {
      client.head("POST", "/", "Content-Encoding: " + coding, "Content-Length: " + body.length);
      client.send(body);
      return client.answer();
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(plain);
    }
    return zipped.toByteArray();
  }
}
