package dev.gatehouse.db;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What runs inside one transaction. It may run on another thread than the caller's.
@FunctionalInterface
public interface Work<R extends @Nullable Object> {

  /// Does the work on `handle` and returns its result. Throwing rolls the transaction back.
  R run(Handle handle);
}
