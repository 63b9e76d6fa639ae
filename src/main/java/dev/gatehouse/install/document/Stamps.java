package dev.gatehouse.install.document;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Tells whether anything that an answer was made from has changed since. Who makes an answer takes
/// the name's stamp *before* looking at anything and keeps it with the answer; the answer holds as
/// long as the stamp is the same. So a change that happens while an answer is being made outdates
/// it, and outdating costs one increment however many answers exist.
///
/// Names share stamps (there are [#STRIPES]): a change may outdate a stranger's answers, never miss
/// one.
public final class Stamps {
  private static final int STRIPES = 1 << 14;

  private final AtomicLongArray stripes = new AtomicLongArray(STRIPES);
  private final AtomicLong all = new AtomicLong();

  /// The stamp of `name` now.
  public long of(String name) {
    return stripes.get(stripe(name)) + all.get();
  }

  /// Outdates every answer for `name`, of every registry.
  public void outdate(String name) {
    stripes.incrementAndGet(stripe(name));
  }

  /// Outdates every answer.
  public void outdateAll() {
    all.incrementAndGet();
  }

  private static int stripe(String name) {
    int hash = name.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }
}
