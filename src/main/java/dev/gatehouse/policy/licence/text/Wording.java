package dev.gatehouse.policy.licence.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a licence's text says, without what SPDX's matching guidelines tell to ignore: case, white
/// space, punctuation, bullets, copyright notices, the title, comment signs, spelling of `licence`.
final class Wording {
  private static final Pattern LEADER = Pattern.compile("^[\\s/*#>;|=_-]+");
  private static final Pattern COPYRIGHT =
      Pattern.compile(
          "^(portions )?(\\(c\\)|©|copyright\\s*(\\(c\\)|©|\\d{4}|<|\\[|\\{|by\\b|holder:)).*");
  private static final Pattern RESERVED = Pattern.compile("all rights reserved\\.?");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int TITLE_WORDS = 10;

  private Wording() {}

  /// Its words, in order.
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    for (String line : text.toLowerCase(Locale.ROOT).split("\\R", -1)) {
      String said = LEADER.matcher(line).replaceFirst("");
      if (!COPYRIGHT.matcher(said).matches()) {
        List<String> more = words(RESERVED.matcher(said).replaceAll(" "));
        if (!words.isEmpty() || !isTitle(more)) {
          words.addAll(more);
        }
      }
    }
    return words;
  }

  /// `The MIT License (MIT)`, `Version 2.0, January 2004`.
  private static boolean isTitle(List<String> words) {
    return words.size() <= TITLE_WORDS
        && (words.contains("license") || words.contains("version") || words.contains("mit"));
  }

  /// Single letters and digits are bullets more often than words.
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : NO_WORD.split(line.replace("https://", "http://"), -1)) {
      if (word.length() > 1) {
        words.add(word.replace("licence", "license"));
      }
    }
    return words;
  }
}
