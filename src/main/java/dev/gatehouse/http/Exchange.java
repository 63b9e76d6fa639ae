package dev.gatehouse.http;

import dev.gatehouse.http.connection.ClientGone;
import dev.gatehouse.http.connection.Connections;
import dev.gatehouse.http.connection.HttpDate;
import dev.gatehouse.http.connection.Leftover;
import dev.gatehouse.http.connection.Origin;
import dev.gatehouse.http.connection.OutboundBody;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one request: asked for a warm answer on the event loop, else handled on a virtual
/// thread, answered, logged, and its connection left in order.
///
/// Fields are used on the loop only, except by [#run], which is the virtual thread and reaches the
/// loop through `onLoop`. Whatever happens, [#complete] runs exactly once: when the response is
/// sent, when it fails, or when the client leaves.
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int MOST_ATTEMPTS = 3;
  private static final long HTTP2_INTERNAL_ERROR = 2;

  /// What all requests of a server share.
  ///
  /// @param slots one for each request that may be on a virtual thread
  record Service(
      Handler handler, HttpSettings.Limits limits, Origin origin, Semaphore slots, HttpDate date) {}

  private final long started = System.nanoTime();
  private final Service service;
  private final Connections connections;
  private final Context context;
  private final HttpServerRequest http;
  private final HttpServerResponse out;
  private final Request request;
  private final Sender sender;
  private volatile @Nullable OutboundBody streaming;
  private int attempts;
  private boolean completed;

  Exchange(Service service, Connections connections, Context context, HttpServerRequest http) {
    this.service = service;
    this.connections = connections;
    this.context = context;
    this.http = http;
    this.out = http.response();
    this.request = new Request(http, service, () -> onLoop(this::sendContinue));
    this.sender = new Sender(request, out, service.date());
  }

  /// Starts, on the loop.
  void begin() {
    connections.begin(http.connection());
    out.closeHandler(_ -> clientLeft());
    out.exceptionHandler(_ -> clientLeft());
    Response warm;
    try {
      warm = service.handler().warm(request);
      warm = warm == null ? null : prepared(warm);
    } catch (RuntimeException | Error e) {
      warm = failure(e);
    }
    if (warm == null || (warm.body() instanceof Body.Stream && !request.isHead())) {
      handOver(warm);
    } else {
      send(warm);
    }
  }

  private Response prepared(Response response) {
    return http.version() == HttpVersion.HTTP_2 ? sender.forHttp2(response) : response;
  }

  /// Answers what was no valid request.
  void refuse(Response answer) {
    connections.begin(http.connection());
    send(answer);
  }

  private void handOver(@Nullable Response warm) {
    if (!service.slots().tryAcquire()) {
      send(
          ProblemMapper.response(
              new Problem.Busy(
                  "The server is busy. Try again in a moment.", Duration.ofSeconds(1), false)));
      return;
    }
    http.pause();
    Thread.startVirtualThread(() -> run(warm));
  }

  private void run(@Nullable Response warm) {
    try {
      Response response = prepared(warm == null ? service.handler().handle(request) : warm);
      if (response.body() instanceof Body.Stream stream && !request.isHead()) {
        stream(response, stream);
      } else {
        onLoop(() -> send(response));
      }
    } catch (ClientGone _) {
      onLoop(this::reset);
    } catch (Throwable e) {
      onLoop(() -> fail(e));
    } finally {
      service.slots().release();
    }
  }

  private void stream(Response response, Body.Stream stream) throws IOException {
    OutboundBody body = new OutboundBody(context, out, stream.length(), service.limits().idle());
    streaming = body;
    onLoop(() -> streamHead(response, stream));
    stream.writer().writeTo(body);
    body.finish();
    onLoop(() -> streamed(stream));
  }

  /// HTTP/1.0 knows the end of a body without a length only by the connection's.
  private void streamed(Body.Stream stream) {
    complete(false);
    if (stream.length() < 0 && http.version() == HttpVersion.HTTP_1_0) {
      http.connection().close();
    }
  }

  private void streamHead(Response response, Body.Stream stream) {
    if (completed) {
      clientLeft();
      return;
    }
    leaveInOrder(response);
    sender.head(response, response.status());
    if (stream.length() >= 0) {
      out.putHeader("content-length", Long.toString(stream.length()));
    }
  }

  private void send(Response response) {
    if (completed) {
      return;
    }
    try {
      leaveInOrder(response);
      sender.send(response).onComplete(result -> complete(result.failed()));
    } catch (Sender.ContentReleased e) {
      askAgain(e);
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /// Reading twice does no harm; what changes something does not answer from a cache.
  private void askAgain(Sender.ContentReleased e) {
    attempts++;
    if (attempts < MOST_ATTEMPTS && (request.isHead() || request.method().equals("GET"))) {
      handOver(null);
    } else {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    if (completed) {
      return;
    }
    if (out.headWritten() || attempts > MOST_ATTEMPTS) {
      if (!(e instanceof ProblemException)) {
        LOG.warn("Request {} was cut short: its response failed half-way", request.id(), e);
      }
      reset();
      return;
    }
    attempts = MOST_ATTEMPTS + 1;
    out.headers().clear();
    send(failure(e));
  }

  private Response failure(Throwable e) {
    if (e instanceof ProblemException problem) {
      return ProblemMapper.response(problem.problem());
    }
    LOG.error(
        "Request {} met a bug: {} {}", request.id(), request.method(), request.loggedPath(), e);
    return ProblemMapper.error(
        500, "Something went wrong here. Tell the operator the request id " + request.id() + ".");
  }

  private void sendContinue() {
    if (!completed && !out.headWritten()) {
      out.writeContinue();
    }
  }

  /// A client that waits for `100 Continue` and gets an answer instead may or may not send its
  /// body, so that nobody could tell where the next request starts: the connection ends. So it does
  /// for one that was too slow.
  private void leaveInOrder(Response response) {
    boolean unclear = request.expectsContinue() && request.bodyIsUntouched();
    if (http.version() != HttpVersion.HTTP_2 && (unclear || response.status() == 408)) {
      out.putHeader("connection", "close");
    }
  }

  private void clientLeft() {
    OutboundBody body = streaming;
    if (body != null) {
      body.clientLeft();
    }
    complete(true);
  }

  /// Ends the connection (or the HTTP/2 stream) so that nobody takes what was sent for all: with a
  /// TCP reset, since a clean end is how HTTP/1.0 says that a body is complete.
  private void reset() {
    if (completed) {
      return;
    }
    if (http.version() != HttpVersion.HTTP_2) {
      if (http.connection() instanceof HttpServerConnection connection) {
        dropUnsent(connection.channelHandlerContext().channel());
      }
      http.connection().close();
    } else {
      out.reset(HTTP2_INTERNAL_ERROR);
    }
    complete(true);
  }

  private static void dropUnsent(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
  }

  private void complete(boolean cut) {
    if (completed) {
      return;
    }
    completed = true;
    connections.end(http.connection());
    int status = out.headWritten() ? out.getStatusCode() : 499;
    long bytes = out.bytesWritten();
    AccessLog.write(request, new AccessLog.Line(status, bytes, System.nanoTime() - started, cut));
    request.log().ended(status, bytes);
    if (!cut && request.mayHaveBody() && !http.isEnded()) {
      Leftover.drain(http, context, "close".equals(out.headers().get("connection")));
    }
  }

  private void onLoop(Runnable action) {
    context.runOnContext(_ -> {
      try {
        action.run();
      } catch (RuntimeException e) {
        fail(e);
      }
    });
  }
}
