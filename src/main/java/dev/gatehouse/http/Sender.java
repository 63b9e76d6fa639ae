package dev.gatehouse.http;

import dev.gatehouse.http.connection.HttpDate;
import dev.gatehouse.http.wire.ByteRange;
import dev.gatehouse.problem.Problem;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Puts a [Response] on the wire; runs on the request's event loop.
final class Sender {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  private static final CharSequence TYPE_OPTIONS =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NO_SNIFFING = HttpHeaders.createOptimized("nosniff");

  private final Request request;
  private final HttpServerResponse out;
  private final HttpDate date;
  private final boolean head;

  Sender(Request request, HttpServerResponse out, HttpDate date) {
    this.request = request;
    this.out = out;
    this.date = date;
    this.head = request.isHead();
  }

  /// Sends everything but the body of a stream, which only HEAD goes without.
  Future<Void> send(Response response) throws IOException {
    return switch (response.body()) {
      case Body.Empty() -> {
        head(response, response.status());
        yield out.end();
      }
      case Body.Bytes(Content content) -> bytes(response, content);
      case Body.File whole -> {
        Response ranged = ranged(response, whole);
        head(ranged, ranged.status());
        yield ranged.body() instanceof Body.File file ? part(file) : send(ranged);
      }
      case Body.Stream(long length, _) -> {
        head(response, response.status());
        yield withoutBody(length);
      }
    };
  }

  /// Writes status and headers, to be sent with the first bytes.
  void head(Response response, int status) {
    out.setStatusCode(status);
    out.putHeader(REQUEST_ID, request.id());
    out.putHeader(HttpHeaders.DATE, date.text());
    out.putHeader(TYPE_OPTIONS, NO_SNIFFING);
    response.headers().forEach(out::putHeader);
  }

  private Future<Void> withoutBody(long length) {
    if (length >= 0) {
      out.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
    }
    return out.end();
  }

  private Future<Void> bytes(Response response, Content content) {
    if (!content.retain()) {
      throw new ContentReleased();
    }
    try {
      head(response, response.status());
      Future<Void> sent = head ? withoutBody(content.length()) : out.end(content.buffer());
      return sent.onComplete(_ -> content.sent());
    } catch (RuntimeException e) {
      content.sent();
      throw e;
    }
  }

  /// Content that a cache gave up between the handler's answer and its sending.
  static final class ContentReleased extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// The response with its range applied, if it is a file and one was asked for.
  private Response ranged(Response response, Body.File file) {
    return switch (range(response, file)) {
      case ByteRange.Whole() -> response.with("accept-ranges", "bytes");
      case ByteRange.Part(long first, long length) ->
          new Response(
                  206,
                  response.headers(),
                  new Body.File(file.path(), file.offset() + first, length))
              .with("accept-ranges", "bytes")
              .with(
                  "content-range",
                  "bytes " + first + "-" + (first + length - 1) + "/" + file.length());
      case ByteRange.Outside() ->
          ProblemMapper.response(
              new Problem.RangeOutside(
                  "The range lies outside of the file's " + file.length() + " bytes.",
                  file.length()));
    };
  }

  /// The response as HTTP/2 takes it, where the kernel cannot send files and the library's own way
  /// was seen to stall: files are streams. As such they also end when a client takes nothing, which
  /// no idle connection would tell while its other streams go on.
  Response forHttp2(Response response) {
    if (!(response.body() instanceof Body.File whole)) {
      return response;
    }
    Response ranged = ranged(response, whole);
    return ranged.body() instanceof Body.File file
        ? new Response(
            ranged.status(),
            ranged.headers(),
            new Body.Stream(file.length(), out -> copy(file, out)))
        : ranged;
  }

  private static void copy(Body.File file, OutputStream out) throws IOException {
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      InputStream in = Channels.newInputStream(channel.position(file.offset()));
      byte[] buffer = new byte[16 << 10];
      long left = file.length();
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new IOException("A file is shorter than its response: " + file.path());
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private ByteRange range(Response response, Body.File file) {
    boolean possible = response.status() == 200 && request.method().equals("GET");
    String asked = possible ? request.header("range") : null;
    return asked != null && ifRangeHolds(response)
        ? ByteRange.of(asked, file.length())
        : new ByteRange.Whole();
  }

  /// If-Range compares strongly (RFC 9110, 13.1.5); dates are taken as changed.
  private boolean ifRangeHolds(Response response) {
    @Nullable String condition = request.header("if-range");
    return condition == null
        || (condition.startsWith("\"") && condition.equals(response.header("etag")));
  }

  private Future<Void> part(Body.File file) throws IOException {
    out.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(file.length()));
    if (head) {
      return out.end();
    }
    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    try {
      if (channel.size() < file.offset() + file.length()) {
        throw new IOException("A file is shorter than its response: " + file.path());
      }
      Future<Void> sent = out.sendFile(channel, file.offset(), file.length());
      return sent.onComplete(_ -> close(channel));
    } catch (IOException | RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  /// Nothing is lost when closing a file that was only read.
  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      return;
    }
  }
}
