package dev.gatehouse.notify.hook;

import dev.gatehouse.db.Vault;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.source.UpstreamSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Where messages go and what signs them. Both are secrets: whoever knows the address of a chat's
/// webhook can write into the chat.
public record Target(URI url, String secret) {
  private static final int LONGEST = 2_000;

  /// Reads an address, or refuses it with a sentence that does not quote it.
  public static URI url(String text) {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (text.length() <= LONGEST
          && web
          && url.getHost() != null
          && url.getPort() <= 65535
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Refused below.
    }
    throw new ProblemException(
        new Problem.Malformed(
            "A webhook's URL is http:// or https://, a host and perhaps a path and a query, of at"
                + " most %,d characters, without a user, a password or a fragment."
                    .formatted(LONGEST)));
  }

  /// As much of the address as may be shown.
  String origin() {
    return UpstreamSource.origin(url);
  }

  String seal(Vault vault) {
    return vault.seal((url + "\n" + secret).getBytes(StandardCharsets.UTF_8));
  }

  static Target open(Vault vault, String sealed) {
    String[] parts = new String(vault.open(sealed), StandardCharsets.UTF_8).split("\n", 2);
    return new Target(URI.create(parts[0]), parts[1]);
  }

  @Override
  public String toString() {
    return "Target[" + origin() + "]";
  }
}
