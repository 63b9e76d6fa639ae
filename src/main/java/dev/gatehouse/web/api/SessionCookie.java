package dev.gatehouse.web.api;

import dev.gatehouse.http.Request;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cookie that holds the secrets of sessions. Scripts cannot read it and other sites' requests
/// do not carry it. Over https its name starts with `__Host-`: then no other host, and nobody on an
/// unencrypted connection, can set it. Other cookies of ours are made the same way.
public final class SessionCookie {
  private static final String SESSION = "gatehouse-session";
  private static final int LONGEST = 4_096;
  private static final long DAYS_30 = 30L * 24 * 60 * 60;

  private SessionCookie() {}

  /// The secrets of sessions that the browser sent: one for each workspace that it is signed in to.
  static List<String> secrets(Request request) {
    String sent = read(request, SESSION);
    return sent == null
        ? List.of()
        : Arrays.stream(sent.split("\\.", -1)).filter(one -> !one.isEmpty()).toList();
  }

  /// What the browser sent in the cookie called `cookieName`, or null.
  public static @Nullable String read(Request request, String cookieName) {
    String wanted = name(request, cookieName) + "=";
    for (String header : request.headers("cookie")) {
      for (String cookie : header.length() > LONGEST ? new String[0] : header.split(";", -1)) {
        if (cookie.strip().startsWith(wanted)) {
          String secret = cookie.strip().substring(wanted.length());
          return secret.isEmpty() ? null : secret;
        }
      }
    }
    return null;
  }

  /// The value of `set-cookie` that hands `secrets` to the browser, with dots in between.
  static String set(Request request, String secrets) {
    return set(request, SESSION, secrets, DAYS_30);
  }

  /// The value of `set-cookie` that takes it away.
  static String clear(Request request) {
    return set(request, SESSION, "", 0);
  }

  /// The value of `set-cookie` for the cookie called `name`, for so many seconds.
  public static String set(Request request, String name, String value, long seconds) {
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
        .formatted(name(request, name), value, seconds, isSecure(request) ? "; Secure" : "");
  }

  private static String name(Request request, String name) {
    return isSecure(request) ? "__Host-" + name : name;
  }

  private static boolean isSecure(Request request) {
    return request.baseUrl().startsWith("https:");
  }
}
