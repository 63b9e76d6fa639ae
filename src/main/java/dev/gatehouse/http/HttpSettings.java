package dev.gatehouse.http;

import dev.gatehouse.http.wire.Domain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the server listens. `port` 0 takes a free one. `baseUrl` is the address that clients use, if
/// the `Host` header is not to decide it; it may have a path, unless workspaces have hosts of their
/// own, below `domain`. `trustedProxies` are addresses or CIDR blocks. The certificate chain and
/// its key are PEM files, and come together or not at all.
public record HttpSettings(
    String host,
    int port,
    @Nullable String baseUrl,
    @Nullable Domain domain,
    List<String> trustedProxies,
    @Nullable Path tlsCertificate,
    @Nullable Path tlsKey,
    Limits limits) {

  /// Keeps its own copy of the list; refuses half of a certificate and a base URL of another
  /// scheme.
  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
    if ((tlsCertificate == null) != (tlsKey == null)) {
      throw new IllegalArgumentException("TLS needs both a certificate and a key.");
    }
    baseUrl = baseUrl == null ? null : withoutSlash(baseUrl);
    if (domain != null && baseUrl != null && baseUrl.indexOf('/', baseUrl.indexOf("://") + 3) > 0) {
      throw new IllegalArgumentException(
          "A base URL with a path and a domain do not go together: hosts of workspaces have no"
              + " path.");
    }
  }

  private static String withoutSlash(String url) {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new IllegalArgumentException("The base URL must start with http:// or https://.");
    }
    String stripped = url;
    while (stripped.endsWith("/")) {
      stripped = stripped.substring(0, stripped.length() - 1);
    }
    return stripped;
  }

  /// Plain HTTP on an address, everything else as by default.
  public static HttpSettings on(String host, int port) {
    return new HttpSettings(host, port, null, null, List.of(), null, null, Limits.defaults());
  }

  /// These settings with other limits.
  public HttpSettings with(Limits other) {
    return new HttpSettings(
        host, port, baseUrl, domain, trustedProxies, tlsCertificate, tlsKey, other);
  }

  /// The bounds of what a client may cost.
  ///
  /// @param idle how long a connection may stand still, in the middle of a request too
  /// @param head how long a new connection may take for the head of its first request
  /// @param bodyStall how long a body may stand still; it must also bring a kilobyte a second on
  ///   average, after this time
  /// @param drain how long stopping waits for requests in progress
  /// @param body bytes of a request's body, where its handler asks for no other limit
  /// @param headers bytes of a request's headers
  /// @param url bytes of a request's line
  /// @param requests how many requests may be on virtual threads at a time
  /// @param connections how many connections may be open
  public record Limits(
      Duration idle,
      Duration head,
      Duration bodyStall,
      Duration drain,
      long body,
      int headers,
      int url,
      int requests,
      int connections) {

    /// The limits of a server on the open network.
    public static Limits defaults() {
      return new Limits(
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          256L << 20,
          32 << 10,
          8 << 10,
          4096,
          8192);
    }
  }
}
