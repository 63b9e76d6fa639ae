package dev.gatehouse.packages.listing;

import dev.gatehouse.db.Database;
import dev.gatehouse.db.Dialect;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Lists what registries hold, as far as somebody wants to see it. However many packages there are,
/// a part of the list reads about as many rows as it shows; a word that hardly any package has, and
/// a finding, reads one small row a package.
public final class Listing {
  /// The most that are counted: beyond that, people want to know that there are many.
  public static final int COUNTED = 1_000;

  /// From so many versions on, a licence is common: any package may well have it.
  private static final int COMMON = 5_000;

  private final Database database;
  private final SearchTexts texts;

  /// Lists what is in `database`.
  public Listing(Database database) {
    this.database = database;
    this.texts = new SearchTexts(database);
  }

  /// Where a package comes from.
  public enum Origin {
    /// Versions are published here.
    HOSTED,
    /// Tarballs came from an upstream.
    CACHED,
    /// The name is owned here.
    INTERNAL
  }

  /// What is the matter with a package.
  public enum State {
    /// Some version is not served.
    WITHHELD,
    /// Some version waits for a person.
    QUARANTINED,
    /// An issue about an advisory is open.
    VULNERABLE
  }

  /// In which order.
  public enum Order {
    /// From A to Z.
    NAME,
    /// What changed last comes first.
    CHANGED
  }

  /// What a list is to show: packages that have all of the words and whatever else is not null.
  ///
  /// @param licence that a kept version claims; empty for none
  public record Wanted(
      List<String> words,
      @Nullable Origin origin,
      @Nullable State state,
      @Nullable String licence,
      Order order) {
    /// The words in small letters.
    public Wanted {
      words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }
  }

  /// One of a list, by which the list can be taken up again.
  public record Entry(String name, long changed) {}

  /// Where a list is read.
  ///
  /// @param registry whose list it is: what it withholds counts
  /// @param searched the registries that it draws from, itself among them
  public record Place(long registry, List<Long> searched) {
    /// Of those, in the order of their ids.
    public Place(long registry, Collection<Long> searched) {
      this(registry, searched.stream().sorted().toList());
    }
  }

  /// A part of a list, and how many there are in all, up to [#COUNTED].
  public record Part(List<Entry> entries, int total) {
    /// Keeps its own copy.
    public Part {
      entries = List.copyOf(entries);
    }
  }

  /// Up to `size` of those behind `after`, or the first ones.
  public Part find(Place place, Wanted wanted, @Nullable Entry after, int size) {
    if (!wanted.words().isEmpty()) {
      texts.refresh(place.searched());
    }
    var question = new Question(database.dialect(), place, wanted, after);
    return database.read(handle -> {
      question.common = isCommon(handle, wanted.licence());
      List<Entry> entries =
          question
              .bind(handle.createQuery(question.part()))
              .bind("size", size)
              .map((row, _) -> new Entry(row.getString(1), row.getLong(2)))
              .list();
      int total =
          after == null && entries.size() < size
              ? entries.size()
              : question
                  .bind(handle.createQuery(question.count()))
                  .bind("counted", COUNTED)
                  .mapTo(Integer.class)
                  .one();
      return new Part(entries, total);
    });
  }

  private static boolean isCommon(Handle handle, @Nullable String licence) {
    return licence != null
        && handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM (SELECT 1 FROM licence_claim WHERE licence = :licence
                      LIMIT :most) AS claim
                    """)
                .bind("licence", licence)
                .bind("most", COMMON)
                .mapTo(Integer.class)
                .one()
            == COMMON;
  }

  /// The text of a question. Each registry is asked alone, in the order of an index, and what they
  /// say is put together: one question about all of them would sort all that they have.
  private static final class Question {
    private final Dialect dialect;
    private final Place place;
    private final Wanted wanted;
    private final @Nullable Entry after;
    private final Map<String, Object> values = new HashMap<>();
    private final String conditions;

    /// Whether to ask each package for the licence instead of looking for all that have it.
    private boolean common;

    Question(Dialect dialect, Place place, Wanted wanted, @Nullable Entry after) {
      this.dialect = dialect;
      this.place = place;
      this.wanted = wanted;
      this.after = after;
      this.conditions = conditions();
      if (after != null) {
        values.put("name", after.name());
        if (wanted.order() == Order.CHANGED) {
          values.put("changed", after.changed());
        }
      }
    }

    private String conditions() {
      var text = new StringBuilder();
      for (int i = 0; i < wanted.words().size(); i++) {
        text.append(" AND ").append(dialect.contains("text", ":word" + i));
        values.put("word" + i, wanted.words().get(i));
      }
      if (wanted.origin() != null) {
        text.append(" AND ").append(wanted.origin().name().toLowerCase(Locale.ROOT));
      }
      if (wanted.state() != null) {
        text.append(" AND listed.name IN (").append(found(wanted.state())).append(")");
      }
      return text.toString();
    }

    private String found(State state) {
      if (state == State.VULNERABLE) {
        return """
        SELECT issue.package FROM issue JOIN issue_occurrence AS found ON found.issue_id = issue.id
        WHERE issue.open AND issue.type IN ('malware', 'vulnerability')
          AND found.registry_id IN (%s)
        """
            .formatted(String.join(", ", place.searched().stream().map(String::valueOf).toList()));
      }
      return "SELECT name FROM withheld_since WHERE ended IS NULL AND registry_id = "
          + place.registry()
          + (state == State.QUARANTINED ? " AND verdict = 'quarantine'" : "");
    }

    String part() {
      String order = wanted.order() == Order.NAME ? "name" : "changed DESC, name DESC";
      String behind =
          after == null
              ? ""
              : wanted.order() == Order.NAME
                  ? " AND listed.name > :name"
                  : " AND (listed.changed, listed.name) < (:changed, :name)";
      String outer = order.replace("changed", "MAX(changed)");
      return "SELECT name, MAX(changed) FROM ("
          + union(behind, " ORDER BY " + order + " LIMIT :size")
          + ") AS found GROUP BY name ORDER BY "
          + outer
          + " LIMIT :size";
    }

    String count() {
      return "SELECT COUNT(*) FROM (SELECT DISTINCT name FROM ("
          + union("", " LIMIT :counted")
          + ") AS found LIMIT :counted) AS counted";
    }

    private String union(String behind, String end) {
      return String.join(
          " UNION ALL ",
          place.searched().stream()
              .map(id ->
                  "SELECT * FROM (SELECT name, changed FROM listed_package AS listed"
                      + " WHERE registry_id = "
                      + id
                      + conditions
                      + licence(id)
                      + once(id)
                      + behind
                      + end
                      + ") AS of"
                      + id)
              .toList());
    }

    private String licence(long registry) {
      if (wanted.licence() == null) {
        return "";
      }
      values.put("licence", wanted.licence());
      return common
          ? " AND (" + claims(registry) + ")"
          : " AND listed.name IN (" + claiming(registry) + ")";
    }

    /// The names of all packages that have the licence.
    private static String claiming(long registry) {
      return """
      SELECT licence_claim.name FROM licence_claim JOIN cached_tarball AS kept
        ON kept.name = licence_claim.name AND kept.version = licence_claim.version
          AND kept.integrity = licence_claim.integrity
        WHERE licence_claim.licence = :licence AND kept.registry_id = %1$d
      UNION
      SELECT licence_claim.name FROM licence_claim
        JOIN package ON package.name = licence_claim.name AND package.registry_id = %1$d
        JOIN version ON version.package_id = package.id
          AND version.version = licence_claim.version
          AND version.integrity = licence_claim.integrity
        WHERE licence_claim.licence = :licence
      """
          .formatted(registry);
    }

    /// Whether a package has the licence. An offset keeps PostgreSQL from reading all that have it.
    private static String claims(long registry) {
      return """
      EXISTS (SELECT 1 FROM cached_tarball AS kept JOIN licence_claim
        ON licence_claim.name = kept.name AND licence_claim.version = kept.version
          AND licence_claim.integrity = kept.integrity
        WHERE kept.registry_id = %1$d AND kept.name = listed.name
          AND licence_claim.licence = :licence LIMIT 1 OFFSET 0)
      OR EXISTS (SELECT 1 FROM package JOIN version ON version.package_id = package.id
        JOIN licence_claim ON licence_claim.name = package.name
          AND licence_claim.version = version.version
          AND licence_claim.integrity = version.integrity
        WHERE package.registry_id = %1$d AND package.name = listed.name
          AND licence_claim.licence = :licence LIMIT 1 OFFSET 0)
      """
          .formatted(registry);
    }

    /// A name that several registries hold stands where it changed last.
    private String once(long registry) {
      if (place.searched().size() == 1 || wanted.order() == Order.NAME) {
        return "";
      }
      return """
       AND NOT EXISTS (SELECT 1 FROM listed_package AS other
        WHERE other.registry_id IN (%s) AND other.registry_id != %d AND other.name = listed.name
          AND (other.changed, other.registry_id) > (listed.changed, listed.registry_id))
      """
          .formatted(
              String.join(", ", place.searched().stream().map(String::valueOf).toList()), registry);
    }

    Query bind(Query query) {
      return query.bindMap(values);
    }
  }
}
