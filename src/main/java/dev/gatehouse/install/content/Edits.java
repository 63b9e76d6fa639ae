package dev.gatehouse.install.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Which lines of one text go, and which of another come, so that the one becomes the other: as few
/// as can be, by Myers' algorithm (An O(ND) difference algorithm, 1986). Where the texts differ too
/// much for that, everything between what they begin and end with alike.
record Edits(BitSet removed, BitSet added) {
  /// The work grows with its square.
  private static final int MOST = 1_000;

  /// Lines are numbers; the same number is the same line.
  static Edits between(int[] before, int[] after) {
    int shorter = Math.min(before.length, after.length);
    int head = 0;
    while (head < shorter && before[head] == after[head]) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before[before.length - 1 - tail] == after[after.length - 1 - tail]) {
      tail++;
    }
    var edits = new Edits(new BitSet(), new BitSet());
    edits.find(
        head,
        Arrays.copyOfRange(before, head, before.length - tail),
        Arrays.copyOfRange(after, head, after.length - tail));
    return edits;
  }

  private void find(int head, int[] a, int[] b) {
    List<int[]> trace = trace(a, b);
    if (trace.isEmpty()) {
      removed.set(head, head + a.length);
      added.set(head, head + b.length);
      return;
    }
    int x = a.length;
    int y = b.length;
    for (int d = trace.size() - 1; d > 0; d--) {
      int[] reached = trace.get(d);
      int k = x - y;
      boolean down = isDown(reached, k, d);
      int from = reached[at(down ? k + 1 : k - 1, d)];
      if (down) {
        y = from - (k + 1);
        added.set(head + y);
        x = from;
      } else {
        x = from;
        y = from - (k - 1);
        removed.set(head + x);
      }
    }
  }

  /// For each number of edits, how far each diagonal had been followed by one edit less; empty if
  /// it takes too many.
  private static List<int[]> trace(int[] a, int[] b) {
    List<int[]> trace = new ArrayList<>();
    int[] reached = new int[3];
    for (int d = 0; d <= Math.min(MOST, a.length + b.length); d++) {
      trace.add(reached);
      int[] next = new int[2 * d + 5];
      for (int k = -d; k <= d; k += 2) {
        int x = isDown(reached, k, d) ? reached[at(k + 1, d)] : reached[at(k - 1, d)] + 1;
        x = d == 0 ? 0 : x;
        while (x < a.length && x - k < b.length && a[x] == b[x - k]) {
          x++;
        }
        next[at(k, d + 1)] = x;
        if (x >= a.length && x - k >= b.length) {
          return trace;
        }
      }
      reached = next;
    }
    return List.of();
  }

  private static boolean isDown(int[] reached, int k, int d) {
    return k == -d || (k != d && reached[at(k - 1, d)] < reached[at(k + 1, d)]);
  }

  /// Where the diagonal `k` stands among those from `-(d + 1)` to `d + 1`.
  private static int at(int k, int d) {
    return k + d + 1;
  }
}
