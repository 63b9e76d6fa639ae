package dev.gatehouse.web.api;

import dev.gatehouse.http.Request;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a request that a browser makes in somebody's name comes from a page of this server.
/// Other sites' pages cannot send [#HEADER], as this server answers no preflight; an `Origin` must
/// be this server's in any case.
public final class OwnPage {
  /// What the web app sends with every request that changes something.
  public static final String HEADER = "x-gatehouse-app";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private OwnPage() {}

  /// Refuses a request that changes something and comes from elsewhere.
  public static void require(Request request) {
    if (SAFE.contains(request.method())) {
      return;
    }
    String origin = request.header("origin");
    if (request.header(HEADER) == null || (origin != null && !isOwn(origin, request))) {
      throw new ProblemException(
          new Problem.Forbidden(
              "A browser's session changes things from this server's own pages only, with the header"
                  + " \"X-Gatehouse-App: 1\". Scripts send a token: Authorization: Bearer gh_…"));
    }
  }

  private static boolean isOwn(String origin, Request request) {
    String asked = authority(origin);
    return asked != null
        && (asked.equals(authority(request.baseUrl()))
            || asked.equalsIgnoreCase(request.header("host")));
  }

  private static @Nullable String authority(String url) {
    try {
      return URI.create(url).getAuthority();
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
