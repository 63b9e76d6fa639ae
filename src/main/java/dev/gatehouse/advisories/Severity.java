package dev.gatehouse.advisories;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How bad an advisory is, mildest first, in npm's words.
public enum Severity {
  /// Nobody has said.
  UNKNOWN,
  LOW,
  MODERATE,
  HIGH,
  CRITICAL;

  private static final double CRITICAL_FROM = 9.0;
  private static final double HIGH_FROM = 7.0;
  private static final double MODERATE_FROM = 4.0;

  /// The severity that a CVSS score stands for.
  public static Severity of(double score) {
    if (score >= CRITICAL_FROM) {
      return CRITICAL;
    }
    if (score >= HIGH_FROM) {
      return HIGH;
    }
    if (score >= MODERATE_FROM) {
      return MODERATE;
    }
    return score > 0 ? LOW : UNKNOWN;
  }

  /// The severity that a feed calls `word`, in any case; null if the word means nothing.
  public static @Nullable Severity named(@Nullable String word) {
    return switch (word == null ? "" : word.toUpperCase(Locale.ROOT)) {
      case "LOW", "MINOR", "INFO" -> LOW;
      case "MODERATE", "MEDIUM" -> MODERATE;
      case "HIGH", "IMPORTANT" -> HIGH;
      case "CRITICAL" -> CRITICAL;
      default -> null;
    };
  }

  /// The word as npm writes it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
