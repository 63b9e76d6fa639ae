package dev.gatehouse.http;

import dev.gatehouse.http.connection.Connections;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One event loop's share of the server: Vert.x hands each new connection to one of them.
final class Listener extends VerticleBase {
  private final Exchange.Service service;
  private final HttpServerOptions options;
  private final Connections connections;
  private io.vertx.core.http.@Nullable HttpServer server;

  Listener(Exchange.Service service, HttpServerOptions options, Connections connections) {
    this.service = service;
    this.options = options;
    this.connections = connections;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(sweepMillis(), _ -> connections.sweep());
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::opened)
            .requestHandler(request -> new Exchange(service, connections, context, request).begin())
            .invalidRequestHandler(this::refuse);
    return server.listen(address());
  }

  /// A port of their own is no use to listeners: a free one is found for all of the deployment.
  private SocketAddress address() {
    return options.getPort() == 0
        ? SocketAddress.sharedRandomPort(1, options.getHost())
        : SocketAddress.inetSocketAddress(options.getPort(), options.getHost());
  }

  /// Four looks in the shortest time that a client has, so that none has much longer.
  private long sweepMillis() {
    return Math.clamp(service.limits().head().toMillis() / 4, 10, 5_000);
  }

  int port() {
    return server().actualPort();
  }

  Future<Boolean> certificate(ServerSSLOptions ssl) {
    return server().updateSSLOptions(ssl);
  }

  Future<Void> shutdown(Duration patience) {
    return server().shutdown(patience);
  }

  private io.vertx.core.http.HttpServer server() {
    io.vertx.core.http.HttpServer started = server;
    if (started == null) {
      throw new IllegalStateException("The server did not start");
    }
    return started;
  }

  /// What is not HTTP, or too much of it. Vert.x closes the connection after the answer.
  private void refuse(HttpServerRequest invalid) {
    Response answer =
        switch (invalid.decoderResult().cause()) {
          case TooLongHttpLineException _ ->
              ProblemMapper.error(414, "The URL is too long. Shorten it.");
          case TooLongHttpHeaderException _ ->
              ProblemMapper.error(431, "The request's headers are too large. Send fewer.");
          case null, default -> ProblemMapper.error(400, "This is not a valid HTTP request.");
        };
    new Exchange(service, connections, context, invalid).refuse(answer);
  }
}
