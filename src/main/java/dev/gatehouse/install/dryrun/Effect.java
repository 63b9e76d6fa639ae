package dev.gatehouse.install.dryrun;

import java.util.Locale;

/// What other rules do to a version that somebody asked for.
public enum Effect {
  /// It is served and would be refused.
  BREAKS,
  /// It is refused already and would be.
  WITHHELD,
  /// It is refused and would be served.
  OPENS,
  /// It would be judged when its tarball is here, which it is not.
  PENDING,
  /// There is no such version.
  GONE,
  /// Whoever may have it cannot be asked.
  UNKNOWN,
  /// It is served and would be.
  SERVED;

  /// How it is written.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
