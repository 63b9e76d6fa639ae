package dev.gatehouse.install;

import org.jspecify.annotations.Nullable;

/// The two shapes of a packument.
public enum Form {
  FULL("application/json"),
  ABBREVIATED("application/vnd.npm.install-v1+json");

  private final String contentType;

  Form(String contentType) {
    this.contentType = contentType;
  }

  /// The media type it is served with: pnpm tells the forms apart by it.
  String contentType() {
    return contentType;
  }

  /// The form that an `Accept` header asks for. The abbreviated one only by its name and with a
  /// weight above zero; everything else, and no header at all, means the full one. Never an error.
  public static Form of(@Nullable String accept) {
    if (accept == null) {
      return FULL;
    }
    return Weights.accepts(accept, ABBREVIATED.contentType) ? ABBREVIATED : FULL;
  }
}
