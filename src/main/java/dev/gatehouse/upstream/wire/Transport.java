package dev.gatehouse.upstream.wire;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.gatehouse.upstream.address.AddressLookup;
import dev.gatehouse.upstream.address.GuardedResolver;
import dev.gatehouse.upstream.source.UpstreamLimits;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.LoggerFactory;

/// The connections. There are two pools on purpose: connections to upstreams' own configured hosts,
/// which may be private, and guarded ones to everywhere else. With one pool, a connection that one
/// upstream was allowed to open could be used again by another that was sent there, unchecked.
///
/// No proxy of the environment is used: behind one, nobody here would know which address is
/// connected to.
public final class Transport implements AutoCloseable {
  private static final int BUFFER = 16 << 10;
  private static final int MAX_HEADERS = 200;
  private static final int POOLED_HOSTS = 8;

  private final CloseableHttpClient own;
  private final CloseableHttpClient guarded;
  private final ScheduledThreadPoolExecutor clock;

  /// Connections within `limits` to the addresses that `lookup` names, under the trust of `tls`.
  public Transport(UpstreamLimits limits, AddressLookup lookup, SSLContext tls) {
    keepCredentialsOutOfLogs();
    own = client(limits, new GuardedResolver(lookup, false), tls);
    guarded = client(limits, new GuardedResolver(lookup, true), tls);
    clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("upstream-deadlines").factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  /// Starts the time of one operation.
  public Deadline start(Duration time) {
    return new Deadline(time, clock);
  }

  /// Sends one request, without following or repeating anything.
  Reply send(UpstreamSource source, HttpUriRequestBase request, URI uri, Deadline deadline)
      throws UpstreamException {
    try {
      return reach(source.hosts(uri), request, uri, deadline);
    } catch (IOException thrown) {
      throw Failures.of(thrown, uri, deadline);
    }
  }

  /// The same, to a host whose addresses need not be public if it is `open`; what fails is told as
  /// the network throws it.
  Reply reach(boolean open, HttpUriRequestBase request, URI uri, Deadline deadline)
      throws IOException {
    HttpHost host = new HttpHost(uri.getScheme(), bare(uri.getHost()), UpstreamSource.port(uri));
    deadline.watch(request);
    try {
      return new Reply(request, open(open ? own : guarded, host, request), uri, deadline);
    } catch (IllegalStateException late) {
      throw new IOException(late);
    }
  }

  /// The caller closes what this opens, through [Reply#close].
  @SuppressWarnings("deprecation") // Only this form leaves the body open for whoever reads it.
  private static CloseableHttpResponse open(
      CloseableHttpClient client, HttpHost host, HttpUriRequestBase request) throws IOException {
    return client.execute(host, request);
  }

  /// At their finest level these two print whole requests. Nobody who looks for a fault elsewhere
  /// should find tokens in the log for it.
  private static void keepCredentialsOutOfLogs() {
    for (String name :
        List.of("org.apache.hc.client5.http.headers", "org.apache.hc.client5.http.wire")) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger) {
        logger.setLevel(Level.INFO);
      }
    }
  }

  /// A literal IPv6 address without its brackets.
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static CloseableHttpClient client(
      UpstreamLimits limits, GuardedResolver resolver, SSLContext tls) {
    Timeout silence = Timeout.of(limits.times().silence());
    RequestConfig request =
        RequestConfig.custom()
            .setConnectionRequestTimeout(silence)
            .setResponseTimeout(silence)
            .setProtocolUpgradeEnabled(false)
            .setAuthenticationEnabled(false)
            .build();
    return HttpClients.custom()
        .setConnectionManager(pool(limits, resolver, tls))
        .setDefaultRequestConfig(request)
        .setUserAgent("gatehouse")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .evictExpiredConnections()
        .evictIdleConnections(TimeValue.ofSeconds(30))
        .build();
  }

  private static PoolingHttpClientConnectionManager pool(
      UpstreamLimits limits, GuardedResolver resolver, SSLContext tls) {
    Timeout connect = Timeout.of(limits.times().connect());
    ConnectionConfig connection =
        ConnectionConfig.custom()
            .setConnectTimeout(connect)
            .setSocketTimeout(Timeout.of(limits.times().silence()))
            .setValidateAfterInactivity(TimeValue.ofSeconds(1))
            .setTimeToLive(TimeValue.ofMinutes(10))
            .build();
    Http1Config http1 =
        Http1Config.custom()
            .setBufferSize(BUFFER)
            .setMaxLineLength(BUFFER)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(http1).build())
        .setDefaultConnectionConfig(connection)
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
        .setDnsResolver(resolver)
        .setMaxConnPerRoute(limits.connections())
        .setMaxConnTotal(limits.connections() * POOLED_HOSTS)
        .build();
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    own.close();
    guarded.close();
  }
}
