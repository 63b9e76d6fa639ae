package dev.gatehouse.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class BatchAppenderTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AutoClose("stop")
  private final LoggerContext context = new LoggerContext();

  private static class Messages extends EncoderBase<ILoggingEvent> {
    @Override
    public byte[] headerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
      return (event.getFormattedMessage() + "\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  private BatchAppender started(EncoderBase<ILoggingEvent> encoder) {
    var appender = new BatchAppender(new PrintStream(written, false, StandardCharsets.UTF_8));
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  private void append(BatchAppender appender, int from, int to) {
    for (int i = from; i < to; i++) {
      appender.doAppend(
          new LoggingEvent(
              "", context.getLogger("a"), Level.INFO, "line {}", null, new Object[] {i}));
    }
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void writesEveryLineInOrderBeforeItStops() {
    BatchAppender appender = started(new Messages());
    append(appender, 0, 5_000);
    appender.stop();

    assertThat(lines()).isEqualTo(IntStream.range(0, 5_000).mapToObj(i -> "line " + i).toList());
  }

  @Test
  void dropsLinesRatherThanHoldWhoeverLogs() throws InterruptedException {
    var stuck = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    BatchAppender appender =
        started(
            new Messages() {
              @Override
              public byte[] encode(ILoggingEvent event) {
                stuck.countDown();
                try {
                  release.await();
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
                return super.encode(event);
              }
            });
    append(appender, 0, 1);
    stuck.await();
    append(appender, 1, 20_000);
    release.countDown();
    appender.stop();

    assertThat(lines()).hasSizeBetween(8_000, 10_000).startsWith("line 0", "line 1");
  }

  @Test
  void losesOneLineThatHasNoFormAndNoOther() {
    BatchAppender appender =
        started(
            new Messages() {
              @Override
              public byte[] encode(ILoggingEvent event) {
                if (event.getFormattedMessage().equals("line 1")) {
                  throw new IllegalArgumentException("no form");
                }
                return super.encode(event);
              }
            });
    append(appender, 0, 3);
    appender.stop();

    assertThat(lines()).containsExactly("line 0", "line 2");
  }
}
