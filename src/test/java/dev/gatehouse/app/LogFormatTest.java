package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import org.junit.jupiter.api.Test;

final class LogFormatTest {

  @Test
  void theConfigurationFindsItsAppenderAndNeverBlocks() throws JoranException {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        java.util.Objects.requireNonNull(LogFormat.class.getResource("/logback.xml")));
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .noneMatch(status -> status.getEffectiveLevel() >= Status.ERROR);
    AsyncAppender queue = (AsyncAppender) context.getLogger("ROOT").getAppender("queue");
    assertThat(queue.isNeverBlock()).isTrue();
    assertThat(queue.getAppender(new LogFormat().getPropertyValue())).isNotNull();
    context.stop();
  }
}
