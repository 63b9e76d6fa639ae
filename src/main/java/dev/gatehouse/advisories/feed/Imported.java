package dev.gatehouse.advisories.feed;

/// What came of an import.
///
/// @param records how many the feed has
/// @param added how many of them are new or have changed
/// @param removed how many are gone from it
/// @param held how many of the new ones wait for a person or a second feed
/// @param misread how many ranges and versions could not be understood and are left out
public record Imported(
    String feed, long records, long added, long removed, long held, long misread) {

  /// In a sentence.
  public String sentence() {
    String text =
        "%s: %,d records, %,d of them new or changed, %,d gone."
            .formatted(feed, records, added, removed);
    if (held > 0) {
      text += " %,d wait for a person: see `gatehouse advisories status`.".formatted(held);
    }
    if (misread > 0) {
      text += " %,d ranges or versions in them make no sense and are left out.".formatted(misread);
    }
    return text;
  }
}
