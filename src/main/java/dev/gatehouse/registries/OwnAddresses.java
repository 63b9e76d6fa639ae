package dev.gatehouse.registries;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Under which addresses this installation is reached, as far as its server knows: what it listens
/// on, and its configured base URL. A registry must not draw from there.
final class OwnAddresses {
  private static final String SETTING = "own-addresses";

  private OwnAddresses() {}

  /// Remembers `addresses`, instead of those before.
  static void remember(Handle handle, List<URI> addresses) {
    handle.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value ="
            + " excluded.value",
        SETTING,
        addresses.stream().map(URI::toString).collect(Collectors.joining(" ")));
  }

  /// What was remembered, the best known last.
  static List<String> read(Handle handle) {
    return handle
        .createQuery("SELECT value FROM setting WHERE name = :name")
        .bind("name", SETTING)
        .mapTo(String.class)
        .findOne()
        .map(list -> Arrays.asList(list.split(" ", -1)))
        .orElse(List.of());
  }

  /// Whether a registry at `url` would be one of this installation.
  static boolean contain(Handle handle, URI url) {
    return read(handle).stream().anyMatch(own -> contains(own, url));
  }

  private static boolean contains(String address, URI url) {
    if (address.isEmpty()) {
      return false;
    }
    URI own = URI.create(address);
    String path = own.getPath().replaceFirst("/$", "");
    boolean same = own.getHost().equalsIgnoreCase(url.getHost()) || (isLocal(own) && isLocal(url));
    return same
        && port(own) == port(url)
        && (url.getPath().startsWith(path + "/r/") || url.getPath().startsWith(path + "/w/"));
  }

  /// The names that every machine has for itself, and "listen on every address".
  private static boolean isLocal(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.startsWith("127.")
        || List.of("0.0.0.0", "[::]", "[::1]").contains(host);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
  }
}
