package dev.gatehouse.npm.packument.json;

import java.util.HashSet;
import java.util.Set;

/// The names met so far in one object, bounded. A name met twice means one thing to one reader and
/// another to the next, so whoever interprets an object refuses it.
public final class SeenKeys {
  private final int max;
  private final Set<String> keys = new HashSet<>();

  public SeenKeys(int max) {
    this.max = max;
  }

  /// Whether `key` is new and still within the bound.
  public boolean add(String key) {
    return keys.size() < max && keys.add(key);
  }

  public void clear() {
    keys.clear();
  }
}
