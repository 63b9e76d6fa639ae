package dev.gatehouse.policy.licence;

import org.jspecify.annotations.Nullable;

/// What a licence claim means, and how sure that is. `expression` is null unless the grade is
/// parsed or corrected.
public record LicenceReading(Grade grade, @Nullable SpdxExpression expression) {

  /// How a claim was understood.
  public enum Grade {
    /// It is a valid SPDX expression.
    PARSED,
    /// It is none, and names one beyond doubt: `Apache 2`. Weaker evidence than a parsed one.
    CORRECTED,
    /// It points to a file: `SEE LICENSE IN x`.
    SEE_FILE,
    /// It says `UNLICENSED`: nobody may use it.
    PROPRIETARY,
    /// It says something that names no licence beyond doubt, or nothing.
    UNRECOGNISED
  }

  /// A reading without an expression.
  public static LicenceReading of(Grade grade) {
    return new LicenceReading(grade, null);
  }
}
