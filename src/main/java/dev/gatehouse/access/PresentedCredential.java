package dev.gatehouse.access;

import dev.gatehouse.access.token.TokenText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// What clients write into `Authorization`.
sealed interface PresentedCredential {
  /// No client sends more; whatever is longer is not looked at.
  int LONGEST = 2_048;

  /// `Bearer`, or the password of a `Basic` that is a token.
  record Secret(String text) implements PresentedCredential {}

  /// `Basic` with a name and a password.
  record NameAndPassword(String name, String password) implements PresentedCredential {}

  /// Neither, and what to do about it.
  record Unreadable(String sentence) implements PresentedCredential {}

  /// Reads the header's value.
  static PresentedCredential read(String header) {
    int space = header.indexOf(' ');
    if (space < 0 || header.length() > LONGEST) {
      return new Unreadable(
          "The Authorization header cannot be read: send \"Bearer\" and a token.");
    }
    String value = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> new Secret(value);
      case "basic" -> basic(value);
      default ->
          new Unreadable(
              "The Authorization header is of another kind: send \"Bearer\" and a token.");
    };
  }

  private static PresentedCredential basic(String value) {
    String decoded;
    try {
      decoded = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return new Unreadable("_auth is not base64 of \"name:password\": log in again.");
    }
    int colon = decoded.indexOf(':');
    if (colon < 0) {
      return new Unreadable("_auth has no colon: it is base64 of \"name:password\". Log in again.");
    }
    String name = decoded.substring(0, colon);
    String password = decoded.substring(colon + 1);
    if (looksLikeToken(password)) {
      return new Secret(password);
    }
    return password.isEmpty() && looksLikeToken(name)
        ? new Secret(name)
        : new NameAndPassword(name, password);
  }

  private static boolean looksLikeToken(String text) {
    return text.startsWith(TokenText.PREFIX);
  }
}
