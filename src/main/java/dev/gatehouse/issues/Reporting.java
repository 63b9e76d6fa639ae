package dev.gatehouse.issues;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/// Where scanner and policies say what they have found of a package. Issues are opened, closed and
/// reopened by that.
public record Reporting(Database database, Trail trail) {

  /// What was looked at.
  ///
  /// @param name the package
  /// @param known the versions that are there
  /// @param registries what registries are called, by their ids
  public record About(
      long workspaceId, String name, Set<Occurrence.Spot> known, LongFunction<String> registries) {
    /// Keeps its own copy.
    public About {
      known = Set.copyOf(known);
    }
  }

  /// What came of it.
  ///
  /// @param what opened, reopened, closed or fetched
  public record News(Issue issue, String what, String text) {}

  /// Everything that is found now of a package. What is not among it is over.
  public List<News> report(Actor actor, About about, List<Finding> findings) {
    return database.write(handle -> {
      IssueRows.lock(handle, about.workspaceId());
      return new Reconciling(handle, new Reconciling.By(actor, trail), about).run(findings);
    });
  }

  /// The workspaces that have issues, open or closed, about the package.
  public List<Long> workspaces(String name) {
    return database.read(handle ->
        handle
            .createQuery("SELECT DISTINCT workspace_id FROM issue WHERE package = ?")
            .bind(0, name)
            .mapTo(Long.class)
            .list());
  }

  /// The packages that have issues, open or closed.
  public List<String> names() {
    return database.read(handle ->
        handle.createQuery("SELECT DISTINCT package FROM issue").mapTo(String.class).list());
  }

  /// Where policies objected to versions of the package when they were last asked.
  public Set<Occurrence.Spot> ofPolicies(long workspaceId, String name) {
    return database.read(handle -> OccurrenceRows.ofPolicies(handle, workspaceId, name));
  }
}
