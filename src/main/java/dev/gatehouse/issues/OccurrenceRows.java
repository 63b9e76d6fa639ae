package dev.gatehouse.issues;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The SQL of where issues are found.
final class OccurrenceRows {
  private OccurrenceRows() {}

  static List<Occurrence> of(Handle handle, long issueId) {
    return handle
        .createQuery(
            "SELECT * FROM issue_occurrence WHERE issue_id = ? ORDER BY registry_id, version")
        .bind(0, issueId)
        .map((row, _) ->
            new Occurrence(
                row.getLong("registry_id"),
                row.getString("version"),
                row.getBoolean("waived"),
                row.getString("verdict")))
        .list();
  }

  /// Whether it is found anywhere where nobody made an exception, or accepted it.
  static boolean isAnywhere(Handle handle, long issueId, boolean acceptedToo) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM issue_occurrence
              WHERE issue_id = :issue AND NOT waived AND (:accepted OR NOT accepted))
            """)
        .bind("issue", issueId)
        .bind("accepted", acceptedToo)
        .mapTo(Boolean.class)
        .one();
  }

  /// Writes what is found now. A place that is known stays accepted.
  static void save(Handle handle, long issueId, List<Occurrence> occurrences, long now) {
    if (occurrences.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO issue_occurrence
              (issue_id, registry_id, version, waived, verdict, accepted, since)
            VALUES (?, ?, ?, ?, ?, FALSE, ?)
            ON CONFLICT (issue_id, registry_id, version) DO UPDATE SET
              waived = excluded.waived, verdict = excluded.verdict
            """)) {
      for (Occurrence one : occurrences) {
        batch.add(issueId, one.registryId(), one.version(), one.waived(), one.verdict(), now);
      }
      batch.execute();
    }
  }

  static void remove(Handle handle, long issueId, Collection<Occurrence.Spot> gone) {
    for (Occurrence.Spot one : gone) {
      handle.execute(
          "DELETE FROM issue_occurrence WHERE issue_id = ? AND registry_id = ? AND version = ?",
          issueId,
          one.registryId(),
          one.version());
    }
  }

  /// Notes of all places that somebody knows of them, or does not.
  static void accept(Handle handle, long issueId, boolean accepted) {
    handle.execute(
        "UPDATE issue_occurrence SET accepted = ? WHERE issue_id = ?", accepted, issueId);
  }

  /// Where policies object to versions of the package called `name`.
  static Set<Occurrence.Spot> ofPolicies(Handle handle, long workspaceId, String name) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT o.registry_id, o.version
                FROM issue_occurrence o JOIN issue i ON i.id = o.issue_id
                WHERE i.workspace_id = ? AND i.package = ? AND i.type = 'policy'
                """)
            .bind(0, workspaceId)
            .bind(1, name)
            .map((row, _) -> new Occurrence.Spot(row.getLong(1), row.getString(2)))
            .list());
  }
}
