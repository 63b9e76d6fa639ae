package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.gatehouse.access.account.Role;
import dev.gatehouse.db.Dialect;
import dev.gatehouse.testing.PackageBuilder;
import dev.gatehouse.testing.TestingPackage;
import dev.gatehouse.testing.TestingServer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// The line that each request of the whole app leaves in the log.
final class RequestLinesTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("access");
  private final BlockingQueue<ILoggingEvent> lines = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event);
        }
      };

  @AutoClose private final TestingServer server = TestingServer.start(Dialect.SQLITE);
  private final String ada = server.token("ada", Role.DEVELOPER);

  @BeforeEach
  void listen() {
    TestingPackage.of("left-pad", "1.0.0").putAt(server.upstream());
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void saysWhoAskedWhereAndWhatCameOfIt() throws InterruptedException {
    assertThat(get("/r/default/left-pad")).containsEntry("outcome", "miss");
    Map<String, Object> again = get("/r/default/left-pad");
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!again.containsValue("hit") && System.nanoTime() < end) {
      again = get("/r/default/left-pad"); // what it was made from is being written down
    }
    assertThat(again).containsEntry("outcome", "hit");
    assertThat(get("/r/default/left-pad/-/left-pad-1.0.0.tgz")).containsEntry("outcome", "miss");
    assertThat(get("/w/default/r/default/left-pad/-/left-pad-1.0.0.tgz"))
        .hasEntrySatisfying("outcome", how -> assertThat(how).isIn("stored", "hit"));

    byte[] body = PackageBuilder.named("own").publishBody();
    assertThat(server.put(ada, "/r/default/own", body).status()).isEqualTo(201);
    requireAda(line());
  }

  @Test
  void namesNobodyWhoIsNotKnown() throws InterruptedException {
    assertThat(server.get(null, "/r/default/left-pad").status()).isEqualTo(401);
    assertThat(line()).containsEntry("status", 401).doesNotContainKey("actor");
    assertThat(server.get("gh_invented", "/r/default/left-pad").status()).isEqualTo(401);
    assertThat(line()).containsEntry("status", 401).doesNotContainKey("actor");
  }

  private Map<String, Object> get(String path) throws InterruptedException {
    assertThat(server.get(ada, path).status()).isEqualTo(200);
    Map<String, Object> line = line();
    assertThat(line).containsEntry("path", path).containsEntry("status", 200);
    requireAda(line);
    return line;
  }

  private static void requireAda(Map<String, Object> line) {
    assertThat(line).containsKey("id").containsEntry("registry", "default/default");
    assertThat(String.valueOf(line.get("actor"))).startsWith("user:ada");
  }

  private Map<String, Object> line() throws InterruptedException {
    ILoggingEvent line = Objects.requireNonNull(lines.poll(60, TimeUnit.SECONDS));
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
  }
}
