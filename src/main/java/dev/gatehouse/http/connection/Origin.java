package dev.gatehouse.http.connection;

import dev.gatehouse.http.wire.Authority;
import dev.gatehouse.http.wire.Domain;
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
///
/// With a domain, the host says for which workspace a request is. A configured base URL then says
/// only scheme and port of a workspace's address, and its own host is no workspace's.
public final class Origin {
  private final @Nullable String baseUrl;
  private final @Nullable Domain domain;
  private final TrustedProxies proxies;

  /// `baseUrl` is the configured one, without a slash at its end and, with a domain, without a
  /// path.
  public Origin(@Nullable String baseUrl, @Nullable Domain domain, TrustedProxies proxies) {
    this.baseUrl = baseUrl;
    this.domain = domain;
    this.proxies = proxies;
  }

  /// An address of this server, as a client sees it.
  ///
  /// @param url without a slash at its end
  /// @param workspace whose own host that is, whether there is such a workspace or not; null if it
  ///   is no workspace's
  public record Address(String url, @Nullable String workspace) {}

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
  public Address address(HttpServerRequest request) {
    String base = baseUrl;
    if (base != null && domain == null) {
      return new Address(base, null);
    }
    boolean trusted = !proxies.isEmpty() && proxies.trusts(peer(request));
    String forwarded = trusted ? last(request, "x-forwarded-host") : null;
    String host = forwarded == null ? host(request) : forwarded;
    if (base != null && host == null) {
      // Old probes name no host. They mean no workspace's.
      return new Address(base, null);
    }
    String authority = Authority.of(host);
    String workspace = workspace(authority);
    if (base != null) {
      String own = workspace == null ? null : beside(base, workspace);
      return own == null ? new Address(base, null) : new Address(own, workspace);
    }
    String scheme = scheme(trusted ? last(request, "x-forwarded-proto") : null, request);
    return new Address(scheme + "://" + authority, workspace);
  }

  /// The address of a workspace's own host, beside that of `seen`; null if it has none.
  public @Nullable String own(Address seen, String workspace) {
    return workspace.equals(seen.workspace) ? seen.url : beside(seen.url, workspace);
  }

  /// Below which domain workspaces have hosts of their own; null: they have none.
  public @Nullable Domain domain() {
    return domain;
  }

  private @Nullable String beside(String url, String workspace) {
    String host = domain == null ? null : domain.host(workspace);
    int authority = url.indexOf("://") + 3;
    return host == null ? null : url.substring(0, authority) + host + port(url);
  }

  /// Whose host that is, or null. Below the domain there is nothing but workspaces.
  private @Nullable String workspace(String authority) {
    String host = authority.substring(0, authority.length() - port(authority).length());
    String before = domain == null || isBase(host) ? null : domain.before(host);
    if (before != null && !Domain.isLabel(before)) {
      throw new ProblemException(
          new Problem.NotFound(
              "The host of this address is no workspace's: one is called {workspace}.%s."
                  .formatted(domain == null ? "" : domain.name())));
    }
    return before;
  }

  private boolean isBase(String host) {
    if (baseUrl == null) {
      return false;
    }
    String authority = baseUrl.substring(baseUrl.indexOf("://") + 3);
    String own = authority.substring(0, authority.length() - port(authority).length());
    return Domain.withoutDot(own).equalsIgnoreCase(Domain.withoutDot(host));
  }

  /// The port at the end of an authority or of a URL without a path, with its colon, or nothing.
  private static String port(String text) {
    int colon = text.lastIndexOf(':');
    boolean isPort =
        colon > text.lastIndexOf(']') && colon + 1 < text.length() && text.charAt(colon + 1) != '/';
    return isPort ? text.substring(colon) : "";
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
