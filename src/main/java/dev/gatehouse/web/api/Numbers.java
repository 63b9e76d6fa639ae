package dev.gatehouse.web.api;

/// Numbers in paths and cursors, which anybody may write.
public final class Numbers {
  private Numbers() {}

  /// The number that `text` is; for anything else 0, which is the number of nothing and comes
  /// before all.
  public static long of(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
