package dev.gatehouse.web.api.people;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;

/// Numbers in paths.
final class Numbers {
  private Numbers() {}

  /// The number that `text` is; anything else names nothing that is here.
  static long require(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new ProblemException(
          new Problem.NotFound("There is nothing at this address. Check the URL."));
    }
    return Long.parseLong(text);
  }
}
