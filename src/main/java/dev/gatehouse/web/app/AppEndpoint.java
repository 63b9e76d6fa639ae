package dev.gatehouse.web.app;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Content;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Router;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The web app: its page at every address that it knows, and the files that the page names. It is
/// open to everybody and shows nothing by itself; all that it shows comes from the API.
///
/// The names of scripts and styles change with their content, so that browsers keep them for good.
public final class AppEndpoint implements Handler {
  private static final String PAGE = "index.html";

  /// The addresses of the app's pages; `web/src/routes.tsx` has the same.
  private static final List<String> PAGES =
      List.of(
          "",
          "sign-in",
          "sign-in/provider",
          "settings/sign-in",
          "registries/{page*}",
          "issues/{page*}",
          "advisories",
          "licences",
          "tokens",
          "team",
          "audit",
          "workspaces",
          "webhooks",
          "notifications",
          "settings",
          "traffic",
          "troubleshooting",
          "account",
          "login/{secret}",
          "confirm/{secret}",
          "invite/{secret}",
          "join",
          "forgotten",
          "password/{secret}");

  /// Below which the pages of a workspace stand that is not the default one.
  private static final String WORKSPACE = "w/{workspace}";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  /// Nothing inline, nothing from elsewhere, in nobody's frame.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final AppFiles files;
  private final @Nullable String name;

  /// Answers with the file called `name`, or, if that is null, with the one that the path names.
  private AppEndpoint(AppFiles files, @Nullable String name) {
    this.files = files;
    this.name = name;
  }

  /// Lets `router` answer with the app.
  public static void route(Router router) {
    var files = new AppFiles();
    var page = new AppEndpoint(files, PAGE);
    for (String pattern : PAGES) {
      router.route("GET", pattern, page);
      router.route("GET", pattern.isEmpty() ? WORKSPACE : WORKSPACE + "/" + pattern, page);
    }
    router.route("GET", "favicon.svg", new AppEndpoint(files, "favicon.svg"));
    router.route("GET", "assets/{file}", new AppEndpoint(files, null));
  }

  @Override
  public @Nullable Response warm(Request request) {
    String file = file(request);
    String coding = coding(request);
    Content content = files.warm(file, coding);
    return content == null ? null : response(file, coding, content);
  }

  @Override
  public Response handle(Request request) {
    String file = file(request);
    if (!files.has(file)) {
      throw new ProblemException(
          new Problem.NotFound(
              files.areThere()
                  ? "There is nothing at this address. Check the URL."
                  : "The web app was not built: start the server by ./gatehouse."));
    }
    String coding = coding(request);
    return response(file, coding, files.get(file, coding));
  }

  private String file(Request request) {
    return name == null ? "assets/" + request.variable("file") : name;
  }

  private static Response response(String file, String coding, Content content) {
    String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "text/plain");
    boolean kept = file.startsWith("assets/");
    Response response =
        Response.of(200, type, new Body.Bytes(content))
            .with("cache-control", kept ? "public, max-age=31536000, immutable" : "no-cache")
            .with("vary", "accept-encoding")
            .with("x-content-type-options", "nosniff");
    Response coded = coding.isEmpty() ? response : response.with("content-encoding", coding);
    return file.equals(PAGE)
        ? coded
            .with("content-security-policy", POLICY)
            .with("referrer-policy", "same-origin")
            .with("cross-origin-opener-policy", "same-origin")
            .with("x-frame-options", "DENY")
        : coded;
  }

  /// The best coding that the client takes.
  private static String coding(Request request) {
    String accepted = request.header("accept-encoding");
    if (accepted == null) {
      return "";
    }
    return takes(accepted, "br") ? "br" : takes(accepted, "gzip") ? "gzip" : "";
  }

  private static boolean takes(String accepted, String coding) {
    for (String one : accepted.split(",", -1)) {
      String[] parts = one.strip().split("\\s*;\\s*", -1);
      if (parts[0].equalsIgnoreCase(coding)) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
