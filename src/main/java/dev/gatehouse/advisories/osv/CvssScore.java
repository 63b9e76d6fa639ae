package dev.gatehouse.advisories.osv;

import org.jspecify.annotations.Nullable;
import us.springett.cvss.Cvss;
import us.springett.cvss.MalformedVectorException;

/// The base score of a CVSS vector.
public final class CvssScore {
  private static final int LONGEST = 300;

  private CvssScore() {}

  /// The base score of `vector`, of version 2, 3.0 or 3.1; null if it is none.
  public static @Nullable Double of(String vector) {
    if (vector.length() > LONGEST) {
      return null;
    }
    try {
      Cvss read = Cvss.fromVector(vector);
      return read == null ? null : read.calculateScore().getBaseScore();
    } catch (MalformedVectorException _) {
      return null;
    }
  }
}
