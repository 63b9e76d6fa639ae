package dev.gatehouse.advisories.feed;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Changes;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.upstream.Validators;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How feeds stand, and what people decide about what they say.
public final class Feeds {
  private final Database database;
  private final Clock clock;
  private final Trail trail;
  private final Runnable changed;

  /// The feeds in `database`; `changed` is run after every change.
  public Feeds(Database database, Clock clock, Runnable changed) {
    this.database = database;
    this.clock = clock;
    this.trail = new Trail(clock);
    this.changed = changed;
  }

  /// All feeds that were ever looked at, by name.
  public List<FeedStatus> status() {
    return database.read(FeedRows::all);
  }

  /// What waits for a person or a second feed, at most `most`.
  public List<Held> waiting(int most) {
    List<Held> waiting = new ArrayList<>();
    database.read(handle -> {
      RecordRows.forEachHeld(
          handle,
          held -> {
            if (waiting.size() < most) {
              waiting.add(held);
            }
          });
      return waiting;
    });
    return waiting;
  }

  /// All that any feed says of the package called `name`, what waits or was taken back among it.
  public List<Held> of(String name) {
    return database.read(handle -> RecordRows.visible(handle, name));
  }

  /// Lets the record `id` of `feed` count. A not-found problem if none of that id waits.
  public void accept(Actor actor, String feed, String id) {
    database.write(handle -> {
      require(
          RecordRows.accept(handle, feed, id),
          "No record \"%s\" of the feed \"%s\" waits: `gatehouse advisories status` shows which do."
              .formatted(id, feed));
      return note(handle, actor, "advisories.accept", feed + " " + id);
    });
    changed.run();
  }

  /// Removes a record that was written by hand. A not-found problem if there is none.
  public void remove(Actor actor, String id) {
    String own = Feed.OWN.name();
    database.write(handle -> {
      FeedRows.ensure(handle, Feed.OWN);
      long next = FeedRows.generation(handle, own) + 1;
      require(
          RecordRows.remove(handle, own, next, List.of(id)),
          "No advisory \"%s\" was written by hand: feeds are not changed from here.".formatted(id));
      FeedRows.removed(handle, own, next);
      return note(handle, actor, "advisories.remove", own + " " + id);
    });
    changed.run();
  }

  private static void require(int rows, String otherwise) {
    if (rows == 0) {
      throw new ProblemException(new Problem.NotFound(otherwise));
    }
  }

  private String note(Handle handle, Actor actor, String action, String subject) {
    trail.add(handle, actor, new Trail.Entry(null, action, subject, ""));
    Changes.raise(database, handle, Changes.Topic.ADVISORIES);
    return subject;
  }

  /// What the source said the last time, to ask it by.
  Validators validators(Feed feed) {
    return database.read(handle -> FeedRows.validators(handle, feed.name()));
  }

  /// Notes that `feed` was looked at and is as before, or why that failed.
  void tried(Feed feed, @Nullable String failure) {
    database.write(handle -> {
      FeedRows.ensure(handle, feed);
      FeedRows.tried(handle, feed.name(), failure, clock.millis());
      return feed;
    });
  }
}
