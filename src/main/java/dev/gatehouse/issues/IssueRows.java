package dev.gatehouse.issues;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of issues and their history.
final class IssueRows {
  private IssueRows() {}

  /// Lets nobody else change issues of the workspace before this transaction is done: the lock that
  /// both databases have.
  static void lock(Handle handle, long workspaceId) {
    handle.execute("UPDATE workspace SET created = created WHERE id = ?", workspaceId);
  }

  static List<Issue> list(Handle handle, long workspaceId) {
    return handle
        .createQuery("SELECT * FROM issue WHERE workspace_id = ? ORDER BY open DESC, number DESC")
        .bind(0, workspaceId)
        .map((row, _) -> issue(row))
        .list();
  }

  static Optional<Issue> find(Handle handle, long workspaceId, long number) {
    return handle
        .createQuery("SELECT * FROM issue WHERE workspace_id = ? AND number = ?")
        .bind(0, workspaceId)
        .bind(1, number)
        .map((row, _) -> issue(row))
        .findOne();
  }

  static List<Issue> of(Handle handle, long workspaceId, String name) {
    return handle
        .createQuery("SELECT * FROM issue WHERE workspace_id = ? AND package = ? ORDER BY number")
        .bind(0, workspaceId)
        .bind(1, name)
        .map((row, _) -> issue(row))
        .list();
  }

  /// Opens an issue with the next number of its workspace, and returns it.
  static Issue open(Handle handle, long workspaceId, String name, Finding finding, long now) {
    return handle
        .createQuery(
            """
            INSERT INTO issue (workspace_id, number, type, package, cause, severity, title, url,
              open, opened, changed)
            SELECT :workspace, COALESCE(MAX(number), 0) + 1, :type, :package, :cause, :severity,
              :title, :url, TRUE, :now, :now
            FROM issue WHERE workspace_id = :workspace
            RETURNING *
            """)
        .bind("workspace", workspaceId)
        .bind("type", finding.cause().type().word())
        .bind("package", name)
        .bind("cause", finding.cause().key())
        .bind("severity", finding.text().severity())
        .bind("title", finding.text().title())
        .bind("url", finding.text().url())
        .bind("now", now)
        .map((row, _) -> issue(row))
        .one();
  }

  static void describe(Handle handle, long id, Finding.Text text) {
    handle.execute(
        "UPDATE issue SET severity = ?, title = ?, url = ? WHERE id = ?",
        text.severity(),
        text.title(),
        text.url(),
        id);
  }

  /// What people call it and how bad they find it; null takes either back.
  static void edit(Handle handle, long id, @Nullable String title, @Nullable String severity) {
    handle.execute(
        "UPDATE issue SET own_title = ?, own_severity = ? WHERE id = ?", title, severity, id);
  }

  static void setOpen(Handle handle, long id, boolean open) {
    handle.execute("UPDATE issue SET open = ? WHERE id = ?", open, id);
  }

  static void assign(Handle handle, long id, @Nullable String assignee) {
    handle.execute("UPDATE issue SET assignee = ? WHERE id = ?", assignee, id);
  }

  /// Adds to the history.
  static void note(Handle handle, long id, Story.Event event) {
    long now = event.at().toEpochMilli();
    handle.execute(
        "INSERT INTO issue_event (issue_id, happened, actor, kind, text) VALUES (?, ?, ?, ?, ?)",
        id,
        now,
        event.actor(),
        event.kind(),
        event.text());
    handle.execute("UPDATE issue SET changed = ? WHERE id = ?", now, id);
  }

  static List<Story.Event> events(Handle handle, long id) {
    return handle
        .createQuery("SELECT * FROM issue_event WHERE issue_id = ? ORDER BY id")
        .bind(0, id)
        .map((row, _) ->
            new Story.Event(
                Instant.ofEpochMilli(row.getLong("happened")),
                row.getString("actor"),
                row.getString("kind"),
                row.getString("text")))
        .list();
  }

  static Issue issue(ResultSet row) throws SQLException {
    var said =
        new Finding.Text(row.getString("severity"), row.getString("title"), row.getString("url"));
    return new Issue(
        row.getLong("id"),
        row.getLong("number"),
        Cause.Type.of(row.getString("type")),
        row.getString("package"),
        row.getString("cause"),
        new Finding.Text(
            Objects.requireNonNullElse(row.getString("own_severity"), said.severity()),
            Objects.requireNonNullElse(row.getString("own_title"), said.title()),
            said.url()),
        said,
        new Issue.Status(
            row.getBoolean("open"),
            Instant.ofEpochMilli(row.getLong("opened")),
            Instant.ofEpochMilli(row.getLong("changed"))),
        row.getString("assignee"));
  }
}
