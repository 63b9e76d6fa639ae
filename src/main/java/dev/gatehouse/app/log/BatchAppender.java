package dev.gatehouse.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes log lines to standard error, which leaves standard output to what commands print.
///
/// Nobody waits for the log: lines go through a queue to one thread, and are dropped, and counted,
/// when it is full, rather than holding an event loop. That thread writes the first line at once
/// and rests for a moment, so that what follows under load shares a system call and a waking.
public final class BatchAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(BatchAppender.class);
  private static final int QUEUE = 8_192;
  private static final int MOST_AT_ONCE = 1_024;
  private static final long REST_MILLIS = 10;
  private static final long PATIENCE_MILLIS = 2_000;

  private final BlockingQueue<ILoggingEvent> waiting = new ArrayBlockingQueue<>(QUEUE);
  private final PrintStream out;
  private final AtomicLong dropped = new AtomicLong();
  private @Nullable Encoder<ILoggingEvent> encoder;
  private @Nullable Thread writer;

  /// Logback makes one by name.
  public BatchAppender() {
    this(System.err);
  }

  BatchAppender(PrintStream out) {
    this.out = out;
  }

  /// Sets what gives a line its form; before [#start].
  public void setEncoder(Encoder<ILoggingEvent> form) {
    encoder = form;
  }

  @Override
  public void start() {
    Encoder<ILoggingEvent> form = encoder;
    if (form == null) {
      addError("The appender " + getName() + " has no encoder.");
      return;
    }
    writer = Thread.ofPlatform().name("log").daemon().start(() -> write(form));
    super.start();
  }

  /// Writes what is waiting, then ends.
  @Override
  public void stop() {
    super.stop();
    Thread running = writer;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(PATIENCE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    // What only this thread knows, or may change; nothing is kept in the diagnostic context.
    var _ = event.getFormattedMessage();
    var _ = event.getThreadName();
    if (!waiting.offer(event)) {
      dropped.incrementAndGet();
    }
  }

  private void write(Encoder<ILoggingEvent> form) {
    List<ILoggingEvent> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_AT_ONCE - 1);
        boolean all = batch.size() < MOST_AT_ONCE;
        write(form, batch);
        if (all) {
          TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        }
      }
    } catch (InterruptedException _) {
      waiting.drainTo(batch);
      write(form, batch);
    }
  }

  private void write(Encoder<ILoggingEvent> form, List<ILoggingEvent> batch) {
    var bytes = new ByteArrayOutputStream();
    for (ILoggingEvent event : batch) {
      try {
        bytes.writeBytes(form.encode(event));
      } catch (RuntimeException unwritable) {
        addError("A log line could not be formed", unwritable);
      }
    }
    batch.clear();
    out.write(bytes.toByteArray(), 0, bytes.size());
    out.flush();
    long missing = dropped.getAndSet(0);
    if (missing > 0) {
      LOG.warn("{} log lines were dropped: they came faster than they could be written", missing);
    }
  }
}
