package dev.gatehouse.advisories.feed;

import dev.gatehouse.advisories.osv.OsvFiles;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.Validators;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Takes a feed over as it is now: all of it, or nothing. What goes wrong is a problem whose
/// sentence says so, and the feed stays as it was.
public final class Importer {
  /// So many records may be gone from a feed without its looking cut short.
  static final int MAY_VANISH = 20;

  private static final Validators NONE = new Validators(null, null);

  private final Database database;
  private final Clock clock;
  private final Trail trail;
  private final Kept kept;
  private final int widelyUsed;
  private final Runnable changed;

  /// What an importer needs.
  ///
  /// @param widelyUsed from how many kept versions on a package counts as widely used
  /// @param changed is run after every change
  public record Parts(
      Database database, Clock clock, Kept kept, int widelyUsed, Runnable changed) {}

  /// One that writes to the database of `parts`.
  public Importer(Parts parts) {
    this.database = parts.database();
    this.clock = parts.clock();
    this.trail = new Trail(parts.clock());
    this.kept = parts.kept();
    this.widelyUsed = parts.widelyUsed();
    this.changed = parts.changed();
  }

  /// Goes through records.
  @FunctionalInterface
  public interface Source {
    /// Gives each one to `sink`.
    void read(OsvFiles.Sink sink) throws IOException;
  }

  /// How to import.
  ///
  /// @param mayShrink whether many records may be gone
  /// @param validators what the source said to be asked by the next time
  /// @param progress is told of every record
  public record Options(boolean mayShrink, Validators validators, LongConsumer progress) {
    /// Carefully and quietly.
    public static final Options NONE = new Options(false, Importer.NONE, _ -> {});
  }

  /// Makes `feed` what `source` holds; what it does not hold any more is gone.
  public Imported replace(Actor actor, Feed feed, Source source, Options options)
      throws IOException {
    return run(actor, feed, source, options, true);
  }

  /// Adds what `source` holds to `feed`; a record that was there with the same id is replaced.
  public Imported add(Actor actor, Feed feed, Source source) throws IOException {
    return run(actor, feed, source, Options.NONE, false);
  }

  private Imported run(Actor actor, Feed feed, Source source, Options options, boolean replacing)
      throws IOException {
    var ground = new ImportRun.Ground(database, clock, kept, widelyUsed);
    var run = new ImportRun(ground, feed, options.progress());
    boolean done = false;
    String failure = "It was broken off.";
    try {
      source.read(run::accept);
      if (replacing) {
        run.complete(options.mayShrink());
      } else {
        run.completeAdding();
      }
      Imported imported =
          database.write(handle -> {
            Imported what = run.publish(handle, options.validators(), replacing);
            trail.add(
                handle,
                actor,
                new Trail.Entry(
                    null,
                    "advisories.import",
                    feed.name(),
                    "{\"records\":%d,\"added\":%d,\"removed\":%d,\"held\":%d}"
                        .formatted(what.records(), what.added(), what.removed(), what.held())));
            Changes.raise(database, handle, Changes.Topic.ADVISORIES);
            return what;
          });
      done = true;
      second(actor);
      changed.run();
      return imported;
    } catch (ProblemException refused) {
      failure = refused.problem().sentence();
      throw new ProblemException(
          new Problem.Malformed(
              "The feed \"%s\" stays as it was. %s".formatted(feed.name(), failure)));
    } finally {
      if (!done) {
        run.abandon(failure);
      }
    }
  }

  /// Lets what waits count where a second feed agrees by now.
  private void second(Actor actor) {
    List<Held> agreed = new ArrayList<>();
    database.read(handle -> {
      RecordRows.forEachHeld(
          handle,
          held -> {
            if (Guard.isSeconded(handle, held)) {
              agreed.add(held);
            }
          });
      return agreed;
    });
    if (!agreed.isEmpty()) {
      database.write(handle -> {
        for (Held held : agreed) {
          String feed = held.advisory().feed();
          if (RecordRows.accept(handle, feed, held.advisory().id()) > 0) {
            trail.add(
                handle,
                actor,
                new Trail.Entry(null, "advisories.second", feed + " " + held.advisory().id(), ""));
          }
        }
        Changes.raise(database, handle, Changes.Topic.ADVISORIES);
        return agreed;
      });
    }
  }
}
