package dev.gatehouse.publish.change;

import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.install.document.Ask;
import dev.gatehouse.install.document.Stamps;
import dev.gatehouse.install.view.Found;
import dev.gatehouse.install.view.Views;
import dev.gatehouse.packages.Stars;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.publish.Edit;
import dev.gatehouse.registries.Registry;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Liking packages. Whoever may read may like, also what comes from upstreams.
public final class Stargazing {
  private final Database database;
  private final Trail trail;
  private final Views views;
  private final Stamps stamps;

  /// Stars in `database` for what `views` find.
  public Stargazing(Database database, Trail trail, Views views, Stamps stamps) {
    this.database = database;
    this.trail = trail;
    this.views = views;
    this.stamps = stamps;
  }

  /// Likes the package, or does so no longer. Not found if there is no such package to like.
  public void star(Edit edit, boolean likes) {
    edit.requireNotArchived();
    if (likes) {
      requireFound(edit);
    }
    boolean changed =
        database.write(handle -> {
          boolean done = write(handle, edit, likes);
          if (done) {
            trail.add(
                handle,
                edit.actor(),
                new Trail.Entry(
                    edit.registry().workspace().id(),
                    likes ? "star.add" : "star.remove",
                    edit.subject(),
                    ""));
            Changes.raise(database, handle, Changes.Topic.PACKAGES);
          }
          return done;
        });
    if (changed) {
      stamps.outdate(edit.name().value());
    }
  }

  /// The names of the packages of `registry` that `account` likes, sorted.
  public List<String> starred(Registry registry, String account) {
    return database.read(handle -> Stars.of(handle, registry.id(), account));
  }

  private static boolean write(Handle handle, Edit edit, boolean likes) {
    long registry = edit.registry().id();
    String name = edit.name().value();
    return likes
        ? Stars.add(handle, registry, name, edit.account())
        : Stars.remove(handle, registry, name, edit.account());
  }

  private void requireFound(Edit edit) {
    switch (views.find(edit.registry(), edit.name().value(), Ask.USUAL)) {
      case Found.Versions found when !found.view().versions().isEmpty() -> {}
      case Found.Versions _, Found.Nothing _ ->
          throw new ProblemException(
              new Problem.NotFound(
                  "There is no package %s in the registry \"%s\"."
                      .formatted(edit.name(), edit.registry().name())));
      case Found.Unknown(Problem.UpstreamFailed problem) -> throw new ProblemException(problem);
    }
  }
}
