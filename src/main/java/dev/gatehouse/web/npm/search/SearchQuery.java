package dev.gatehouse.web.npm.search;

import dev.gatehouse.http.Request;
import dev.gatehouse.packages.PackageSearch.Wanted;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What clients write into a search's URL: `text`, `size`, `from`. The weights `quality`,
/// `popularity` and `maintenance` have no meaning here.
final class SearchQuery {
  private static final int LONGEST_TEXT = 256;
  private static final int MOST_WORDS = 8;
  private static final int USUAL_SIZE = 20;
  private static final int LARGEST_SIZE = 100;
  private static final int FURTHEST = 10_000;

  private SearchQuery() {}

  /// What `request` looks for. More than a hundred packages at a time are not given.
  static Wanted of(Request request) {
    int size = number(request.query("size"), "size", USUAL_SIZE, Integer.MAX_VALUE);
    int from = number(request.query("from"), "from", 0, FURTHEST);
    return new Wanted(words(request.query("text")), Math.min(size, LARGEST_SIZE), from);
  }

  private static List<String> words(@Nullable String text) {
    String plain = text == null ? "" : text.replaceAll("\\p{Cntrl}", " ").strip();
    List<String> words =
        Arrays.stream(plain.split("\\s+"))
            .filter(word -> !word.isEmpty())
            .map(SearchQuery::word)
            .toList();
    if (plain.length() > LONGEST_TEXT || words.size() > MOST_WORDS) {
      throw malformed(
          "The search is too long: use up to %d words and %d characters."
              .formatted(MOST_WORDS, LONGEST_TEXT));
    }
    return words;
  }

  /// npm's `keywords:react` looks for the word, and `scope:acme` for what begins with `@acme/`.
  private static String word(String word) {
    if (word.startsWith("keywords:")) {
      return word.substring("keywords:".length());
    }
    return word.startsWith("scope:") ? "@" + word.substring("scope:".length()) + "/" : word;
  }

  private static int number(@Nullable String text, String name, int otherwise, int most) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
      throw malformed("\"%s\" must be a whole number from 0 to %d.".formatted(name, most));
    }
    return Integer.parseInt(text);
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
