package dev.gatehouse.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class JsonLinesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @AutoClose("stop")
  private final LoggerContext context = new LoggerContext();

  private LoggingEvent event(String message, @Nullable Throwable thrown) {
    return new LoggingEvent(
        JsonLinesTest.class.getName(),
        context.getLogger("access"),
        Level.INFO,
        message,
        thrown,
        null);
  }

  private static String line(LoggingEvent event) {
    return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void isOneFlatObjectALine() throws IOException {
    LoggingEvent event = event("GET /a 200", null);
    event.addKeyValuePair(new KeyValuePair("status", 200));
    event.addKeyValuePair(new KeyValuePair("bytes", 5_000_000_000L));
    event.addKeyValuePair(new KeyValuePair("actor", "user:ada"));

    String line = line(event);

    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode json = JSON.readTree(line);
    assertThat(json.get("timestamp").longValue()).isEqualTo(event.getTimeStamp());
    assertThat(json.get("level").textValue()).isEqualTo("INFO");
    assertThat(json.get("logger").textValue()).isEqualTo("access");
    assertThat(json.get("thread").textValue()).isEqualTo(Thread.currentThread().getName());
    assertThat(json.get("message").textValue()).isEqualTo("GET /a 200");
    assertThat(json.get("status").intValue()).isEqualTo(200);
    assertThat(json.get("bytes").longValue()).isEqualTo(5_000_000_000L);
    assertThat(json.get("actor").textValue()).isEqualTo("user:ada");
    assertThat(json).hasSize(8);
  }

  @Test
  void keepsWhatStrangersWriteInsideItsText() throws IOException {
    String hostile = "a\"}\n{\"level\":\"ERROR\\\u0000\u2028é";
    LoggingEvent event = event(hostile, null);
    event.addKeyValuePair(new KeyValuePair("path", hostile));
    event.addKeyValuePair(new KeyValuePair("nothing", null));

    String line = line(event);

    assertThat(line.strip()).doesNotContain("\n");
    JsonNode json = JSON.readTree(line);
    assertThat(json.get("message").textValue()).isEqualTo(hostile);
    assertThat(json.get("path").textValue()).isEqualTo(hostile);
  }

  @Test
  void hasTheWholeTraceOfAFailure() throws IOException {
    var failure = new IllegalStateException("outer", new IOException("inner"));

    JsonNode json = JSON.readTree(line(event("It failed", failure)));

    assertThat(json.get("throwable").textValue())
        .contains("IllegalStateException: outer", "IOException: inner", "JsonLinesTest");
  }
}
