package dev.gatehouse.http;

import dev.gatehouse.http.route.RouteMatch;
import dev.gatehouse.http.route.RouteTree;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Finds the handler for a path by patterns such as `-/package/{name}/dist-tags/{tag}`; see
/// [RouteTree] for what they match. Literals win over variables, and HEAD is answered by GET. An
/// unknown path is not found; a known one under another method says which it knows.
///
/// A variable called `token` or `secret` does not appear in the access log.
public final class Router implements Handler {
  private final RouteTree<Handler> tree = new RouteTree<>();

  /// Lets `handler` answer `method` on `pattern`; returns this router.
  public Router route(String method, String pattern, Handler handler) {
    tree.add(method, pattern, handler);
    return this;
  }

  /// Lets `router` find its routes in what follows `prefix`, such as `r/{registry}`; returns this
  /// router. Handlers see the variables of both.
  public Router mount(String prefix, Router router) {
    tree.mount(prefix, router.tree);
    return this;
  }

  @Override
  public Response handle(Request request) throws Exception {
    return find(request).handle(request);
  }

  @Override
  public @Nullable Response warm(Request request) {
    return find(request).warm(request);
  }

  private Handler find(Request request) {
    RouteMatch.Found<Handler> known = request.routedBy(this);
    if (known != null) {
      return known.target();
    }
    return switch (tree.find(request.method(), request.segments())) {
      case RouteMatch.Found<Handler> found -> {
        request.routed(this, found);
        yield found.target();
      }
      case RouteMatch.OtherMethods<Handler>(var allowed) ->
          throw new ProblemException(
              new Problem.WrongMethod(
                  "This address answers " + String.join(", ", allowed) + ", not this method.",
                  allowed));
      case RouteMatch.Unknown<Handler>() ->
          throw new ProblemException(
              new Problem.NotFound("There is nothing at this address. Check the URL."));
    };
  }
}
