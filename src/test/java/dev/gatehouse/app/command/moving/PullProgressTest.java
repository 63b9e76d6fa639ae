package dev.gatehouse.app.command.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.publish.pull.Pulled;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PullProgressTest {
  private static final String SEVEN =
      "7 of 9 versions: 5 fetched (1.5 MB), 2 there already, 1 failed";

  private final StringWriter shown = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void isOneLineThatChangesOnATerminal() {
    var progress = new PullProgress(new PrintWriter(shown), true, nanos::get);
    tell(progress, Duration.ofMillis(50), 1);
    tell(progress, Duration.ofMillis(60), 5);
    assertThat(shown).hasToString("\r" + SEVEN + "\u001b[K");
    progress.done();
    assertThat(shown.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void isALineNowAndThenElsewhere() {
    var progress = new PullProgress(new PrintWriter(shown), false, nanos::get);
    tell(progress, Duration.ofSeconds(9), 1);
    tell(progress, Duration.ofSeconds(2), 5);
    tell(progress, Duration.ofSeconds(9), 6);
    progress.done();
    assertThat(shown).hasToString(SEVEN + "\n");
  }

  private void tell(PullProgress progress, Duration later, int fetched) {
    nanos.addAndGet(later.toNanos());
    progress.accept(new Pulled.Tally(9, fetched, 2, 1, 1_500_000));
  }
}
