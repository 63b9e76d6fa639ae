package dev.gatehouse.db;

import org.jspecify.annotations.Nullable;

/// How transactions that change something reach the database.
sealed interface Writer extends AutoCloseable permits GroupCommitWriter, PooledWriter {

  /// Runs `work` in a transaction and returns once that is committed and synced.
  <R extends @Nullable Object> R write(Work<R> work);

  @Override
  void close();
}
