package dev.gatehouse.registries;

import dev.gatehouse.http.wire.Domain;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Under which addresses this installation is reached, as far as its server knows: what it listens
/// on, its configured base URL, and the hosts of workspaces. A registry must not draw from there.
final class OwnAddresses {
  private static final String SETTING = "own-addresses";
  private static final String DOMAIN = "own-domain";

  private OwnAddresses() {}

  /// Remembers `addresses` and `domain`, instead of those before.
  static void remember(Handle handle, List<URI> addresses, @Nullable Domain domain) {
    set(handle, SETTING, addresses.stream().map(URI::toString).collect(Collectors.joining(" ")));
    set(handle, DOMAIN, domain == null ? "" : domain.name());
  }

  private static void set(Handle handle, String name, String value) {
    handle.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value ="
            + " excluded.value",
        name,
        value);
  }

  /// What was remembered, the best known last.
  static List<String> read(Handle handle) {
    String list = value(handle, SETTING);
    return list == null ? List.of() : Arrays.asList(list.split(" ", -1));
  }

  private static @Nullable String value(Handle handle, String name) {
    return handle
        .createQuery("SELECT value FROM setting WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /// Whether a registry at `url` would be one of this installation.
  static boolean contain(Handle handle, URI url) {
    List<String> all = read(handle);
    String domain = value(handle, DOMAIN);
    return all.stream().anyMatch(own -> contains(own, url))
        || (domain != null && !domain.isEmpty() && isWorkspaces(new Domain(domain), all, url));
  }

  private static boolean contains(String address, URI url) {
    if (address.isEmpty()) {
      return false;
    }
    URI own = URI.create(address);
    String path = own.getPath().replaceFirst("/$", "");
    boolean same = host(own).equals(host(url)) || (isLocal(own) && isLocal(url));
    return same && port(own) == port(url) && isRegistrys(url, path);
  }

  /// Whether that is the host of a workspace, there or not. Which port a proxy shows is known from
  /// the base URL at best, so that the usual ones are taken for ours.
  private static boolean isWorkspaces(Domain domain, List<String> own, URI url) {
    int port = port(url);
    boolean ours =
        port == 80
            || port == 443
            || own.stream().anyMatch(one -> !one.isEmpty() && port(URI.create(one)) == port);
    return ours && domain.before(host(url)) != null && isRegistrys(url, "");
  }

  private static boolean isRegistrys(URI url, String below) {
    return url.getPath().startsWith(below + "/r/") || url.getPath().startsWith(below + "/w/");
  }

  /// The names that every machine has for itself, and "listen on every address".
  private static boolean isLocal(URI uri) {
    String host = host(uri);
    return host.equals("localhost")
        || host.startsWith("127.")
        || List.of("0.0.0.0", "[::]", "[::1]").contains(host);
  }

  /// In small letters, without the dot that may end it; empty if the URL names none.
  private static String host(URI uri) {
    String host = uri.getHost();
    return host == null ? "" : Domain.withoutDot(host.toLowerCase(Locale.ROOT));
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
  }
}
