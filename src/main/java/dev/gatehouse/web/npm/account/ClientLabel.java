package dev.gatehouse.web.npm.account;

import dev.gatehouse.http.Request;
import org.jspecify.annotations.Nullable;

/// What the token of a log-in is called, so that its owner can tell it from others: the client and
/// its session, as it says them itself.
final class ClientLabel {
  private static final int LONGEST = 40;

  private ClientLabel() {}

  /// Such as `npm/11.19.1 login, session 3f2a`.
  static String of(Request request) {
    String client = plain(request.header("user-agent"));
    String session = plain(request.header("npm-session"));
    String label = client.isEmpty() ? "login" : client + " login";
    return session.isEmpty() ? label : label + ", session " + session;
  }

  /// The first word, without what a terminal would obey.
  private static String plain(@Nullable String header) {
    String text = header == null ? "" : header.strip();
    int space = text.indexOf(' ');
    String word = (space < 0 ? text : text.substring(0, space)).replaceAll("[^!-~]", "");
    return word.length() > LONGEST ? word.substring(0, LONGEST) : word;
  }
}
