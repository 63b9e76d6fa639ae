package dev.gatehouse.http.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Paths as they may be logged. Queries are not logged at all. A segment that a route calls
/// `{token}` or `{secret}` is hidden, and so is what follows `user/token/` where no route matched:
/// clients log out with their token in the path.
public final class LoggedPath {
  private static final String LOGOUT = "user/token/";

  private LoggedPath() {}

  /// The path to log: `raw`, or made of `segments` if they are known and say more.
  public static String of(
      String raw, @Nullable List<String> segments, List<RouteMatch.Variable> variables) {
    String shown = raw;
    if (segments != null && (hasSecret(variables) || raw.indexOf('%') >= 0)) {
      shown = "/" + String.join("/", segments);
      for (RouteMatch.Variable variable : variables) {
        if (isSecret(variable)) {
          shown = shown.replace(variable.value(), "***");
        }
      }
    }
    int logout = shown.indexOf(LOGOUT);
    return printable(logout < 0 ? shown : shown.substring(0, logout + LOGOUT.length()) + "***");
  }

  private static boolean hasSecret(List<RouteMatch.Variable> variables) {
    for (RouteMatch.Variable variable : variables) {
      if (isSecret(variable)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSecret(RouteMatch.Variable variable) {
    return !variable.value().isEmpty()
        && (variable.name().equals("token") || variable.name().equals("secret"));
  }

  /// A log line must not be able to look like two, nor to steer a terminal.
  private static String printable(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) <= ' ' || path.charAt(i) >= 0x7f) {
        return path.replaceAll("[^!-~]", "?");
      }
    }
    return path;
  }
}
