package dev.gatehouse.app.command.advisory;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;

/// Shows how many records were read: a line now and then.
final class ImportProgress implements LongConsumer {
  private static final long PAUSE = Duration.ofSeconds(2).toNanos();
  private static final int LOOK_EVERY = 1_000;

  private final PrintWriter err;
  private long shown = System.nanoTime();

  ImportProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void accept(long records) {
    if (records % LOOK_EVERY == 0 && System.nanoTime() - shown >= PAUSE) {
      shown = System.nanoTime();
      err.printf(Locale.ROOT, "%,d records ...%n", records);
      err.flush();
    }
  }
}
