package dev.gatehouse.registries.traffic;

import java.util.Locale;

/// What was asked for.
public enum Kind {
  /// What a package or one of its versions is.
  DOCUMENT,
  /// A version's bytes.
  TARBALL;

  /// As rows and the API have it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
