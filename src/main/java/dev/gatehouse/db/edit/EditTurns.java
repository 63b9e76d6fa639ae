package dev.gatehouse.db.edit;

import java.nio.file.Path;
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

/// Lets those who look at what they change take turns, a workspace at a time, so that nothing
/// happens between their look and their change. Where several processes work on one database, a
/// lock in it, or on a file beside it, keeps them apart too; it goes with the process, should that
/// die.
public final class EditTurns implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int STRIPES = 64;

  /// Of the pool's connections: what is done in a turn takes others.
  private static final int CONNECTIONS = 4;

  /// Names these locks among all advisory ones of the database.
  private static final int KIND = 0x6761_7465;

  private static final String WAITED_TOO_LONG = "55P03";

  private final Between between;
  private final ReentrantLock[] locks =
      Stream.generate(() -> new ReentrantLock(true)).limit(STRIPES).toArray(ReentrantLock[]::new);

  private EditTurns(Between between) {
    this.between = between;
  }

  /// What keeps processes apart.
  private interface Between extends AutoCloseable {
    /// What gives the turn back.
    Runnable take(long workspaceId) throws InterruptedException, TimeoutException;

    @Override
    void close();
  }

  /// A turn, until it is closed by the thread that took it.
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /// Turns of all who use the database behind `jdbi`, a PostgreSQL one.
  public static EditTurns of(Jdbi jdbi) {
    return new EditTurns(new Advisory(jdbi));
  }

  /// Turns of all who use the SQLite database in `file`, by another file beside it.
  public static EditTurns of(Path file) {
    var turns = new FileTurns(file);
    return new EditTurns(
        new Between() {
          @Override
          public Runnable take(long workspaceId) throws InterruptedException, TimeoutException {
            return turns.take(workspaceId, PATIENCE);
          }

          @Override
          public void close() {
            turns.close();
          }
        });
  }

  /// Does `work` while nobody else has the turn of that workspace; a timeout if others have it for
  /// long.
  public <R> R alone(long workspaceId, Callable<R> work) throws Exception {
    try (Turn _ = take(workspaceId)) {
      return work.call();
    }
  }

  /// Waits for the turn of that workspace; a timeout if others have it for long. Nobody takes one
  /// within another.
  public Turn take(long workspaceId) throws InterruptedException, TimeoutException {
    ReentrantLock lock = locks[(int) (workspaceId % STRIPES)];
    if (!lock.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new TimeoutException();
    }
    boolean taken = false;
    try {
      Runnable release = between.take(workspaceId);
      taken = true;
      return () -> {
        try {
          release.run();
        } finally {
          lock.unlock();
        }
      };
    } finally {
      if (!taken) {
        lock.unlock();
      }
    }
  }

  /// How many wait for their turn in this process.
  public int waiting() {
    return Stream.of(locks).mapToInt(ReentrantLock::getQueueLength).sum();
  }

  @Override
  public void close() {
    between.close();
  }

  /// A lock in the database, on a connection of its own.
  private static final class Advisory implements Between {
    private final Semaphore connections = new Semaphore(CONNECTIONS, true);
    private final Jdbi jdbi;

    Advisory(Jdbi jdbi) {
      this.jdbi = jdbi;
    }

    @Override
    public Runnable take(long workspaceId) throws InterruptedException, TimeoutException {
      if (!connections.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new TimeoutException();
      }
      Handle handle = null;
      boolean taken = false;
      try {
        handle = jdbi.open();
        lock(handle, workspaceId);
        taken = true;
        Handle held = handle;
        return () -> release(held, workspaceId);
      } finally {
        if (!taken) {
          if (handle != null) {
            handle.close();
          }
          connections.release();
        }
      }
    }

    private void release(Handle handle, long workspaceId) {
      try (handle) {
        call(handle, "SELECT pg_advisory_unlock(?, ?)", workspaceId);
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

    @Override
    public void close() {
      // The pool is the database's.
    }
  }
}
