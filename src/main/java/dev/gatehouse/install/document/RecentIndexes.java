package dev.gatehouse.install.document;

import dev.gatehouse.npm.packument.PackumentIndex;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The documents that were read last, up to a number of bytes; the one that was not used for the
/// longest time goes first. Order of use is all that counts here: what was read a moment ago is
/// about to be rendered in its other form, and a cache that judges by how often something was used
/// turns just that away.
final class RecentIndexes {
  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<DocumentIndexes.Key, PackumentIndex> byUse =
      new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  /// Keeps at most `limit` bytes.
  RecentIndexes(long limit) {
    this.limit = limit;
  }

  /// The document, which counts as used now, or null.
  @Nullable PackumentIndex find(DocumentIndexes.Key key) {
    lock.lock();
    try {
      return byUse.get(key);
    } finally {
      lock.unlock();
    }
  }

  /// Keeps `index`, unless it alone is beyond the limit.
  void put(DocumentIndexes.Key key, PackumentIndex index) {
    if (index.weight() > limit) {
      return;
    }
    lock.lock();
    try {
      PackumentIndex before = byUse.put(key, index);
      weight += index.weight() - (before == null ? 0 : before.weight());
      Iterator<PackumentIndex> oldest = byUse.values().iterator();
      while (weight > limit) {
        weight -= oldest.next().weight();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }
}
