package dev.gatehouse.web.api.pack;

import dev.gatehouse.http.Request;
import dev.gatehouse.packages.listing.Listing;
import dev.gatehouse.packages.listing.Listing.Entry;
import dev.gatehouse.packages.listing.Listing.Order;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an address asks of the list of packages.
///
/// @param after the last one that was seen, or null
record PackageQuery(Listing.Wanted wanted, @Nullable Entry after, int limit) {
  private static final int MOST_WORDS = 10;
  private static final int LONGEST = 200;
  private static final Pattern CHANGED = Pattern.compile("(\\d{1,15}) (.+)", Pattern.DOTALL);

  static PackageQuery of(Request request) {
    Page.Wanted page = Page.Wanted.of(request);
    Order order = one(request, "sort", Order.class);
    var wanted =
        new Listing.Wanted(
            words(request.query("search")),
            one(request, "origin", Listing.Origin.class),
            one(request, "state", Listing.State.class),
            bounded("licence", request.query("licence")),
            order == null ? Order.NAME : order);
    return new PackageQuery(wanted, after(page.after(), wanted.order()), page.limit());
  }

  /// The cursor behind `last`.
  String cursor(Entry last) {
    return Page.cursor(
        wanted.order() == Order.NAME ? last.name() : last.changed() + " " + last.name());
  }

  private static @Nullable Entry after(@Nullable String key, Order order) {
    if (key == null) {
      return null;
    }
    if (key.indexOf('\0') >= 0) {
      throw foreignCursor();
    }
    if (order == Order.NAME) {
      return new Entry(key, 0);
    }
    Matcher parts = CHANGED.matcher(key);
    if (!parts.matches()) {
      throw foreignCursor();
    }
    return new Entry(parts.group(2), Long.parseLong(parts.group(1)));
  }

  private static RuntimeException foreignCursor() {
    return ApiBody.malformed("\"cursor\" is not one of this list: begin without one.");
  }

  private static <E extends Enum<E>> @Nullable E one(
      Request request, String name, Class<E> choices) {
    String word = request.query(name);
    if (word == null) {
      return null;
    }
    for (E choice : choices.getEnumConstants()) {
      if (word(choice).equals(word)) {
        return choice;
      }
    }
    throw ApiBody.malformed(
        "\"%s\" is one of %s."
            .formatted(
                name,
                String.join(
                    ", ",
                    Arrays.stream(choices.getEnumConstants()).map(PackageQuery::word).toList())));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> words(@Nullable String search) {
    if (search == null || search.isBlank()) {
      return List.of();
    }
    if (search.length() > LONGEST) {
      throw ApiBody.malformed("Search for at most %d characters.".formatted(LONGEST));
    }
    bounded("search", search);
    return Arrays.stream(search.strip().split("\\s+")).limit(MOST_WORDS).toList();
  }

  private static @Nullable String bounded(String name, @Nullable String value) {
    if (value != null && (value.length() > LONGEST || value.indexOf('\0') >= 0)) {
      throw ApiBody.malformed(
          "\"%s\" is at most %d characters, none of them NUL.".formatted(name, LONGEST));
    }
    return value;
  }
}
