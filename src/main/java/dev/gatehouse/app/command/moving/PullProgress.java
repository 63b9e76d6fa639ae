package dev.gatehouse.app.command.moving;

import dev.gatehouse.publish.pull.Pulled;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Shows how far a pull has come: on a terminal one line that changes, elsewhere a line now and
/// then.
final class PullProgress implements Consumer<Pulled.Tally> {
  private static final double MEGABYTE = 1e6;

  private final PrintWriter err;
  private final boolean terminal;
  private final long pause;
  private final LongSupplier nanos;
  private long shown;

  PullProgress(PrintWriter err, boolean terminal) {
    this(err, terminal, System::nanoTime);
  }

  PullProgress(PrintWriter err, boolean terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
    this.shown = nanos.getAsLong();
    this.pause = (terminal ? Duration.ofMillis(100) : Duration.ofSeconds(10)).toNanos();
  }

  @Override
  public void accept(Pulled.Tally tally) {
    long now = nanos.getAsLong();
    if (now - shown >= pause) {
      shown = now;
      // Back to the line's start, and clear what is right of the cursor.
      err.print((terminal ? "\r" : "") + text(tally) + (terminal ? "\u001b[K" : "\n"));
      err.flush();
    }
  }

  /// Clears the line.
  void done() {
    if (terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  static String text(Pulled.Tally tally) {
    return String.format(
        Locale.ROOT,
        "%d of %d versions: %d fetched (%.1f MB), %d there already, %d failed",
        tally.fetched() + tally.there(),
        tally.known(),
        tally.fetched(),
        tally.bytes() / MEGABYTE,
        tally.there(),
        tally.failed());
  }
}
