package dev.gatehouse.install.document;

import dev.gatehouse.upstream.source.Hops;

/// How a request wants its documents.
///
/// @param newest whether every upstream is asked again first, as `?write=true` and `no-cache`
///   demand
/// @param hops the servers that the question has passed through
public record Ask(boolean newest, Hops hops) {
  /// Whatever is fresh enough, for a question that began here.
  public static final Ask USUAL = new Ask(false, Hops.none());

  /// The same question, but for the newest.
  public Ask asNewest() {
    return new Ask(true, hops);
  }
}
