package dev.gatehouse.npm.packument;

import java.util.Arrays;

/// Where the parts of one version object lie. Plain offsets in one array, since a document has
/// thousands of versions and its index lives as long as it does.
@SuppressWarnings("EnumOrdinal") // lives in memory only, never stored
final class PartRanges {
  private static final int PARTS = Part.values().length;
  private static final int ABSENT = -1;

  private final int[] offsets = new int[2 * PARTS];

  PartRanges() {
    Arrays.fill(offsets, ABSENT);
  }

  /// The offset of the first byte of `part`; negative if it is absent.
  int from(Part part) {
    return offsets[2 * part.ordinal()];
  }

  /// The offset after the last byte of `part`.
  int to(Part part) {
    return offsets[2 * part.ordinal() + 1];
  }

  void put(Part part, int from, int to) {
    offsets[2 * part.ordinal()] = from;
    offsets[2 * part.ordinal() + 1] = to;
  }

  boolean lacks(Part part) {
    return from(part) == ABSENT;
  }
}
