package dev.gatehouse.packages;

import dev.gatehouse.db.Database;
import dev.gatehouse.packages.listing.SearchTexts;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.statement.Query;

/// Finds packages by words in their name, description and keywords if they are hosted here, and in
/// their name if their tarballs are cached. No upstream is asked: a word may be an internal name.
public final class PackageSearch {
  private static final String CANDIDATES =
      """
      FROM (
        SELECT name, CASE WHEN hosted THEN 1 ELSE 0 END AS hosted, text
        FROM listed_package WHERE registry_id IN (<registries>)
      ) AS candidate
      """;

  private final Database database;
  private final SearchTexts texts;

  /// Searches in `database`.
  public PackageSearch(Database database) {
    this.database = database;
    this.texts = new SearchTexts(database);
  }

  /// What is looked for: packages that have all of `words`, `size` of them after the first `from`.
  public record Wanted(List<String> words, int size, int from) {
    /// In small letters.
    public Wanted {
      words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
  }

  /// Names, the best first, and how many there are in all.
  public record Page(List<String> names, int total) {}

  /// The packages of `registries` that match: the one of that very name, then those whose name
  /// starts with the words, then others; hosted before cached ones.
  public Page find(Collection<Long> registries, Wanted wanted) {
    texts.refresh(registries);
    String matching = CANDIDATES + where(wanted.words().size());
    return database.read(handle -> {
      int total =
          bind(
                  handle.createQuery("SELECT COUNT(DISTINCT name) " + matching),
                  registries,
                  wanted.words())
              .mapTo(Integer.class)
              .one();
      String joined = String.join(" ", wanted.words());
      List<String> names =
          bind(handle.createQuery(page(matching)), registries, wanted.words())
              .bind("exact", joined)
              .bind("prefix", literal(joined) + "%")
              .bind("size", wanted.size())
              .bind("from", wanted.from())
              .mapTo(String.class)
              .list();
      return new Page(names, total);
    });
  }

  private static String page(String matching) {
    return """
    SELECT name %s GROUP BY name
    ORDER BY
      CASE WHEN name = :exact THEN 0 WHEN name LIKE :prefix ESCAPE '!' THEN 1 ELSE 2 END,
      MAX(hosted) DESC, name
    LIMIT :size OFFSET :from
    """
        .formatted(matching);
  }

  private static String where(int words) {
    var where = new StringBuilder("WHERE 1 = 1");
    for (int i = 0; i < words; i++) {
      where.append(" AND text LIKE :word").append(i).append(" ESCAPE '!'");
    }
    return where.toString();
  }

  private static Query bind(Query query, Collection<Long> registries, List<String> words) {
    query.bindList("registries", List.copyOf(registries));
    for (int i = 0; i < words.size(); i++) {
      query.bind("word" + i, "%" + literal(words.get(i)) + "%");
    }
    return query;
  }

  private static String literal(String word) {
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
