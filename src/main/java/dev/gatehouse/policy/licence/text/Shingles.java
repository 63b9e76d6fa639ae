package dev.gatehouse.policy.licence.text;

import java.util.Arrays;
import java.util.List;

/// All runs of three words of a text, each as a number: texts that share nearly all of them say the
/// same, whatever the lines.
final class Shingles {
  private static final int WORDS = 3;

  private final int[] sorted;

  private Shingles(int[] sorted) {
    this.sorted = sorted;
  }

  static Shingles of(List<String> words) {
    int count = Math.max(0, words.size() - WORDS + 1);
    int[] runs = new int[count];
    for (int i = 0; i < count; i++) {
      runs[i] = words.subList(i, i + WORDS).hashCode();
    }
    Arrays.sort(runs);
    return new Shingles(runs);
  }

  int size() {
    return sorted.length;
  }

  /// How many both have.
  int shared(Shingles other) {
    int shared = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < sorted.length && theirs < other.sorted.length) {
      int order = Integer.compare(sorted[mine], other.sorted[theirs]);
      shared += order == 0 ? 1 : 0;
      mine += order <= 0 ? 1 : 0;
      theirs += order >= 0 ? 1 : 0;
    }
    return shared;
  }
}
