package dev.gatehouse.npm;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;

/// Foreign text inside a sentence: short, on one line, and unable to disguise itself.
public final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  /// A problem whose sentence begins with what `text` is and the text, and goes on with `rest`.
  static ProblemException malformed(String what, String text, String rest) {
    return new ProblemException(new Problem.Malformed(what + " " + quote(text) + " " + rest));
  }

  /// `text` in double quotes, at most 80 characters of it.
  public static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return out.append(text.length() > LONGEST ? "…\"" : "\"").toString();
  }
}
