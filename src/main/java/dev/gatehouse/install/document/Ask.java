package dev.gatehouse.install.document;

import dev.gatehouse.upstream.source.Hops;

/// How a request wants its documents.
///
/// @param hops the servers that the question has passed through
public record Ask(Demand demand, Hops hops) {

  /// How new a copy must be, the least first.
  public enum Demand {
    /// Nobody is asked, however old the copies are: what is not stored is not there.
    STORED,
    /// Whatever is fresh enough.
    FRESH,
    /// What was fetched or confirmed a moment ago; else the upstream is asked and waited for, but
    /// not for ever while there is a copy.
    CONFIRMED,
    /// Every upstream is asked again first.
    NEWEST
  }

  /// Whatever is fresh enough, for a question that began here.
  public static final Ask USUAL = new Ask(Demand.FRESH, Hops.none());

  /// What is stored, for a question that began here.
  public static final Ask STORED = new Ask(Demand.STORED, Hops.none());

  /// Whatever is fresh enough, for a question that came through `hops`.
  public static Ask through(Hops hops) {
    return new Ask(Demand.FRESH, hops);
  }

  /// The same question, wanting at least `other`.
  public Ask atLeast(Demand other) {
    return other.compareTo(demand) > 0 ? new Ask(other, hops) : this;
  }

  /// The same question, but for the newest.
  public Ask asNewest() {
    return atLeast(Demand.NEWEST);
  }

  /// Whether every upstream is asked again.
  public boolean newest() {
    return demand == Demand.NEWEST;
  }

  /// Whether nobody is asked.
  public boolean storedOnly() {
    return demand == Demand.STORED;
  }
}
