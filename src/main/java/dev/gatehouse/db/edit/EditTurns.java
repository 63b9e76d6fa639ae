package dev.gatehouse.db.edit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Lets those who look at what they change take turns, a workspace at a time, so that nothing
/// happens between their look and their change. Where several processes work on one database, a
/// lock in it keeps them apart too; it goes with the connection, should a process die.
public final class EditTurns {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int STRIPES = 64;

  /// Of the pool's connections: what is done in a turn takes others.
  private static final int CONNECTIONS = 4;

  /// Names these locks among all advisory ones of the database.
  private static final int KIND = 0x6761_7465;

  private static final String WAITED_TOO_LONG = "55P03";

  private final @Nullable Jdbi shared;
  private final Semaphore connections = new Semaphore(CONNECTIONS, true);
  private final ReentrantLock[] locks =
      Stream.generate(() -> new ReentrantLock(true)).limit(STRIPES).toArray(ReentrantLock[]::new);

  /// Turns of this process alone, or, by `shared`, of all that use its database.
  public EditTurns(@Nullable Jdbi shared) {
    this.shared = shared;
  }

  /// Does `work` while nobody else has the turn of that workspace; a timeout if others have it for
  /// long.
  public <R> R alone(long workspaceId, Callable<R> work) throws Exception {
    ReentrantLock lock = locks[(int) (workspaceId % STRIPES)];
    if (!lock.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new TimeoutException();
    }
    try {
      return shared == null ? work.call() : shared(shared, workspaceId, work);
    } finally {
      lock.unlock();
    }
  }

  /// How many wait for their turn in this process.
  public int waiting() {
    return Stream.of(locks).mapToInt(ReentrantLock::getQueueLength).sum();
  }

  private <R> R shared(Jdbi jdbi, long workspaceId, Callable<R> work) throws Exception {
    if (!connections.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new TimeoutException();
    }
    try (Handle handle = jdbi.open()) {
      lock(handle, workspaceId);
      try {
        return work.call();
      } finally {
        call(handle, "SELECT pg_advisory_unlock(?, ?)", workspaceId);
      }
    } finally {
      connections.release();
    }
  }

  private static void lock(Handle handle, long workspaceId) throws TimeoutException {
    handle.execute("SET lock_timeout = " + PATIENCE.toMillis());
    try {
      call(handle, "SELECT pg_advisory_lock(?, ?)", workspaceId);
    } catch (JdbiException failure) {
      if (failure.getCause() instanceof SQLException cause
          && WAITED_TOO_LONG.equals(cause.getSQLState())) {
        throw new TimeoutException();
      }
      throw failure;
    } finally {
      handle.execute("RESET lock_timeout");
    }
  }

  private static void call(Handle handle, String sql, long workspaceId) {
    handle.createQuery(sql).bind(0, KIND).bind(1, (int) workspaceId).map((_, _) -> true).one();
  }
}
