package dev.gatehouse.advisories.feed;

import dev.gatehouse.advisories.LongTable;
import java.util.ArrayList;
import java.util.List;

/// What a feed had before this import, by hashed id and digest, and what of it has come again: some
/// forty bytes a record, so that a feed of hundreds of thousands fits.
final class Known {
  private static final long BEFORE = 1;
  private static final long AGAIN = 2;
  private static final long REPLACED = 3;

  private final LongTable digestOf = new LongTable(0);
  private final LongTable states = new LongTable(0);
  private final LongTable arrived = new LongTable(0);
  private long again;

  /// What becomes of a record.
  enum Fate {
    /// It is here already, exactly so.
    UNCHANGED,
    /// It is to be written.
    NEW,
    /// It is to be written in place of what its id had before.
    CHANGED,
    /// Its id comes a second time with something else.
    TWICE
  }

  void add(long id, long digest) {
    digestOf.put(id, digest);
    states.put(digest, BEFORE);
  }

  /// Whether a record of exactly these bytes is here or has just arrived, without reading it.
  Fate ofDigest(long digest) {
    long state = states.get(digest);
    if (state == REPLACED) {
      return Fate.TWICE;
    }
    if (state == BEFORE) {
      again++;
      states.put(digest, AGAIN);
    }
    return state == 0 ? Fate.NEW : Fate.UNCHANGED;
  }

  /// What becomes of a record that was read and whose bytes are new.
  Fate ofId(long id, long digest) {
    long old = digestOf.get(id);
    if (arrived.put(id, 1) != 0 || (old != 0 && states.get(old) == AGAIN)) {
      return Fate.TWICE;
    }
    if (old != 0) {
      states.put(old, REPLACED);
    }
    states.put(digest, AGAIN);
    return old == 0 ? Fate.NEW : Fate.CHANGED;
  }

  /// How many there were before.
  long before() {
    return digestOf.size();
  }

  /// How many have come, the same or anew.
  long present() {
    return again + arrived.size();
  }

  /// The digests of those that have not come again.
  List<Long> missing() {
    List<Long> missing = new ArrayList<>();
    states.forEach((digest, state) -> {
      if (state == BEFORE) {
        missing.add(digest);
      }
    });
    return missing;
  }
}
