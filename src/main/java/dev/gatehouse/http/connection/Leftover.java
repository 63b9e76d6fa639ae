package dev.gatehouse.http.connection;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/// The part of a request's body that its handler did not read. Closing the connection at once would
/// often destroy the answer on its way, since the client is still sending; waiting for all of it
/// would let the client keep the connection busy. So a bounded part is thrown away, for a short
/// time, and then the connection is closed.
public final class Leftover {
  private static final long MOST_BYTES = 16L << 20;
  private static final long MOST_MILLIS = 5_000;

  private final HttpServerRequest request;
  private long left = MOST_BYTES;

  private Leftover(HttpServerRequest request) {
    this.request = request;
  }

  /// Drains the rest of an answered request, on its loop.
  public static void drain(HttpServerRequest request, Context context, boolean close) {
    if (close) {
      request.connection().close();
      return;
    }
    Leftover leftover = new Leftover(request);
    Vertx vertx = context.owner();
    request.handler(bytes -> leftover.count(bytes.length()));
    request.resume();
    if (!request.isEnded()) {
      long timer = vertx.setTimer(MOST_MILLIS, _ -> request.connection().close());
      request.endHandler(_ -> vertx.cancelTimer(timer));
      request.exceptionHandler(_ -> vertx.cancelTimer(timer));
    }
  }

  private void count(int bytes) {
    left -= bytes;
    if (left < 0) {
      request.connection().close();
    }
  }
}
