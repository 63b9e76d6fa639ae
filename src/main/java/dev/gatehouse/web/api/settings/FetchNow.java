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
import org.jspecify.annotations.Nullable;

/// Brings all feeds of the server up to date because somebody asks, behind the answer: an import
/// may take minutes. What became of it stands with each feed.
public final class FetchNow {
  private static final int PER_HOUR = 6;
  private static final long MOMENT = Duration.ofMinutes(1).toMillis();

  private final FeedSettings settings;
  private final Refresh refresh;
  private final Database database;
  private final Trail trail;
  private final Allowance allowance;
  private final Clock clock;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile @Nullable Fetched last;

  /// A fetch that was done for a workspace, and when it ended.
  private record Fetched(long workspaceId, long at) {}

  /// Fetches the feeds of `settings` by `refresh`, six times an hour at most for each workspace, so
  /// that none uses up what others have. Together they do not make it many: what was fetched a
  /// moment ago for another workspace is not fetched again.
  public FetchNow(FeedSettings settings, Refresh refresh, Database database, Clock clock) {
    this.settings = settings;
    this.refresh = refresh;
    this.database = database;
    this.clock = clock;
    this.trail = new Trail(clock);
    this.allowance = new Allowance(clock, PER_HOUR, Duration.ofHours(1));
  }

  /// Whether this node is at it.
  boolean isRunning() {
    return running.get();
  }

  /// Begins, for `actor` in the workspace of that id. Whoever asks while it is under way, or a
  /// moment after it was done for others, has what they want.
  void begin(Actor actor, long workspaceId) {
    if (settings.feeds().isEmpty()) {
      throw new ProblemException(
          new Problem.Conflict(
              "There is no feed to fetch: whoever runs the server sets advisories.feeds."));
    }
    if (wasJustDone(workspaceId) || !running.compareAndSet(false, true)) {
      return;
    }
    boolean begun = false;
    try {
      allowance.take(
          Long.toString(workspaceId),
          "The feeds were fetched several times within an hour: wait a while.");
      var _ =
          database.write(handle -> {
            trail.add(handle, actor, new Trail.Entry(workspaceId, "feed.fetch", "*", ""));
            return true;
          });
      Thread.ofVirtual().name("fetch-now").start(() -> fetch(actor, workspaceId));
      begun = true;
    } finally {
      if (!begun) {
        running.set(false);
      }
    }
  }

  private boolean wasJustDone(long workspaceId) {
    Fetched done = last;
    return done != null && done.workspaceId != workspaceId && clock.millis() - done.at < MOMENT;
  }

  private void fetch(Actor actor, long workspaceId) {
    try {
      settings.feeds().forEach(feed -> refresh.attempt(actor, feed));
    } finally {
      last = new Fetched(workspaceId, clock.millis());
      running.set(false);
    }
  }
}
