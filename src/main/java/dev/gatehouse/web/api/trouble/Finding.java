package dev.gatehouse.web.api.trouble;

import org.jspecify.annotations.Nullable;

/// Something about what a person pasted. No finding quotes a secret.
///
/// @param level `wrong`, `warning` or `fine`
/// @param line the line that it is about, counted from 1; null if it is about none
/// @param says what was found
/// @param cure what to do; null if there is nothing to do
/// @param link the page of the web app that shows more, or null
record Finding(
    String level,
    @Nullable Integer line,
    String says,
    @Nullable String cure,
    @Nullable String link) {

  /// This keeps the client from working.
  static Finding wrong(@Nullable Integer line, String says, String cure) {
    return new Finding("wrong", line, says, cure, null);
  }

  /// This may, or does for some clients.
  static Finding warning(@Nullable Integer line, String says, String cure) {
    return new Finding("warning", line, says, cure, null);
  }

  /// This is as it should be.
  static Finding fine(@Nullable Integer line, String says) {
    return new Finding("fine", line, says, null, null);
  }

  Finding leadingTo(String page) {
    return new Finding(level, line, says, cure, page);
  }
}
