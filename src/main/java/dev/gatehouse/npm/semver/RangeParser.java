package dev.gatehouse.npm.semver;

import dev.gatehouse.npm.semver.Bound.Operator;
import dev.gatehouse.npm.semver.VersionRange.Options;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a range in one pass over each alternative, two where it may be a hyphen range.
final class RangeParser {
  private final String text;
  private final Options options;

  RangeParser(String text, Options options) {
    this.text = text;
    this.options = options;
  }

  @Nullable VersionRange parse() {
    List<List<Bound>> alternatives = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int bars = text.indexOf("||", start);
      int end = bars < 0 ? text.length() : bars;
      switch (alternative(start, end)) {
        case Invalid _ -> {
          return null;
        }
        case Nothing _ -> {}
        case Bounds(var bounds) -> alternatives.add(bounds);
      }
      start = end + 2;
    }
    return alternatives.isEmpty() ? null : new VersionRange(simplify(alternatives), options);
  }

  /// What became of one alternative. `Nothing`: in loose mode, all of its words were skipped.
  private sealed interface Outcome {}

  private record Invalid() implements Outcome {}

  private record Nothing() implements Outcome {}

  /// No bounds at all hold for every version.
  private record Bounds(List<Bound> bounds) implements Outcome {}

  /// Drops alternatives that are always false, unless there are no others, and keeps only the
  /// unbounded one if there is one: `* || 1.0.0-rc` is `*`.
  private static List<List<Bound>> simplify(List<List<Bound>> alternatives) {
    List<List<Bound>> possible = new ArrayList<>();
    for (List<Bound> bounds : alternatives) {
      if (bounds.isEmpty() || !bounds.getFirst().allowsNothing()) {
        possible.add(bounds);
      }
    }
    if (possible.isEmpty()) {
      return List.of(alternatives.getFirst());
    }
    return possible.contains(List.<Bound>of()) ? List.of(List.of()) : List.copyOf(possible);
  }

  private Outcome alternative(int start, int end) {
    Outcome hyphen = hyphen(start, end);
    return hyphen != null ? hyphen : words(start, end);
  }

  /// Reads `from - to`; null if this is no such range.
  private @Nullable Outcome hyphen(int start, int end) {
    Cursor cursor = new Cursor(text, start, end, options.loose());
    cursor.skipSpace();
    int fromAt = cursor.at();
    Partial from = Partial.parse(cursor, text);
    int fromEnd = cursor.at();
    cursor.skipSpace();
    if (from == null || cursor.at() == fromEnd || !cursor.skip('-')) {
      return null;
    }
    int dashEnd = cursor.at();
    cursor.skipSpace();
    int toAt = cursor.at();
    Partial to = toAt == dashEnd ? null : Partial.parse(cursor, text);
    cursor.skipSpace();
    if (to == null || !cursor.atEnd()) {
      return null;
    }
    boolean prereleases = options.includePrerelease();
    boolean toIsRewritten = prereleases || !to.prerelease().isEmpty();
    if (!mayStand(from, fromAt) || !(toIsRewritten || mayStand(to, toAt))) {
      return new Invalid();
    }
    List<Bound> low = Ranges.hyphenFrom(from, prereleases);
    List<Bound> high = Ranges.hyphenTo(to, prereleases);
    if (low == null || high == null) {
      return new Invalid();
    }
    Set<Bound> bounds = new LinkedHashSet<>(low);
    bounds.addAll(high);
    return new Bounds(normal(bounds));
  }

  private Outcome words(int start, int end) {
    Cursor cursor = new Cursor(text, start, end, options.loose());
    Set<Bound> bounds = new LinkedHashSet<>();
    boolean empty = true;
    boolean understood = false;
    cursor.skipSpace();
    while (!cursor.atEnd()) {
      empty = false;
      Outcome word = word(cursor);
      if (word instanceof Bounds(var wordBounds)) {
        understood = true;
        bounds.addAll(wordBounds);
      } else if (word instanceof Invalid || !options.loose()) {
        return new Invalid();
      }
      cursor.skipWord();
    }
    return empty || understood ? new Bounds(normal(bounds)) : new Nothing();
  }

  /// Reads an operator and its version. `Invalid` breaks a limit, `Nothing` is not understood.
  private Outcome word(Cursor cursor) {
    boolean tilde = cursor.skip('~');
    boolean caret = !tilde && cursor.skip('^');
    if (tilde) {
      cursor.skipSpace();
      cursor.skip('>');
    }
    Operator operator = tilde || caret ? Operator.EQUAL : operator(cursor);
    cursor.skipSpace();
    int start = cursor.at();
    Partial version = Partial.parse(cursor, text);
    if (version == null || !(cursor.atEnd() || Cursor.isSpace(cursor.peek()))) {
      return new Nothing();
    }
    List<Bound> bounds;
    if (tilde) {
      bounds = Ranges.tilde(version, options.includePrerelease());
    } else if (caret) {
      bounds = Ranges.caret(version, options.includePrerelease());
    } else if (!version.isInOrder() || !mayStand(version, start)) {
      return new Nothing();
    } else if (version.anyPatch()) {
      bounds = Ranges.partial(operator, version, options.includePrerelease());
    } else {
      bounds = Ranges.one(operator, version.exact());
    }
    return bounds == null ? new Invalid() : new Bounds(bounds);
  }

  /// Reads `<`, `<=`, `=`, `>=`, `>` or nothing, which is `=`; white space may stand within.
  private static Operator operator(Cursor cursor) {
    boolean less = cursor.skip('<');
    boolean more = !less && cursor.skip('>');
    if (less || more) {
      cursor.skipSpace();
    }
    boolean equal = cursor.skip('=');
    if (less) {
      return equal ? Operator.AT_MOST : Operator.LESS;
    }
    if (more) {
      return equal ? Operator.AT_LEAST : Operator.MORE;
    }
    return Operator.EQUAL;
  }

  /// A full version that begins at `start` takes no `=` and but one `v` before it, unless loose.
  private boolean mayStand(Partial version, int start) {
    int digits = text.charAt(start) == 'v' ? start + 1 : start;
    return options.loose() || version.anyPatch() || Cursor.isDigit(text.charAt(digits));
  }

  /// Leaves out bounds that hold for every version, and all others beside one that never holds.
  private List<Bound> normal(Set<Bound> bounds) {
    List<Bound> normal = new ArrayList<>(bounds.size());
    for (Bound bound : bounds) {
      if (bound.allowsNothing()) {
        return List.of(bound);
      }
      if (!bound.allowsEverything(options.includePrerelease())) {
        normal.add(bound);
      }
    }
    return List.copyOf(normal);
  }
}
