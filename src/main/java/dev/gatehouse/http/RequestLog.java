package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/// Notes for a request's line in the access log, taken by whoever handles it. Never put a secret
/// here.
public final class RequestLog {
  /// The outcome of what an upstream was waited for.
  public static final String MISS = "miss";

  private volatile @Nullable String actor;
  private volatile @Nullable String registry;
  private volatile @Nullable String outcome;
  private volatile @Nullable Tally tally;

  RequestLog() {}

  /// Counts requests as they end, on their event loop: it must not wait for anything.
  @FunctionalInterface
  public interface Tally {

    /// One has ended. `status` 499 stands for a client that left before it was answered.
    void ended(int status, long bytes, @Nullable String outcome);
  }

  /// Who asked, as `Actor.label()` says it.
  public void actor(String label) {
    actor = label;
  }

  /// The registry that was asked, as `workspace/registry`.
  public void registry(String name) {
    registry = name;
  }

  /// What came of it, in a word or two, such as `hit`, `stale` or `blocked`.
  public void outcome(String words) {
    outcome = words;
  }

  /// What is to count this request.
  public void tally(Tally counting) {
    tally = counting;
  }

  /// Who asked, if it is known.
  public @Nullable String actor() {
    return actor;
  }

  /// The registry, if one was asked.
  public @Nullable String registry() {
    return registry;
  }

  /// What came of it, if someone said so.
  public @Nullable String outcome() {
    return outcome;
  }

  void ended(int status, long bytes) {
    Tally counting = tally;
    if (counting != null) {
      counting.ended(status, bytes, outcome);
    }
  }
}
