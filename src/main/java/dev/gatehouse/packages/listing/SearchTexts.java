package dev.gatehouse.packages.listing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What hosted packages are found by: name, description and keywords, in a table beside them, so
/// that a search reads some hundred bytes a package and no readme. Whoever searches brings the rows
/// up to date first; that is cheap, since an index holds those whose package has changed.
public final class SearchTexts {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int BATCH = 100;
  private static final int MOST_BATCHES = 10_000;
  private static final int LONGEST = 2_000;

  private final Database database;

  /// The texts in `database`.
  public SearchTexts(Database database) {
    this.database = database;
  }

  private record Changed(
      long registryId, @Nullable Long revision, String name, @Nullable String details) {}

  /// Brings the rows of the packages in `registries` up to date.
  public void refresh(Collection<Long> registries) {
    boolean more = !database.read(handle -> changed(handle, registries, 1)).isEmpty();
    for (int i = 0; more && i < MOST_BATCHES; i++) {
      more =
          database.write(handle -> {
            List<Changed> batch = changed(handle, registries, BATCH);
            batch.forEach(one -> save(handle, one));
            return batch.size() == BATCH;
          });
    }
  }

  private static List<Changed> changed(Handle handle, Collection<Long> registries, int most) {
    return handle
        .createQuery(
            """
            SELECT listed.registry_id, listed.revision, listed.name, package.details
            FROM listed_package AS listed LEFT JOIN package
              ON package.registry_id = listed.registry_id AND package.name = listed.name
            WHERE listed.registry_id IN (<registries>) AND listed.text IS NULL
            LIMIT :most
            """)
        .bindList("registries", List.copyOf(registries))
        .bind("most", most)
        .map((row, _) ->
            new Changed(
                row.getLong(1),
                row.getObject(2) == null ? null : row.getLong(2),
                row.getString(3),
                row.getString(4)))
        .list();
  }

  private static void save(Handle handle, Changed changed) {
    handle
        .createUpdate(
            """
            UPDATE listed_package SET text = :text
            WHERE registry_id = :registry AND name = :name AND text IS NULL
              AND COALESCE(revision, -1) = :revision
            """)
        .bind("registry", changed.registryId())
        .bind("name", changed.name())
        .bind("revision", changed.revision() == null ? -1 : changed.revision())
        .bind("text", text(changed.name(), Objects.requireNonNullElse(changed.details(), "{}")))
        .execute();
  }

  /// The text for a package of that name with those details, which are an object.
  static String text(String name, String details) {
    var text = new StringBuilder(name);
    try (JsonParser parser = JSON.createParser(details)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("description") && value == JsonToken.VALUE_STRING) {
          text.append(' ').append(parser.getText());
        } else if (field.equals("keywords")) {
          addTexts(parser, text);
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
    String plain = text.toString().replaceAll("\\s+|\\p{Cntrl}+", " ").toLowerCase(Locale.ROOT);
    String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    // PostgreSQL takes no half of a surrogate pair.
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static void addTexts(JsonParser parser, StringBuilder text) throws IOException {
    int depth = 0;
    @Nullable JsonToken token = parser.currentToken();
    while (token != null) {
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token == JsonToken.VALUE_STRING) {
        text.append(' ').append(parser.getText());
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }
}
