package dev.gatehouse.upstream.source;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A registry elsewhere: its base address, ending in a slash, and what it asks of us.
public record UpstreamSource(URI base, @Nullable Credential credential) {

  public UpstreamSource {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web || base.getHost() == null || base.getPort() > 65535) {
      throw malformed("An upstream's address must look like https://host/path/.");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw malformed(
          "An upstream's address must have no user, query or fragment; set its credential apart.");
    }
    if (climbs(base.getRawPath())) {
      throw malformed("An upstream's address must not contain dot segments.");
    }
    base = base.getRawPath().endsWith("/") ? base : URI.create(base + "/");
  }

  /// The address of `path`, already percent-encoded and without a leading slash, below the base.
  public URI resolve(String path) {
    return URI.create(base + path);
  }

  /// Whether `uri` is at this upstream's own host and port, whose address is trusted as configured.
  public boolean hosts(URI uri) {
    return base.getHost().equalsIgnoreCase(uri.getHost()) && port(base) == port(uri);
  }

  /// Whether `uri` belongs to this upstream: same scheme, host and port, and below the base's path
  /// however a server may read it. Only such addresses get the credential.
  public boolean owns(URI uri) {
    return base.getScheme().equalsIgnoreCase(uri.getScheme())
        && hosts(uri)
        && uri.getRawPath().startsWith(base.getRawPath())
        && !climbs(uri.getRawPath());
  }

  /// The port that `uri` names or implies.
  public static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  /// Scheme, host and, where it is given, port: as much of an address as may be shown, since paths
  /// and queries carry signatures.
  public static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  private static boolean climbs(String path) {
    String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    return Arrays.stream(decoded.split("[/\\\\]"))
        .anyMatch(segment -> segment.equals("..") || segment.equals("."));
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
