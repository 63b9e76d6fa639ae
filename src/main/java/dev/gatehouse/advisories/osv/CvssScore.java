package dev.gatehouse.advisories.osv;

import org.jspecify.annotations.Nullable;
import us.springett.cvss.Cvss;

/// The score of a CVSS vector: the base score, and for version 4.0, which knows no other, that of
/// all that the vector says.
public final class CvssScore {
  private static final int LONGEST = 300;

  private CvssScore() {}

  /// The score of `vector`, of version 2, 3.0, 3.1 or 4.0; null if it is none.
  public static @Nullable Double of(String vector) {
    if (vector.length() > LONGEST) {
      return null;
    }
    FourMetrics four = FourMetrics.parse(vector);
    if (four != null) {
      return FourScore.of(four);
    }
    try {
      Cvss read = Cvss.fromVector(vector);
      return read == null ? null : read.calculateScore().getBaseScore();
    } catch (RuntimeException _) {
      // It says that a vector is malformed, or trips over it.
      return null;
    }
  }
}
