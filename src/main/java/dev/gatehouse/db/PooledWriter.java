package dev.gatehouse.db;

import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// PostgreSQL groups commits by itself: every transaction takes a connection of the pool.
record PooledWriter(Jdbi jdbi) implements Writer {
  private static final ScopedValue<Boolean> WRITING = ScopedValue.newInstance();

  @Override
  public <R extends @Nullable Object> R write(Work<R> work) {
    // Jdbi would quietly join the running transaction, which SQLite's writer cannot.
    if (WRITING.isBound()) {
      throw new IllegalStateException("A transaction is running: use its handle.");
    }
    return ScopedValue.where(WRITING, true).call(() -> jdbi.inTransaction(work::run));
  }

  @Override
  public void close() {}
}
