package dev.gatehouse.access.team;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.regex.Pattern;

/// How teams and roles may be called and described.
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final int LONGEST = 500;

  private Names() {}

  static void require(String name) {
    if (!NAME.matcher(name).matches()) {
      throw malformed(
          "Such a name starts with a small letter and has small letters, digits and hyphens, up to"
              + " 40.");
    }
  }

  static String description(String text) {
    String stripped = text.strip();
    if (stripped.length() > LONGEST) {
      throw malformed("A description has up to " + LONGEST + " characters.");
    }
    return stripped;
  }

  static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }

  static ProblemException conflict(String sentence) {
    return new ProblemException(new Problem.Conflict(sentence));
  }

  static ProblemException missing(String sentence) {
    return new ProblemException(new Problem.NotFound(sentence));
  }
}
