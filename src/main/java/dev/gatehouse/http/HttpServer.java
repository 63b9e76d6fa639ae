package dev.gatehouse.http;

import dev.gatehouse.http.connection.CertificateFiles;
import dev.gatehouse.http.connection.Connections;
import dev.gatehouse.http.connection.HttpDate;
import dev.gatehouse.http.connection.Origin;
import dev.gatehouse.http.wire.TrustedProxies;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server: Vert.x on two event loops a core, with handlers as plain functions.
///
/// There are two loops a core because a file that is not in the page cache blocks its loop while
/// the kernel reads it. HTTP/2 is offered with TLS only, with windows small enough that the bodies
/// that nobody reads stay below a megabyte a connection.
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final long CERTIFICATE_CHECK_MILLIS = 5_000;

  static {
    // Registering Netty's flight recorder events would be a part of every start.
    System.setProperty("io.netty.jfr.enabled", "false");
  }

  private final HttpSettings settings;
  private final Vertx vertx;
  private final @Nullable CertificateFiles certificate;
  private final List<Listener> listeners = new ArrayList<>();

  private HttpServer(HttpSettings settings, Vertx vertx) {
    this.settings = settings;
    this.vertx = vertx;
    Path chain = settings.tlsCertificate();
    Path key = settings.tlsKey();
    certificate = chain == null || key == null ? null : new CertificateFiles(chain, key);
  }

  /// Starts to listen; returns when connections are accepted.
  ///
  /// @throws IOException with a sentence if the address or the certificate cannot be used
  public static HttpServer start(HttpSettings settings, Handler handler) throws IOException {
    Exchange.Service service =
        new Exchange.Service(
            handler,
            settings.limits(),
            new Origin(
                settings.baseUrl(),
                settings.domain(),
                new TrustedProxies(settings.trustedProxies())),
            new Semaphore(settings.limits().requests()),
            new HttpDate());
    HttpServer server = new HttpServer(settings, Vertx.vertx(vertxOptions()));
    try {
      server.listen(service);
      return server;
    } catch (IOException | RuntimeException e) {
      server.vertx.close();
      throw e;
    }
  }

  /// The port that the server listens on.
  public int port() {
    return listeners.getFirst().port();
  }

  /// Stops accepting, lets requests in progress finish for the time that the settings give them,
  /// closes what is left and returns.
  public void stop() {
    List<Future<Void>> closing = new ArrayList<>();
    for (Listener listener : listeners) {
      closing.add(listener.shutdown(settings.limits().drain()));
    }
    long patience = settings.limits().drain().toMillis() + 5_000;
    try {
      await(Future.join(closing), patience);
    } catch (IOException e) {
      LOG.warn("Some connections did not close in time", e);
    }
    try {
      await(vertx.close(), 5_000);
    } catch (IOException e) {
      LOG.warn("The server's threads did not end in time", e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void listen(Exchange.Service service) throws IOException {
    HttpServerOptions options = options();
    int loops = loops();
    AtomicInteger total = new AtomicInteger();
    HttpSettings.Limits limits = settings.limits();
    var bounds = new Connections.Bounds(limits.connections(), limits.head(), limits.idle());
    for (int i = 0; i < loops; i++) {
      listeners.add(new Listener(service, options, new Connections(total, bounds)));
    }
    var remaining = listeners.iterator();
    Future<String> deployed =
        vertx.deployVerticle(remaining::next, new DeploymentOptions().setInstances(loops));
    try {
      await(deployed, 30_000);
    } catch (IOException e) {
      throw new IOException(
          "Cannot listen on "
              + settings.host()
              + " port "
              + settings.port()
              + ": "
              + e.getMessage(),
          e);
    }
    vertx.setPeriodic(1_000, _ -> service.date().refresh());
    if (certificate != null) {
      vertx.setPeriodic(
          CERTIFICATE_CHECK_MILLIS, _ -> Thread.startVirtualThread(this::checkCertificate));
    }
  }

  private static int loops() {
    return 2 * Runtime.getRuntime().availableProcessors();
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(loops())
        .setPreferNativeTransport(false)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private HttpServerOptions options() throws IOException {
    HttpSettings.Limits limits = settings.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.host())
            .setPort(settings.port())
            .setTcpNoDelay(true)
            .setReuseAddress(true)
            .setIdleTimeout(Math.toIntExact(limits.idle().toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxInitialLineLength(limits.url())
            .setMaxHeaderSize(limits.headers())
            .setMaxChunkSize(16 << 10)
            .setHttp2ClearTextEnabled(false)
            // Nobody upgrades to WebSocket here, and each request would be looked at for it.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setHttp2ConnectionWindowSize(1 << 20)
            .setInitialSettings(
                new Http2Settings()
                    .setInitialWindowSize(256 << 10)
                    .setMaxConcurrentStreams(100)
                    .setMaxHeaderListSize(limits.headers()));
    PemKeyCertOptions pair = certificate == null ? null : certificate.changed(vertx);
    if (pair != null) {
      options.setSsl(true).setUseAlpn(true).setKeyCertOptions(pair);
    }
    return options;
  }

  /// Reads the certificate again if its files changed; a broken one leaves the old one in use.
  void checkCertificate() {
    CertificateFiles files = certificate;
    if (files == null) {
      return;
    }
    try {
      PemKeyCertOptions pair = files.changed(vertx);
      if (pair != null) {
        ServerSSLOptions ssl = new ServerSSLOptions();
        ssl.setUseAlpn(true).setKeyCertOptions(pair);
        await(listeners.getFirst().certificate(ssl), 30_000);
        LOG.info("The new certificate is in use");
      }
    } catch (IOException e) {
      LOG.warn("The new certificate cannot be used, the old one stays: {}", e.getMessage());
    }
  }

  private static void await(Future<?> future, long millis) throws IOException {
    try {
      future.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new IOException("it took too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
