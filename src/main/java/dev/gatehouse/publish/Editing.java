package dev.gatehouse.publish;

import dev.gatehouse.access.account.Right;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.packages.HostedPackage;
import dev.gatehouse.packages.InternalNames;
import dev.gatehouse.packages.PackageEdits;
import dev.gatehouse.packages.Packages;
import dev.gatehouse.packages.team.Owners;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The one way to change a package: a transaction that locks it, checks who may, writes what is
/// changed together with its rows in the trail, and tells other processes. When it returns, the
/// next request sees the change.
public final class Editing {
  private final Database database;
  private final Trail trail;
  private final InternalNames internalNames;
  private final Consumer<String> changed;

  /// Changes packages in `database`, and tells `changed` the name of each.
  public Editing(
      Database database, Trail trail, InternalNames internalNames, Consumer<String> changed) {
    this.database = database;
    this.trail = trail;
    this.internalNames = internalNames;
    this.changed = changed;
  }

  /// What came of a change.
  ///
  /// @param hosted the package afterwards
  /// @param changed false if everything was so already
  public record Outcome(HostedPackage hosted, boolean changed) {}

  /// Changes a package, which is made if it is not there.
  public Outcome open(Edit edit, Consumer<Draft> change) {
    return run(
        edit,
        (handle, now) -> PackageEdits.open(handle, edit.registry().id(), edit.name().value(), now),
        change);
  }

  /// Changes a package that has something of its own here, else it is forbidden: what comes from an
  /// upstream is changed there.
  public Outcome change(Edit edit, Consumer<Draft> change) {
    return run(
        edit,
        (handle, _) -> {
          HostedPackage hosted =
              PackageEdits.lock(handle, edit.registry().id(), edit.name().value());
          if (hosted == null) {
            throw notHosted(edit);
          }
          return hosted;
        },
        change);
  }

  /// Looks at a package without changing anything; gives what was seen, null if it is not there.
  public <R> @Nullable R look(Edit edit, Look<R> look) {
    return database.read(handle -> {
      Long id = Packages.id(handle, edit.registry().id(), edit.name().value());
      return id == null ? null : look.at(handle, id);
    });
  }

  /// Looks at a package, and throws a problem if it does not like what it sees.
  public interface Look<R> {
    /// Looks.
    @Nullable R at(Handle handle, long packageId);
  }

  /// The problem of changing what is not hosted in this registry.
  public static ProblemException notHosted(Edit edit) {
    return new ProblemException(
        new Problem.Forbidden(
            "%s is not published in the registry \"%s\", so it cannot be changed here: where it comes from an upstream, it is changed there."
                .formatted(edit.name(), edit.registry().name())));
  }

  private interface Opening {
    HostedPackage open(Handle handle, long now);
  }

  private Outcome run(Edit edit, Opening opening, Consumer<Draft> change) {
    edit.requireNotArchived();
    Outcome outcome =
        database.write(handle -> {
          long now = trail.clock().millis();
          var draft = new Draft(edit, handle, opening.open(handle, now), now);
          requireOwner(edit, handle);
          change.accept(draft);
          return complete(edit, draft);
        });
    if (outcome.changed()) {
      if (outcome.hosted().internal()) {
        internalNames.add(edit.registry().workspace().id(), edit.name().value());
      }
      changed.accept(edit.name().value());
    }
    return outcome;
  }

  private Outcome complete(Edit edit, Draft draft) {
    List<Trail.Entry> entries = draft.entries();
    if (entries.isEmpty()) {
      return new Outcome(draft.hosted(), false);
    }
    HostedPackage saved = PackageEdits.save(draft.handle(), draft.hosted(), draft.now());
    entries.forEach(entry -> trail.add(draft.handle(), edit.actor(), entry));
    Changes.raise(database, draft.handle(), Changes.Topic.PACKAGES);
    return new Outcome(saved, true);
  }

  /// Refuses who does not own the package. Owners bind only where the registry says so, and then
  /// not those who manage registries: else a package whose owners have left could never be changed
  /// again.
  public static void requireOwner(Edit edit, Handle handle) {
    if (!edit.registry().settings().ownersOnly() || edit.may(Right.MANAGE_REGISTRIES)) {
      return;
    }
    var place = new Owners.Place(edit.registry().id(), edit.name().value());
    Owners owners = Owners.of(handle, place, edit.by().account().id(), edit.account());
    if (owners.exclude()) {
      throw new ProblemException(
          new Problem.Forbidden(
              "Only its owners (%s) may change %s in the registry \"%s\": ask one of them."
                  .formatted(owners.words(), edit.name(), edit.registry().name())));
    }
  }
}
