package dev.gatehouse.db;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// SQLite's one writer. Whatever queues up while a commit is being synced becomes the next
/// transaction: each piece of work runs inside a savepoint of its own, so a failing one is undone
/// alone, and all of them share one fsync. A caller is answered only after that fsync.
///
/// It is a platform thread because SQLite is native code, which would pin a virtual thread's
/// carrier for as long as the disk takes.
final class GroupCommitWriter implements Writer {
  private static final int MOST_AT_ONCE = 128;

  private final Jdbi jdbi;
  private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  GroupCommitWriter(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.thread = Thread.ofPlatform().name("database-writer").daemon().start(this::loop);
  }

  @Override
  public <R extends @Nullable Object> R write(Work<R> work) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("A transaction is running: use its handle.");
    }
    var task = new Task<>(work);
    queue.add(task);
    if (closed) {
      task.fail(new IllegalStateException("The database is closed."));
    }
    return task.await();
  }

  @Override
  public void close() {
    closed = true;
    queue.add(new Task<>(_ -> true)); // wakes the thread, which waits for work
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closed || !queue.isEmpty()) {
      List<Task<?>> batch = nextBatch();
      if (!batch.isEmpty()) {
        commit(batch);
      }
    }
  }

  private List<Task<?>> nextBatch() {
    List<Task<?>> batch = new ArrayList<>();
    try {
      batch.add(queue.take());
      queue.drainTo(batch, MOST_AT_ONCE - 1);
    } catch (InterruptedException _) {
      closed = true;
    }
    return batch;
  }

  private void commit(List<Task<?>> batch) {
    try {
      jdbi.useTransaction(handle -> batch.forEach(task -> task.run(handle)));
      batch.forEach(Task::succeed);
    } catch (RuntimeException | Error failure) {
      batch.forEach(task -> task.fail(failure));
    }
  }

  private static final class Task<R extends @Nullable Object> {
    private final Work<R> work;
    private final CompletableFuture<R> done = new CompletableFuture<>();
    private @Nullable Runnable outcome;

    Task(Work<R> work) {
      this.work = work;
    }

    void run(Handle handle) {
      handle.execute("SAVEPOINT one");
      try {
        R result = work.run(handle);
        outcome = () -> done.complete(result);
      } catch (RuntimeException | Error failure) {
        handle.execute("ROLLBACK TO one");
        outcome = () -> done.completeExceptionally(failure);
      }
      handle.execute("RELEASE one");
    }

    void succeed() {
      if (outcome != null) {
        outcome.run();
      }
    }

    void fail(Throwable failure) {
      done.completeExceptionally(failure);
    }

    R await() {
      try {
        return done.join();
      } catch (CompletionException wrapped) {
        switch (wrapped.getCause()) {
          case RuntimeException failure -> throw failure;
          case Error failure -> throw failure;
          case null, default -> throw wrapped;
        }
      }
    }
  }
}
