package dev.gatehouse.install.fact;

import dev.gatehouse.install.document.Stamps;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Takes note of what other processes on the same database find out about versions: what is held in
/// memory of such packages, and what was answered about them, holds no longer.
public final class Learning {
  /// Rows are dated by the clock of whoever found out.
  private static final Duration APART = Duration.ofMinutes(2);

  private final Evidence evidence;
  private final Stamps stamps;
  private final Clock clock;
  private long last;

  /// Keeps `evidence` up to date from now on.
  public Learning(Evidence evidence, Stamps stamps, Clock clock) {
    this.evidence = evidence;
    this.stamps = stamps;
    this.clock = clock;
    this.last = clock.millis();
  }

  /// Looks for what was found out since it looked last.
  public synchronized void learn() {
    long now = clock.millis();
    long then = last - APART.toMillis();
    Set<String> names = new HashSet<>(evidence.inspections().learn(then));
    names.addAll(evidence.attestations().learn(then));
    names.forEach(stamps::outdate);
    last = now;
  }
}
