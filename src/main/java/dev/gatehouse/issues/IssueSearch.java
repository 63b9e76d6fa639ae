package dev.gatehouse.issues;

import dev.gatehouse.db.Database;
import dev.gatehouse.db.Where;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds issues of a workspace, the newest first. Nothing but what is wanted is read.
public record IssueSearch(Database database) {

  /// Which issues. Null wants all.
  ///
  /// @param name of that package
  /// @param assignee whom that user looks after; if it is empty, nobody
  /// @param registries found in one of these now
  public record Wanted(
      @Nullable Boolean open,
      Cause.@Nullable Type type,
      @Nullable String severity,
      @Nullable String name,
      @Nullable String assignee,
      @Nullable Set<Long> registries) {

    /// Keeps its own copy.
    public Wanted {
      registries = registries == null ? null : Set.copyOf(registries);
    }

    private boolean isNothing() {
      return registries != null && registries.isEmpty();
    }

    private Where where(long workspaceId) {
      return new Where()
          .and("workspace_id = :workspace", "workspace", workspaceId)
          .and("open = :open", "open", open)
          .and("type = :type", "type", type == null ? null : type.word())
          .and("COALESCE(own_severity, severity) = :severity", "severity", severity)
          .and("package = :package", "package", name)
          .and("COALESCE(assignee, '') = :assignee", "assignee", assignee)
          .in(
              """
              EXISTS (SELECT 1 FROM issue_occurrence o
                WHERE o.issue_id = issue.id AND o.registry_id IN (<registries>))
              """,
              "registries",
              registries);
    }
  }

  /// Some of what was found, and how many there are in all.
  public record Some(List<Issue> issues, int total) {
    /// Keeps its own copy.
    public Some {
      issues = List.copyOf(issues);
    }
  }

  /// At most `limit` of the wanted issues, those with a number below `before`.
  public Some find(long workspaceId, Wanted wanted, long before, int limit) {
    if (wanted.isNothing()) {
      return new Some(List.of(), 0);
    }
    Where all = wanted.where(workspaceId);
    Where rest = wanted.where(workspaceId).and("number < :before", "before", before);
    return database.read(handle -> {
      List<Issue> issues =
          rest.bind(
                  handle.createQuery(
                      "SELECT * FROM issue " + rest.sql() + " ORDER BY number DESC LIMIT :limit"))
              .bind("limit", limit)
              .map((row, _) -> IssueRows.issue(row))
              .list();
      int total =
          all.bind(handle.createQuery("SELECT COUNT(*) FROM issue " + all.sql()))
              .mapTo(Integer.class)
              .one();
      return new Some(issues, total);
    });
  }

  /// How many of the wanted issues there are of each severity that occurs.
  public Map<String, Integer> bySeverity(long workspaceId, Wanted wanted) {
    if (wanted.isNothing()) {
      return Map.of();
    }
    Where where = wanted.where(workspaceId);
    return database
        .read(handle ->
            where
                .bind(
                    handle.createQuery(
                        "SELECT COALESCE(own_severity, severity), COUNT(*) FROM issue "
                            + where.sql()
                            + " GROUP BY 1"))
                .map((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
                .list())
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
