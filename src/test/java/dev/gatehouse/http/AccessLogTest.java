package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

final class AccessLogTest {
  private final BlockingQueue<ILoggingEvent> lines = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("access");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          lines.add(line);
        }
      };

  @BeforeEach
  void listen() {
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

  private ILoggingEvent line() throws InterruptedException {
    ILoggingEvent line = lines.poll(10, TimeUnit.SECONDS);
    assertThat(line).isNotNull();
    return java.util.Objects.requireNonNull(line);
  }

  private static Map<String, Object> pairs(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
  }

  @Test
  void saysWhatWasAskedAndWhatCameOfIt() throws Exception {
    Handler handler =
        request -> {
          request.log().actor("user:ada");
          request.log().registry("default/main");
          request.log().outcome("hit");
          return Response.text(200, "hello");
        };
    try (HttpServer server = Servers.start(handler)) {
      RawClient.Answer answer =
          RawClient.get(server.port(), "/r/main?npmSecret=1", "Authorization: Bearer secret1");
      ILoggingEvent line = line();
      assertThat(line.getFormattedMessage()).isEqualTo("GET /r/main 200");
      assertThat(pairs(line))
          .containsEntry("id", answer.header("x-request-id"))
          .containsEntry("method", "GET")
          .containsEntry("path", "/r/main")
          .containsEntry("status", 200)
          .containsEntry("bytes", 5L)
          .containsEntry("actor", "user:ada")
          .containsEntry("registry", "default/main")
          .containsEntry("outcome", "hit")
          .containsKey("micros")
          .hasSize(9);
      assertThat(line.toString() + pairs(line)).doesNotContainIgnoringCase("secret");
    }
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/-/user/token/npm_abc, /-/user/token/***",
    "/-/user/%74oken/npm_abc, /-/user/token/***",
    "/%2d/user/token/npm_abc, /-/user/token/***",
    "/%2d/user/toke%6e/%6epm_abc, /-/user/token/***",
    "/hook/npm_abc/x, /hook/***/x",
    "/nowhere/-/user/token/npm_abc, /nowhere/-/user/token/***",
    "/nowhere/-/user/%74oken/npm_abc, /nowhere/-/user/token/***",
    "/a%1bb, /a%1bb",
  })
  void hidesTokens(String path, String shown) throws Exception {
    Router router =
        new Router()
            .route("GET", "-/user/token/{token}", _ -> Response.empty(200))
            .route("GET", "hook/{secret}/x", _ -> Response.empty(200));
    try (HttpServer server = Servers.start(router)) {
      RawClient.get(server.port(), path);
      ILoggingEvent line = line();
      assertThat(pairs(line)).containsEntry("path", shown);
      assertThat(line.getFormattedMessage()).doesNotContain("npm_abc");
    }
  }

  @Test
  void hasALineForAClientThatLeft() throws Exception {
    Handler endless =
        _ ->
            Response.of(
                200,
                "text/plain",
                new Body.Stream(
                    -1,
                    out -> {
                      while (true) {
                        out.write(new byte[32 * 1024]);
                      }
                    }));
    try (HttpServer server = Servers.start(endless)) {
      try (RawClient client = new RawClient(server.port())) {
        client.head("GET", "/");
        client.exactly(1000);
      }
      assertThat(pairs(line())).containsEntry("outcome", "cut").containsEntry("status", 200);
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void hasALineForWhatIsNoValidRequest() throws IOException, InterruptedException {
    try (HttpServer server = Servers.start(_ -> Response.empty(200))) {
      RawClient.get(server.port(), "/" + "a".repeat(9000));
      assertThat(pairs(line())).containsEntry("status", 414);
    }
  }
}
