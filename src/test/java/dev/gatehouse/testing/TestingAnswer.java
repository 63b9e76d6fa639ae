package dev.gatehouse.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// How a [TestingUpstream] answers one path. Every method changes the answer and returns it.
public final class TestingAnswer {
  private enum Delivery {
    WHOLE,
    CHUNKED,
    DRIPPING
  }

  private final CountDownLatch closed;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private int status = 200;
  private byte[] body = new byte[0];
  private Delivery delivery = Delivery.WHOLE;
  private int cutAfter = Integer.MAX_VALUE;
  private @Nullable CountDownLatch held;

  TestingAnswer(CountDownLatch closed) {
    this.closed = closed;
  }

  /// Answers with this status.
  public TestingAnswer status(int code) {
    status = code;
    return this;
  }

  /// Answers with these bytes.
  public TestingAnswer body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /// Answers with this text.
  public TestingAnswer body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Answers with a header.
  public TestingAnswer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /// Answers with a web page and 200, as a proxy's login does.
  public TestingAnswer html() {
    return body("<!doctype html><title>Log in</title>").header("Content-Type", "text/html");
  }

  /// Answers with a strong ETag (quotes included in `tag`) and 304 to who has it.
  public TestingAnswer etag(String tag) {
    return header("ETag", tag);
  }

  /// Answers with Last-Modified and 304 to who sends the same back.
  public TestingAnswer lastModified(Instant instant) {
    String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    return header("Last-Modified", text);
  }

  /// Compresses the body set so far, whatever is asked for.
  public TestingAnswer gzip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body(bytes.toByteArray()).header("Content-Encoding", "gzip");
  }

  /// Sends elsewhere, with 302.
  public TestingAnswer redirect(URI to) {
    return status(302).header("Location", to.toString());
  }

  /// Sends the body without its length.
  public TestingAnswer chunked() {
    delivery = Delivery.CHUNKED;
    return this;
  }

  /// Sends a few bytes at a time for as long as anybody reads: the body, then spaces for ever.
  public TestingAnswer drip() {
    delivery = Delivery.DRIPPING;
    return this;
  }

  /// Breaks the connection after `bytes` of the body, whose whole length was announced.
  public TestingAnswer cutAfter(int bytes) {
    cutAfter = bytes;
    return this;
  }

  /// Sends nothing, not even headers, until `latch` is released.
  public TestingAnswer holdUntil(CountDownLatch latch) {
    held = latch;
    return this;
  }

  /// Sends nothing until the upstream is closed.
  public TestingAnswer neverAnswer() {
    return holdUntil(closed);
  }

  void send(HttpExchange exchange) throws IOException, InterruptedException {
    if (held != null) {
      held.await();
    }
    headers.forEach(exchange.getResponseHeaders()::set);
    if (isUnchanged(exchange)) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    if (exchange.getRequestMethod().equals("HEAD") || (body.length == 0 && status != 200)) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    boolean announced = delivery == Delivery.WHOLE && body.length > 0;
    exchange.sendResponseHeaders(status, announced ? body.length : 0);
    OutputStream out = exchange.getResponseBody();
    if (delivery == Delivery.DRIPPING) {
      drip(out);
    }
    out.write(Arrays.copyOf(body, Math.min(body.length, cutAfter)));
    out.flush();
    if (cutAfter < body.length) {
      throw new IOException("The server breaks a connection off only when its handler fails.");
    }
    out.close();
  }

  private boolean isUnchanged(HttpExchange exchange) {
    String etag = headers.get("ETag");
    String modified = headers.get("Last-Modified");
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (known != null) {
      return known.equals(etag);
    }
    String since = exchange.getRequestHeaders().getFirst("If-Modified-Since");
    return since != null && since.equals(modified);
  }

  private void drip(OutputStream out) throws IOException, InterruptedException {
    for (int i = 0; !closed.await(5, TimeUnit.MILLISECONDS); i++) {
      out.write(i < body.length ? body[i] : ' ');
      out.flush();
    }
  }
}
