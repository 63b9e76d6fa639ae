package dev.gatehouse.http.connection;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A request's body as a blocking stream, for one reader on a virtual thread. The request must be
/// paused: this stream asks for a few chunks at a time, so that a slow reader slows the client down
/// and holds tens of kilobytes, whatever arrives.
///
/// A client is cut off for being slow, never for the time that the reader takes: only waiting
/// counts. It may wait `stall` in one go, and in all `stall` plus one second for each kilobyte
/// received, so that a byte every few seconds does not hold a request for ever.
public final class InboundBody extends InputStream {
  private static final int WINDOW = 4;
  private static final long NANOS_PER_BYTE = 1_000_000_000L / 1024;

  private sealed interface Event {
    record Chunk(Buffer bytes) implements Event {}

    record End() implements Event {}

    record Gone() implements Event {}
  }

  private final HttpServerRequest request;
  private final long limit;
  private final long stall;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private @Nullable Buffer current;
  private int position;
  private long received;
  private long waited;
  private boolean ended;

  /// Reads the body of `request`, at most `limit` bytes of it. The caller has paused the request.
  public InboundBody(HttpServerRequest request, long limit, Duration stall) {
    this.request = request;
    this.limit = limit;
    this.stall = stall.toNanos();
    if (request.isEnded()) {
      ended = true;
      return;
    }
    request.exceptionHandler(_ -> events.add(new Event.Gone()));
    request.endHandler(_ -> events.add(new Event.End()));
    request.handler(bytes -> events.add(new Event.Chunk(bytes)));
    request.fetch(WINDOW);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    Buffer chunk = current();
    if (chunk == null) {
      return -1;
    }
    int count = Math.min(length, chunk.length() - position);
    chunk.getBytes(position, position + count, target, offset);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return current == null ? 0 : current.length() - position;
  }

  /// Whether the body was read to its end.
  public boolean isEnded() {
    return ended;
  }

  private @Nullable Buffer current() throws IOException {
    while (!ended && (current == null || position == current.length())) {
      switch (next()) {
        case Event.Chunk(Buffer bytes) -> take(bytes);
        case Event.End() -> ended = true;
        case Event.Gone() -> throw new ClientGone("it sent the request's body");
      }
    }
    return ended ? null : current;
  }

  private void take(Buffer bytes) {
    received += bytes.length();
    if (received > limit) {
      throw tooLarge(limit);
    }
    current = bytes;
    position = 0;
    askForMore();
  }

  private void askForMore() {
    try {
      request.fetch(1);
    } catch (IllegalStateException _) {
      // HTTP/2 refuses once the end has arrived, which is then among the events.
      return;
    }
  }

  private Event next() throws IOException {
    long started = System.nanoTime();
    long patience = Math.min(stall, stall + received * NANOS_PER_BYTE - waited);
    try {
      Event event = events.poll(patience, TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new ProblemException(
            new Problem.TooSlow("The request's body arrived too slowly. Send it again."));
      }
      return event;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a request's body was read");
    } finally {
      waited += System.nanoTime() - started;
    }
  }

  /// The problem of a body over its `limit` in bytes.
  public static ProblemException tooLarge(long limit) {
    return new ProblemException(
        new Problem.TooLarge("The request's body is over its limit of " + limit + " bytes."));
  }
}
