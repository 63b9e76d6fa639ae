package dev.gatehouse.jobs;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The jobs that are not done yet, as people see them and set them going again. The daily one is
/// never done, and nobody's business.
public record Backlog(Database database, Trail trail) {

  /// A job.
  ///
  /// @param attempts that were made
  /// @param due when it is tried next; null if it was given up
  /// @param failure what went wrong the last time, or null
  public record Entry(
      long id,
      String kind,
      String payload,
      int attempts,
      @Nullable Instant due,
      @Nullable String failure) {

    /// Whether nobody tries it any more.
    public boolean givenUp() {
      return due == null;
    }
  }

  /// All of them, the oldest first.
  public List<Entry> list() {
    return database.read(Backlog::entries);
  }

  /// Makes the job due now, with all its attempts before it, or a not-found problem.
  public Entry retry(Actor actor, long id) {
    return database.write(handle -> {
      Entry found =
          entries(handle).stream()
              .filter(one -> one.id() == id)
              .findFirst()
              .orElseThrow(() ->
                  new ProblemException(
                      new Problem.NotFound(
                          "There is no job %d: it is done, or its number is another."
                              .formatted(id))));
      retry(handle, actor, found);
      return found;
    });
  }

  /// Makes all jobs due that were given up. Returns them.
  public List<Entry> retryGivenUp(Actor actor) {
    return database.write(handle -> {
      List<Entry> found = entries(handle).stream().filter(Entry::givenUp).toList();
      found.forEach(entry -> retry(handle, actor, entry));
      return found;
    });
  }

  private void retry(Handle handle, Actor actor, Entry entry) {
    JobRows.begin(handle, entry.id(), trail.clock().millis());
    trail.add(
        handle,
        actor,
        new Trail.Entry(null, "job.retry", entry.kind() + " " + entry.id(), entry.payload()));
  }

  private static List<Entry> entries(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, kind, payload, attempts, due, failure FROM job
            WHERE kind <> :daily ORDER BY id
            """)
        .bind("daily", Jobs.DAILY)
        .map((row, _) -> {
          long due = row.getLong("due");
          return new Entry(
              row.getLong("id"),
              row.getString("kind"),
              row.getString("payload"),
              row.getInt("attempts"),
              due == JobRows.GIVEN_UP ? null : Instant.ofEpochMilli(due),
              row.getString("failure"));
        })
        .list();
  }
}
