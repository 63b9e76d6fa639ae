package dev.gatehouse.http.connection;

import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A response's body as a blocking stream, for one writer on a virtual thread. One chunk is on its
/// way to the client while the next one is filled; the writer waits for the first to be taken by
/// the socket. So a slow client slows the writer down and holds two chunks, and one that takes
/// nothing for `stall` fails it.
///
/// Nothing is sent before the first chunk is full or [#finish] is called: until then the caller may
/// still answer something else.
public final class OutboundBody extends OutputStream {
  private static final int CHUNK = 32 * 1024;

  private final Context context;
  private final HttpServerResponse response;
  private final long declared;
  private final Duration stall;
  private byte[] filling = new byte[CHUNK];
  private byte[] sending = new byte[0];
  private int count;
  private long written;
  private volatile @Nullable CompletableFuture<Void> pending;
  private volatile boolean left;
  private boolean started;

  /// Writes to `response`, whose head is set and not sent, on the loop of `context`. `declared` is
  /// the length in bytes that the head promises, -1 if none.
  public OutboundBody(Context context, HttpServerResponse response, long declared, Duration stall) {
    this.context = context;
    this.response = response;
    this.declared = declared;
    this.stall = stall;
  }

  /// Tells a waiting writer that the client left. Called on the loop.
  public void clientLeft() {
    left = true;
    fail(pending);
  }

  private static void fail(@Nullable CompletableFuture<Void> write) {
    if (write != null) {
      write.completeExceptionally(new ClientGone("a response was sent"));
    }
  }

  /// Whether the response's head went out.
  public boolean isStarted() {
    return started;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    written += length;
    if (declared >= 0 && written > declared) {
      throw new IOException("A response is longer than the " + declared + " bytes it declared");
    }
    int from = offset;
    int left = length;
    while (left > 0) {
      int part = Math.min(left, filling.length - count);
      System.arraycopy(source, from, filling, count, part);
      count += part;
      from += part;
      left -= part;
      if (count == filling.length) {
        send();
      }
    }
  }

  /// Hands what is buffered to the client, for writers whose next bytes take their time.
  @Override
  public void flush() throws IOException {
    if (count > 0) {
      send();
    }
  }

  /// Ends the response cleanly, if as much was written as was declared.
  public void finish() throws IOException {
    if (declared >= 0 && written != declared) {
      throw new IOException(
          "A response has " + written + " of the " + declared + " bytes declared");
    }
    awaitPending();
    started = true;
    Buffer last = chunk();
    onLoop(() -> response.end(last));
    awaitPending();
  }

  private void send() throws IOException {
    awaitPending();
    boolean first = !started;
    started = true;
    Buffer chunk = chunk();
    onLoop(() -> write(chunk, first));
    byte[] free = sending.length == 0 ? new byte[CHUNK] : sending;
    sending = filling;
    filling = free;
    count = 0;
  }

  /// A body of unknown length that fits into one chunk never gets here: it has a length after all.
  private Future<Void> write(Buffer chunk, boolean first) {
    if (first && declared < 0) {
      response.setChunked(true);
    }
    return response.write(chunk);
  }

  private Buffer chunk() {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(filling, 0, count));
  }

  private interface Write {
    Future<Void> start();
  }

  private void onLoop(Write write) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    pending = done;
    if (left) {
      fail(done);
    }
    context.runOnContext(_ -> start(write, done));
  }

  private static void start(Write write, CompletableFuture<Void> done) {
    try {
      write
          .start()
          .onComplete(result -> {
            if (result.succeeded()) {
              done.complete(null);
            } else {
              done.completeExceptionally(result.cause());
            }
          });
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private void awaitPending() throws IOException {
    CompletableFuture<Void> waited = pending;
    if (waited == null) {
      return;
    }
    pending = null;
    try {
      waited.get(stall.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      ClientGone failure = new ClientGone("a response was sent");
      failure.initCause(e);
      throw failure;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a response was sent");
    }
  }
}
