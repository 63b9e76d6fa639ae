package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One line for each request, in the logger `access`. Its appender is asynchronous (logback.xml),
/// so that the event loop never waits for a disk.
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("access");

  private AccessLog() {}

  /// How a request ended. `status` 499 stands for a client that left before it was answered.
  record Line(int status, long bytes, long nanos, boolean cut) {}

  static void write(Request request, Line line) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    String path = request.loggedPath();
    RequestLog notes = request.log();
    LoggingEventBuilder event =
        LOG.atInfo()
            .addKeyValue("id", request.id())
            .addKeyValue("method", request.method())
            .addKeyValue("path", path)
            .addKeyValue("status", line.status())
            .addKeyValue("bytes", line.bytes())
            .addKeyValue("micros", line.nanos() / 1000);
    event = with(event, "actor", notes.actor());
    event = with(event, "registry", notes.registry());
    event = with(event, "outcome", line.cut() ? "cut" : notes.outcome());
    event.log(request.method() + " " + path + " " + line.status());
  }

  private static LoggingEventBuilder with(
      LoggingEventBuilder event, String key, @Nullable String value) {
    return value == null ? event : event.addKeyValue(key, value);
  }
}
