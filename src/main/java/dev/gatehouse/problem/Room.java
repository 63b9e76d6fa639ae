package dev.gatehouse.problem;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Room for so many at once, where each costs more than a request may. Who comes when it is full is
/// told to come again.
public final class Room {
  private final Semaphore places;
  private final Problem.Busy full;

  /// For `places` at once; one more hears `sentence`, and to come again after `wait`.
  public Room(int places, String sentence, Duration wait) {
    this.places = new Semaphore(places);
    this.full = new Problem.Busy(sentence, wait, false);
  }

  /// What is done in it.
  public interface Work<T extends @Nullable Object, X extends Exception> {
    T get() throws X;
  }

  /// Does `work` if there is room.
  public <T extends @Nullable Object, X extends Exception> T with(Work<T, X> work) throws X {
    if (!places.tryAcquire()) {
      throw new ProblemException(full);
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
