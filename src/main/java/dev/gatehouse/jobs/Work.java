package dev.gatehouse.jobs;

import java.time.Duration;

/// Does the jobs of one kind. A job may be done twice, as after a power cut: the second time must
/// change nothing.
@FunctionalInterface
public interface Work {
  /// Does the job that `payload` describes. Throwing counts as [Outcome.Again].
  Outcome run(String payload) throws Exception;

  /// What came of it.
  sealed interface Outcome {}

  /// It is done, or there is nothing left to do.
  record Done() implements Outcome {}

  /// It is done for now and goes on after a pause, as `payload` then describes it: the rest of a
  /// long job, or the next time of one that never ends.
  record Next(String payload, Duration pause) implements Outcome {}

  /// It failed and may succeed later; `sentence` says why.
  record Again(String sentence) implements Outcome {}

  /// It can never succeed; `sentence` says why.
  record Never(String sentence) implements Outcome {}
}
