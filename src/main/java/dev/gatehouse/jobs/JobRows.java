package dev.gatehouse.jobs;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The SQL of the queue. Whoever claims a job counts its attempts up and moves its due time into
/// the future: nobody else sees it until then, and if its worker is gone by then, it is simply due
/// again. Count and due time tell a late worker that the job is no longer its own.
final class JobRows {
  /// When jobs are due that were given up: never. Their rows keep what went wrong.
  static final long GIVEN_UP = Long.MAX_VALUE;

  private JobRows() {}

  /// @param attempts with the one that is being made
  /// @param lease until when nobody else sees it
  record Claimed(long id, String kind, String payload, int attempts, long lease) {}

  private record Waiting(long id, String kind, String payload, int attempts, long due) {}

  static void add(Handle handle, String kind, String payload, long due) {
    handle
        .createUpdate(
            """
            INSERT INTO job (kind, payload, attempts, due) VALUES (:kind, :payload, 0, :due)
            """)
        .bind("kind", kind)
        .bind("payload", payload)
        .bind("due", due)
        .execute();
  }

  /// Adds a job unless the same one waits for its first attempt.
  static void addOnce(Handle handle, String kind, String payload, long due) {
    handle
        .createUpdate(
            """
            INSERT INTO job (kind, payload, attempts, due)
            SELECT :kind, :payload, 0, :due
            WHERE NOT EXISTS (
              SELECT 1 FROM job WHERE kind = :kind AND payload = :payload AND attempts = 0)
            """)
        .bind("kind", kind)
        .bind("payload", payload)
        .bind("due", due)
        .execute();
  }

  static boolean hasDaily(Handle handle) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM job WHERE kind = :kind)")
        .bind("kind", Jobs.DAILY)
        .mapTo(Boolean.class)
        .one();
  }

  /// Sees to it that there is the daily job: an index allows one.
  static void addDaily(Handle handle, long due) {
    handle
        .createUpdate(
            """
            INSERT INTO job (kind, payload, attempts, due) VALUES (:kind, '', 0, :due)
            ON CONFLICT DO NOTHING
            """)
        .bind("kind", Jobs.DAILY)
        .bind("due", due)
        .execute();
  }

  /// The job of one of `kinds` that has been due for longest, claimed until `lease`, or null. Of
  /// those who try at once exactly one gets it.
  static @Nullable Claimed claim(Handle handle, Set<String> kinds, long now, long lease) {
    List<Waiting> due =
        handle
            .createQuery(
                """
                SELECT id, kind, payload, attempts, due FROM job
                WHERE due <= :now AND kind IN (<kinds>) ORDER BY due, id LIMIT 10
                """)
            .bindList("kinds", kinds)
            .bind("now", now)
            .map((row, _) ->
                new Waiting(
                    row.getLong("id"),
                    row.getString("kind"),
                    row.getString("payload"),
                    row.getInt("attempts"),
                    row.getLong("due")))
            .list();
    for (Waiting job : due) {
      int claimed =
          handle
              .createUpdate(
                  """
                  UPDATE job SET attempts = attempts + 1, due = :lease
                  WHERE id = :id AND attempts = :attempts AND due = :due
                  """)
              .bind("lease", lease)
              .bind("id", job.id())
              .bind("attempts", job.attempts())
              .bind("due", job.due())
              .execute();
      if (claimed == 1) {
        return new Claimed(job.id(), job.kind(), job.payload(), job.attempts() + 1, lease);
      }
    }
    return null;
  }

  /// Lets the job begin anew, due at `due`. Who is at it meanwhile has lost it.
  static void begin(Handle handle, long id, long due) {
    handle.execute("UPDATE job SET attempts = 0, due = ? WHERE id = ?", due, id);
  }

  static void remove(Handle handle, Claimed job) {
    own(handle, "DELETE FROM job", job).execute();
  }

  /// Lets `job` begin anew as `payload`, due at `due`.
  static void next(Handle handle, Claimed job, String payload, long due) {
    own(handle, "UPDATE job SET payload = :payload, attempts = 0, due = :due, failure = NULL", job)
        .bind("payload", payload)
        .bind("due", due)
        .execute();
  }

  /// Puts `job` back, to be due at `due`.
  static void postpone(Handle handle, Claimed job, String failure, long due) {
    own(handle, "UPDATE job SET due = :due, failure = :failure", job)
        .bind("due", due)
        .bind("failure", failure)
        .execute();
  }

  /// `change`, of `job` as long as it belongs to who claimed it.
  private static Update own(Handle handle, String change, Claimed job) {
    return handle
        .createUpdate(change + " WHERE id = :id AND attempts = :attempts AND due = :lease")
        .bind("id", job.id())
        .bind("attempts", job.attempts())
        .bind("lease", job.lease());
  }
}
