package dev.gatehouse.install.document;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request to an upstream that any number of callers wait for. It runs on a thread of its own,
/// so that none of them ends it by going away.
final class Flight {
  private final CompletableFuture<DocumentState> done = new CompletableFuture<>();

  private Flight() {}

  static Flight begin(String name, Supplier<DocumentState> work) {
    var flight = new Flight();
    Thread.ofVirtual().name("document " + name).start(() -> flight.run(work));
    return flight;
  }

  boolean isDone() {
    return done.isDone();
  }

  /// What came of it.
  DocumentState await() {
    return done.join();
  }

  /// What came of it, or null if that takes longer.
  @Nullable DocumentState await(Duration atMost) {
    try {
      return done.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void run(Supplier<DocumentState> work) {
    try {
      done.complete(work.get());
    } catch (RuntimeException | Error failure) {
      done.completeExceptionally(failure);
    }
  }
}
