package dev.gatehouse.npm;

/// Makes a stranger's text safe to repeat in a sentence: short, on one line, in quotes.
public final class Excerpt {
  private static final int LONGEST = 100;

  private Excerpt() {}

  /// `text` in double quotes, at most 100 characters of it, control characters replaced by `?`.
  public static String of(String text) {
    var cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return '"' + cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?") + '"';
  }
}
