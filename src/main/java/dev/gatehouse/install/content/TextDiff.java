package dev.gatehouse.install.content;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How one text becomes another, line by line: what changes, with a few lines around it.
///
/// @param added how many lines are new
/// @param removed how many are gone
/// @param cut whether more changes follow those that are shown
public record TextDiff(List<Hunk> hunks, int added, int removed, boolean cut) {
  private static final int AROUND = 3;
  private static final int MOST_LINES = 4_000;
  private static final int LONGEST_LINE = 1_000;

  /// Keeps its own copy.
  public TextDiff {
    hunks = List.copyOf(hunks);
  }

  /// What becomes of a line.
  public enum Kind {
    /// It stays.
    SAME,
    /// It goes.
    REMOVED,
    /// It comes.
    ADDED
  }

  /// A line, cut to a length that can be read.
  public record Line(Kind kind, String text) {}

  /// Lines that follow one another; the first one's number, from 1, in the text before and after.
  public record Hunk(int before, int after, List<Line> lines) {}

  /// The difference between two texts.
  public static TextDiff of(String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    Map<String, Integer> ids = new HashMap<>();
    var edits = Edits.between(numbers(old, ids), numbers(now, ids));
    var writer = new Writer(old, now, edits);
    writer.write();
    return new TextDiff(
        writer.hunks, edits.added().cardinality(), edits.removed().cardinality(), writer.cut);
  }

  /// A line break at the end begins no further line.
  private static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return List.of(whole.split("\n", -1));
  }

  private static int[] numbers(List<String> lines, Map<String, Integer> ids) {
    return lines.stream().mapToInt(line -> ids.computeIfAbsent(line, _ -> ids.size())).toArray();
  }

  /// Walks through both texts and writes down what is near a change.
  private static final class Writer {
    private final List<String> old;
    private final List<String> now;
    private final Edits edits;
    private final List<Hunk> hunks = new ArrayList<>();
    private List<Line> lines = new ArrayList<>();
    private int written;
    private boolean cut;

    Writer(List<String> old, List<String> now, Edits edits) {
      this.old = old;
      this.now = now;
      this.edits = edits;
    }

    void write() {
      int x = 0;
      int y = 0;
      while (!cut && (x < old.size() || y < now.size())) {
        if (edits.removed().get(x)) {
          add(x, y, new Line(Kind.REMOVED, shown(old.get(x++))));
        } else if (edits.added().get(y)) {
          add(x, y, new Line(Kind.ADDED, shown(now.get(y++))));
        } else if (isNear(x, y)) {
          add(x++, y++, new Line(Kind.SAME, shown(old.get(x - 1))));
        } else {
          lines = new ArrayList<>();
          x++;
          y++;
        }
      }
    }

    private void add(int x, int y, Line line) {
      if (written == MOST_LINES) {
        cut = true;
        return;
      }
      if (lines.isEmpty()) {
        hunks.add(new Hunk(x + 1, y + 1, lines));
      }
      lines.add(line);
      written++;
    }

    /// Whether a line that stays lies around one that does not.
    private boolean isNear(int x, int y) {
      return any(edits.removed(), x) || any(edits.added(), y);
    }

    private static boolean any(BitSet edited, int line) {
      int next = edited.nextSetBit(Math.max(0, line - AROUND));
      return next >= 0 && next <= line + AROUND;
    }

    private static String shown(String line) {
      return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }
  }
}
