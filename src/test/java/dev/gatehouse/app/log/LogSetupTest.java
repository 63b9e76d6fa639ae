package dev.gatehouse.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.status.Status;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class LogSetupTest {

  @Test
  void logbackFindsIt() {
    assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(LogSetup.class);
  }

  @Test
  void writesInBatchesAndStrangersSayLess() {
    var context = new LoggerContext();
    LogSetup.setUp(context);
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .noneMatch(status -> status.getEffectiveLevel() >= Status.WARN);
    assertThat(context.getLogger("ROOT").getAppender("batches"))
        .isInstanceOf(BatchAppender.class)
        .matches(Appender::isStarted);
    assertThat(context.getLogger("dev.gatehouse").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(context.getLogger("io.netty.util").getEffectiveLevel()).isEqualTo(Level.WARN);
    context.stop();
  }

  @Test
  void leavesItToTheConfigurationOfTheTestsWhereThereIsOne() {
    var setup = new LogSetup();
    var context = new LoggerContext();
    assertThat(setup.configure(context)).isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
    assertThat(context.getLogger("ROOT").iteratorForAppenders()).isExhausted();
  }
}
