package dev.gatehouse.audit;

import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The trail of changes. A row is written in the transaction of the change itself, so there is
/// never one without the other.
public record Trail(Clock clock) {

  /// What was done. `action` is `noun.verb` (`token.revoke`); `subject` what it was done to;
  /// `details` is JSON without secrets, or empty.
  public record Entry(@Nullable Long workspaceId, String action, String subject, String details) {}

  /// Writes `entry` as done by `actor` now.
  public void add(Handle handle, Actor actor, Entry entry) {
    handle
        .createUpdate(
            """
            INSERT INTO audit (happened, workspace_id, actor, action, subject, details)
            VALUES (:happened, :workspace, :actor, :action, :subject, :details)
            """)
        .bind("happened", clock.millis())
        .bind("workspace", entry.workspaceId())
        .bind("actor", actor.label())
        .bind("action", entry.action())
        .bind("subject", entry.subject())
        .bind("details", entry.details())
        .execute();
  }
}
