package dev.gatehouse.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.Logger;

/// Sets Logback up, which finds it as a service: text for a person at a terminal, JSON lines for a
/// collector. In Java, because reading XML took longer than the rest of the log. Whoever names a
/// file by `-Dlogback.configurationFile` gets that, as in the tests.
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final Map<String, Level> LEVELS =
      Map.of(
          "org.flywaydb", Level.WARN,
          "com.zaxxer.hikari", Level.WARN,
          "io.netty", Level.WARN,
          "io.vertx", Level.WARN,
          // It says what a stranger has sent; why that is refused, the stranger is told.
          "org.codelibs.saml2", Level.OFF,
          // It complains when two programs tidy up after a third at once.
          "org.sqlite.SQLiteJDBCLoader", Level.OFF);

  /// Logback makes one by name.
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext logback) {
    boolean named = System.getProperty("logback.configurationFile") != null;
    if (named || LogSetup.class.getResource("/logback-test.xml") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    setUp(logback);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void setUp(LoggerContext logback) {
    LEVELS.forEach((name, level) -> logback.getLogger(name).setLevel(level));
    var root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(LogFormat.level());
    root.addAppender(appender(logback));
  }

  private static BatchAppender appender(LoggerContext logback) {
    var appender = new BatchAppender();
    appender.setContext(logback);
    appender.setName("batches");
    appender.setEncoder(LogFormat.isText() ? text(logback) : json(logback));
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext logback) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(logback);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{20} %msg %kvp{NONE}%n");
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext logback) {
    var encoder = new JsonLines();
    encoder.setContext(logback);
    encoder.start();
    return encoder;
  }
}
