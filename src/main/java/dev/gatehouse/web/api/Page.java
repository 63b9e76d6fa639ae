package dev.gatehouse.web.api;

import dev.gatehouse.http.Request;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some of a list. `next` is the cursor of those that follow, null if there are none. A cursor
/// names the last one that was seen, so that what comes and goes meanwhile shifts nothing.
public record Page<T>(List<T> items, @Nullable String next, int total) {
  private static final int USUAL = 50;
  private static final int MOST = 200;

  /// Keeps its own copy.
  public Page {
    items = List.copyOf(items);
  }

  /// Which part is wanted. `after` is the key of the last one that was seen, or null.
  public record Wanted(@Nullable String after, int limit) {

    /// Reads `cursor` and `limit` of a query.
    public static Wanted of(Request request) {
      String cursor = request.query("cursor");
      return new Wanted(cursor == null ? null : key(cursor), limit(request.query("limit")));
    }

    private static int limit(@Nullable String text) {
      if (text == null) {
        return USUAL;
      }
      if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > MOST) {
        throw malformed("\"limit\" is a number from 1 to " + MOST + ".");
      }
      return Integer.parseInt(text);
    }

    private static String key(String cursor) {
      try {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException _) {
        throw malformed("\"cursor\" is not one that this server has given: begin without one.");
      }
    }
  }

  /// The wanted part of `all`, which is sorted by `order` over the keys that `key` gives.
  public static <T> Page<T> of(
      List<T> all, Wanted wanted, Function<T, String> key, Comparator<String> order) {
    String after = wanted.after();
    List<T> rest =
        after == null
            ? all
            : all.stream().filter(one -> order.compare(key.apply(one), after) > 0).toList();
    List<T> items = rest.subList(0, Math.min(wanted.limit(), rest.size()));
    boolean more = rest.size() > items.size();
    return new Page<>(items, more ? cursor(key.apply(items.getLast())) : null, all.size());
  }

  /// The cursor behind the item with that key.
  public static String cursor(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
