package dev.gatehouse.http.connection;

import dev.gatehouse.http.wire.Authority;
import dev.gatehouse.http.wire.TrustedProxies;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where requests come from and which address their clients used. `X-Forwarded-…` headers count
/// only if the peer is a trusted proxy, and of a list the last entry, which that proxy wrote.
public final class Origin {
  private final @Nullable String baseUrl;
  private final TrustedProxies proxies;

  /// `baseUrl` is the configured one, without a slash at its end.
  public Origin(@Nullable String baseUrl, TrustedProxies proxies) {
    this.baseUrl = baseUrl;
    this.proxies = proxies;
  }

  /// The address that a request comes from.
  public InetAddress client(HttpServerRequest request) {
    InetAddress peer = peer(request);
    return proxies.isEmpty()
        ? peer
        : proxies.client(peer, request.headers().getAll("x-forwarded-for"));
  }

  private static InetAddress peer(HttpServerRequest request) {
    return InetAddress.ofLiteral(request.remoteAddress().hostAddress());
  }

  /// The server's address as the client of a request sees it.
  public String baseUrl(HttpServerRequest request) {
    if (baseUrl != null) {
      return baseUrl;
    }
    boolean trusted = !proxies.isEmpty() && proxies.trusts(peer(request));
    String host = trusted ? last(request, "x-forwarded-host") : null;
    String scheme = trusted ? last(request, "x-forwarded-proto") : null;
    return scheme(scheme, request) + "://" + Authority.of(host == null ? host(request) : host);
  }

  private static String scheme(@Nullable String forwarded, HttpServerRequest request) {
    if (forwarded == null) {
      return request.isSSL() ? "https" : "http";
    }
    String scheme = forwarded.toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new ProblemException(
          new Problem.Malformed("X-Forwarded-Proto must be http or https. Check the proxy."));
    }
    return scheme;
  }

  private static @Nullable String host(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      HostAndPort authority = request.authority();
      return authority == null ? null : authority.toString();
    }
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    return hosts.size() == 1 ? hosts.getFirst() : null;
  }

  private static @Nullable String last(HttpServerRequest request, String name) {
    List<String> values = request.headers().getAll(name);
    if (values.isEmpty()) {
      return null;
    }
    String value = values.getLast();
    return value.substring(value.lastIndexOf(',') + 1).strip();
  }
}
