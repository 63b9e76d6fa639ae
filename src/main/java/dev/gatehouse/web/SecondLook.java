package dev.gatehouse.web;

import dev.gatehouse.db.Changes;
import dev.gatehouse.problem.ProblemException;
import java.util.function.Supplier;

/// Refuses nobody by what may be out of date: before a refusal, it looks for what other processes
/// have changed.
public record SecondLook(Changes changes) {

  /// What `attempt` gives; if it refuses and there is news, what it gives then.
  public <T> T at(Supplier<T> attempt) {
    long known = changes.news();
    try {
      return attempt.get();
    } catch (ProblemException refused) {
      changes.look();
      if (changes.news() == known) {
        throw refused;
      }
      return attempt.get();
    }
  }
}
