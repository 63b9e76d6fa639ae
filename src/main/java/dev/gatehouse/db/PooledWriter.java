package dev.gatehouse.db;

import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// PostgreSQL groups commits by itself: every transaction takes a connection of the pool.
record PooledWriter(Jdbi jdbi) implements Writer {

  @Override
  public <R extends @Nullable Object> R write(Work<R> work) {
    return jdbi.inTransaction(work::run);
  }

  @Override
  public void close() {}
}
