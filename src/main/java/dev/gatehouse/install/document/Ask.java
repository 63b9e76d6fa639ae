package dev.gatehouse.install.document;

import dev.gatehouse.upstream.source.Hops;

/// How a request wants its documents.
///
/// @param newest whether every upstream is asked again first, as `?write=true` and `no-cache`
///   demand
/// @param hops the servers that the question has passed through
/// @param storedOnly whether no upstream is asked at all, however old the copies are
public record Ask(boolean newest, Hops hops, boolean storedOnly) {
  /// Whatever is fresh enough, for a question that began here.
  public static final Ask USUAL = new Ask(false, Hops.none());

  /// Nobody is asked: what is not stored is not there.
  public static final Ask STORED = new Ask(false, Hops.none(), true);

  /// A question that upstreams may be asked.
  public Ask(boolean newest, Hops hops) {
    this(newest, hops, false);
  }

  /// The same question, but for the newest.
  public Ask asNewest() {
    return new Ask(true, hops);
  }
}
