package dev.gatehouse.advisories;

import dev.gatehouse.db.Database;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of looking advisories up.
final class AdvisoryRows {
  private static final int PAGE = 5_000;

  /// What counts: visible in its feed's present generation, not taken back and not held.
  private static final String COUNTS =
      """
      a.since <= f.generation AND (a.gone IS NULL OR a.gone > f.generation)
        AND NOT a.withdrawn AND a.held IS NULL
      """;

  private AdvisoryRows() {}

  /// What counts of the package called `name`.
  static List<Advisory> of(Database database, String name) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT a.record, a.feed, a.body
                FROM advisory a JOIN advisory_feed f ON f.name = a.feed
                WHERE a.name = :name AND %s ORDER BY a.record, a.feed
                """
                    .formatted(COUNTS))
            .bind("name", name)
            .map((row, _) ->
                AdvisoryText.read(
                    row.getString("record"), row.getString("feed"), row.getString("body")))
            .list());
  }

  /// The packages that the records called `id` are about.
  static List<String> names(Database database, String id, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT a.name
                FROM advisory_feed f JOIN advisory a ON a.feed = f.name AND a.record = :id
                WHERE %s ORDER BY a.name LIMIT :most
                """
                    .formatted(COUNTS))
            .bind("id", id)
            .bind("most", most)
            .mapTo(String.class)
            .list());
  }

  /// Whether any feed was ever imported; what is written by hand is none.
  static boolean wasImported(Database database) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT EXISTS (SELECT 1 FROM advisory_feed WHERE generation > 0 AND name <> :own)")
            .bind("own", Advisory.OWN_FEED)
            .mapTo(Boolean.class)
            .one());
  }

  /// Whether anything counts that was written by hand.
  static boolean hasOwn(Database database) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT EXISTS (
                  SELECT 1 FROM advisory a JOIN advisory_feed f ON f.name = a.feed
                  WHERE f.name = :own AND %s)
                """
                    .formatted(COUNTS))
            .bind("own", Advisory.OWN_FEED)
            .mapTo(Boolean.class)
            .one());
  }

  /// Gives `into` every name that has or had advisories, with the sum of the digests of those that
  /// count, 0 if there is none. In pages: there may be hundreds of thousands.
  static void forEachName(Database database, ObjLongConsumer<String> into) {
    @Nullable String last = "";
    while (last != null) {
      String after = last;
      last = database.read(handle -> page(handle, after, into));
    }
  }

  private static @Nullable String page(Handle handle, String after, ObjLongConsumer<String> into) {
    List<String> names =
        handle
            .createQuery(
                """
                SELECT a.name, SUM(CASE WHEN %s THEN a.digest ELSE 0 END) AS digests
                FROM advisory a JOIN advisory_feed f ON f.name = a.feed
                WHERE a.name > :after GROUP BY a.name ORDER BY a.name LIMIT :page
                """
                    .formatted(COUNTS))
            .bind("after", after)
            .bind("page", PAGE)
            .map((row, _) -> {
              String name = row.getString("name");
              into.accept(name, row.getLong("digests"));
              return name;
            })
            .list();
    return names.size() < PAGE ? null : names.getLast();
  }
}
