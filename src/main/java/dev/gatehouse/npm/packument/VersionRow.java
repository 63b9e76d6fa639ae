package dev.gatehouse.npm.packument;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One version of a document: where its bytes lie, and the few facts that are read while indexing.
/// It holds offsets only, so a row costs some 300 bytes however large the version object is.
public final class VersionRow {
  private final String version;
  private final @Nullable Instant published;
  private final Ranges ranges;
  private final Marks marks;

  /// Offsets into the document, each pair `from`, `to` (exclusive). `kept` lists the runs of fields
  /// of the abbreviated form.
  @SuppressWarnings("ArrayRecordComponent")
  record Ranges(int from, int to, PartRanges parts, int[] kept) {}

  /// What was read of the fields themselves.
  record Marks(boolean hasInstallScript, boolean deprecated) {}

  VersionRow(String version, @Nullable Instant published, Ranges ranges, Marks marks) {
    this.version = version;
    this.published = published;
    this.ranges = ranges;
    this.marks = marks;
  }

  VersionRow publishedAt(@Nullable Instant time) {
    return new VersionRow(version, time, ranges, marks);
  }

  /// The version, strict semver.
  public String version() {
    return version;
  }

  /// The document's own `time` of this version; null if it is missing or does not parse.
  public @Nullable Instant published() {
    return published;
  }

  /// Whether installing runs a script: said so by the document, or seen in its scripts.
  public boolean hasInstallScript() {
    return marks.hasInstallScript();
  }

  /// Whether the version is deprecated: `false` and the empty text count as not.
  public boolean deprecated() {
    return marks.deprecated();
  }

  /// Whether the version object has this part.
  public boolean has(Part part) {
    return from(part) >= 0 && from(part) < to(part);
  }

  int from() {
    return ranges.from();
  }

  int to() {
    return ranges.to();
  }

  int from(Part part) {
    return ranges.parts().from(part);
  }

  int to(Part part) {
    return ranges.parts().to(part);
  }

  int[] kept() {
    return ranges.kept();
  }

  @Override
  public String toString() {
    return version + " [" + from() + ", " + to() + ")";
  }
}
