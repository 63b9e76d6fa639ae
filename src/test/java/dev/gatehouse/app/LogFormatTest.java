package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import dev.gatehouse.app.log.BatchAppender;
import org.junit.jupiter.api.Test;

final class LogFormatTest {

  @Test
  void theConfigurationFindsItsAppender() throws JoranException {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        java.util.Objects.requireNonNull(LogFormat.class.getResource("/logback.xml")));
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .noneMatch(status -> status.getEffectiveLevel() >= Status.ERROR);
    assertThat(context.getLogger("ROOT").getAppender(new LogFormat().getPropertyValue()))
        .isInstanceOf(BatchAppender.class)
        .matches(Appender::isStarted);
    context.stop();
  }
}
