package dev.gatehouse.app.wiring;

import dev.gatehouse.web.api.ApiRoute;
import dev.gatehouse.web.api.Visitors;
import dev.gatehouse.web.api.once.Attempts;
import dev.gatehouse.web.api.once.OnceOnly;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which operations take an Idempotency-Key: those that would do something twice if they came
/// twice.
final class OnceRoutes {
  /// Their answers hold a secret that is shown once. What is said of it to whoever asks again.
  private static final Map<String, String> SECRET =
      Map.of(
          "POST workspaces",
          "The workspace was made by this request already, and its link shown once. If you have not"
              + " seen it, draw a new one.",
          "POST tokens",
          "The token was made by this request already, and shown once. If you have not seen it,"
              + " revoke it under Tokens and make another with a new key.",
          "POST invitations",
          "The invitation was made by this request already, and its link shown once. If you have"
              + " not seen it, take it back and make another with a new key.",
          "POST webhooks",
          "The webhook was made by this request already, and its secret shown once. If you have not"
              + " seen it, delete it and make another with a new key.");

  private static final Set<String> PLAIN =
      Set.of("POST registries", "POST issues/{issue}/comments");

  private OnceRoutes() {}

  /// `routes`, those among them carried out once for each key.
  static List<ApiRoute> over(List<ApiRoute> routes, Visitors visitors, Attempts attempts) {
    return routes.stream().map(one -> over(one, visitors, attempts)).toList();
  }

  private static ApiRoute over(ApiRoute route, Visitors visitors, Attempts attempts) {
    String name = route.method() + " " + route.pattern();
    String secret = SECRET.get(name);
    return secret == null && !PLAIN.contains(name)
        ? route
        : new ApiRoute(
            route.method(),
            route.pattern(),
            new OnceOnly(visitors, attempts, secret, route.handler()));
  }
}
