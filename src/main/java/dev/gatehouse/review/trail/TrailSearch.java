package dev.gatehouse.review.trail;

import dev.gatehouse.db.Database;
import dev.gatehouse.db.Where;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds changes of a workspace in the trail, the newest first. What concerns the server as a whole
/// belongs to no workspace and is not among them.
public record TrailSearch(Database database) {
  private static final int PAGE = 1_000;

  /// Beyond this many, nobody counts.
  public static final int MOST_COUNTED = 10_000;

  /// Which changes. Null wants all.
  ///
  /// @param actor as the trail names it, `user:ada`
  /// @param action `token.revoke`, or all of `token`
  /// @param registry of that registry and what is in it
  public record Wanted(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String registry,
      @Nullable Instant since,
      @Nullable Instant until) {

    private Where where(long workspaceId) {
      return new Where()
          .and("workspace_id = :workspace", "workspace", workspaceId)
          .and("actor = :actor", "actor", actor)
          .and(
              """
              (action = :action
                OR substr(action, 1, length(:action) + 1) = :action || '.')
              """,
              "action",
              action)
          .and(OF_REGISTRY, "registry", registry)
          .and("happened >= :since", "since", since == null ? null : since.toEpochMilli())
          .and("happened < :until", "until", until == null ? null : until.toEpochMilli());
    }
  }

  /// How the rows of different kinds name their registry.
  private static final String OF_REGISTRY =
      """
      (substr(subject, 1, length(:registry) + 1) = :registry || '/'
        OR replace(details, '"registry":"' || :registry || '"', '') <> details
        OR ((action LIKE 'registry.%' OR action LIKE 'upstream.%')
          AND (subject = :registry
            OR substr(subject, 1, length(:registry) + 1) = :registry || ' ')))
      """;

  /// A change.
  ///
  /// @param details JSON, or empty
  public record Row(Place place, String actor, String action, String subject, String details) {
    /// When it happened.
    public Instant at() {
      return Instant.ofEpochMilli(place.happened());
    }
  }

  /// Where a row stands in the trail.
  public record Place(long happened, long id) {
    /// Behind all rows.
    public static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /// At most `limit` of the wanted changes before `before`.
  public List<Row> find(long workspaceId, Wanted wanted, Place before, int limit) {
    Where where =
        wanted
            .where(workspaceId)
            .and("happened <= :happened", "happened", before.happened())
            .and("(happened < :happened OR id < :id)", "id", before.id());
    return database.read(handle ->
        where
            .bind(
                handle.createQuery(
                    "SELECT * FROM audit "
                        + where.sql()
                        + " ORDER BY happened DESC, id DESC LIMIT :limit"))
            .bind("limit", limit)
            .map((row, _) ->
                new Row(
                    new Place(row.getLong("happened"), row.getLong("id")),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("subject"),
                    row.getString("details")))
            .list());
  }

  /// How many are wanted, counted up to [#MOST_COUNTED].
  public int count(long workspaceId, Wanted wanted) {
    Where where = wanted.where(workspaceId);
    return database.read(handle ->
        where
            .bind(
                handle.createQuery(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM audit "
                        + where.sql()
                        + " LIMIT :most) AS counted"))
            .bind("most", MOST_COUNTED)
            .mapTo(Integer.class)
            .one());
  }

  /// Gives all that is wanted to `into`. In pages: there may be millions.
  public void each(long workspaceId, Wanted wanted, Consumer<Row> into) {
    Place before = Place.END;
    List<Row> page = find(workspaceId, wanted, before, PAGE);
    while (!page.isEmpty()) {
      page.forEach(into);
      before = page.getLast().place();
      page = page.size() < PAGE ? List.of() : find(workspaceId, wanted, before, PAGE);
    }
  }
}
