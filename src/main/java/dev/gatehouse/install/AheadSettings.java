package dev.gatehouse.install;

/// How much is fetched before anybody asks for it.
///
/// @param atOnce tarballs at a time; 0 fetches none
public record AheadSettings(int atOnce) {
  private static final int MOST = 64;

  /// Refuses what makes no sense.
  public AheadSettings {
    if (atOnce < 0 || atOnce > MOST) {
      throw new IllegalArgumentException(
          "ahead.at-once is %d: say how many tarballs at a time, 0 to %d.".formatted(atOnce, MOST));
    }
  }

  /// Two at a time.
  public static AheadSettings defaults() {
    return new AheadSettings(2);
  }
}
