package dev.gatehouse.web.api.settings;

import dev.gatehouse.access.secret.Allowance;
import dev.gatehouse.advisories.feed.FeedSettings;
import dev.gatehouse.advisories.feed.Refresh;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.Trail;
import dev.gatehouse.db.Database;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Brings all feeds of the server up to date because somebody asks, behind the answer: an import
/// may take minutes. What became of it stands with each feed.
public final class FetchNow {
  private static final int PER_HOUR = 6;

  private final FeedSettings settings;
  private final Refresh refresh;
  private final Database database;
  private final Trail trail;
  private final Allowance allowance;
  private final AtomicBoolean running = new AtomicBoolean();

  /// Fetches the feeds of `settings` by `refresh`, six times an hour at most.
  public FetchNow(FeedSettings settings, Refresh refresh, Database database, Clock clock) {
    this.settings = settings;
    this.refresh = refresh;
    this.database = database;
    this.trail = new Trail(clock);
    this.allowance = new Allowance(clock, PER_HOUR, Duration.ofHours(1));
  }

  /// Whether this node is at it.
  boolean isRunning() {
    return running.get();
  }

  /// Begins, for `actor` in the workspace of that id. Whoever asks while it is under way has what
  /// they want.
  void begin(Actor actor, long workspaceId) {
    if (settings.feeds().isEmpty()) {
      throw new ProblemException(
          new Problem.Conflict(
              "There is no feed to fetch: whoever runs the server sets advisories.feeds."));
    }
    if (!running.compareAndSet(false, true)) {
      return;
    }
    boolean begun = false;
    try {
      allowance.take("feeds", "The feeds were fetched several times within an hour: wait a while.");
      var _ =
          database.write(handle -> {
            trail.add(handle, actor, new Trail.Entry(workspaceId, "feed.fetch", "*", ""));
            return true;
          });
      Thread.ofVirtual().name("fetch-now").start(() -> fetch(actor));
      begun = true;
    } finally {
      if (!begun) {
        running.set(false);
      }
    }
  }

  private void fetch(Actor actor) {
    try {
      settings.feeds().forEach(feed -> refresh.attempt(actor, feed));
    } finally {
      running.set(false);
    }
  }
}
