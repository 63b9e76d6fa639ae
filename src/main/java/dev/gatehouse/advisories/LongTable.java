package dev.gatehouse.advisories;

import java.nio.charset.StandardCharsets;

/// A map of numbers to numbers that costs 16 bytes a place, for hundreds of thousands of names:
/// they are known by their hashes. Two names with one hash share an entry, which happens to one in
/// hundreds of millions of such tables.
public final class LongTable {
  private static final int SMALLEST = 16;

  private long[] keys;
  private long[] values;
  private int size;

  /// An empty table with room for `expected` entries.
  public LongTable(int expected) {
    int places = Integer.highestOneBit(Math.max(SMALLEST, expected * 4 / 3)) << 1;
    this.keys = new long[places];
    this.values = new long[places];
  }

  /// The hash of `text`: FNV-1a with its bits mixed once more; never 0.
  public static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }

  /// The value of `key`, or 0.
  public long get(long key) {
    return values[place(key)];
  }

  /// Sets the value of `key` and returns what it was before, or 0.
  public long put(long key, long value) {
    if (size >= keys.length * 3 / 4) {
      grow();
    }
    int place = place(key);
    long before = values[place];
    if (keys[place] == 0) {
      keys[place] = key;
      size++;
    }
    values[place] = value;
    return before;
  }

  /// Receives an entry.
  @FunctionalInterface
  public interface Entries {
    /// Takes one key and its value.
    void accept(long key, long value);
  }

  /// Gives every entry to `into`, in no order.
  public void forEach(Entries into) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        into.accept(keys[i], values[i]);
      }
    }
  }

  /// How many keys it has.
  public int size() {
    return size;
  }

  /// Where `key` is, or the free place where it belongs.
  private int place(long key) {
    int mask = keys.length - 1;
    int place = (int) key & mask;
    while (keys[place] != 0 && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new long[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        values[place] = oldValues[i];
      }
    }
  }
}
