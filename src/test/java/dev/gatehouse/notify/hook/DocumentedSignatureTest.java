package dev.gatehouse.notify.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.notify.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `docs/WEBHOOKS.md` says is so: its Node code, run by Node, tells our messages from others.
final class DocumentedSignatureTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final byte[] BODY =
      "{\"id\":\"msg_1\",\"type\":\"ü\"}".getBytes(StandardCharsets.UTF_8);

  private final String secret = Signature.secret();
  private final Map<String, String> headers = Signature.headers(secret, "msg_1", NOW, BODY);

  private static String document() throws IOException {
    return Files.readString(Path.of("docs/WEBHOOKS.md"));
  }

  private String verdict(byte[] body, Map<String, String> sent, Instant now) throws IOException {
    String text = document();
    int start = text.indexOf("```js\n") + 6;
    var json = new JsonMapper();
    String script =
        "%s\nDate.now = () => %d;\nconsole.log(isGenuine(%s, %s, Buffer.from(%s)));\n"
            .formatted(
                text.substring(start, text.indexOf("```", start)),
                now.toEpochMilli(),
                json.writeValueAsString(secret),
                json.writeValueAsString(sent),
                json.writeValueAsString(new String(body, StandardCharsets.UTF_8)));
    Process node = new ProcessBuilder("node", "-").redirectErrorStream(true).start();
    try (var in = node.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void theCodeTakesOurMessagesAndNoOthers() throws IOException {
    assertThat(verdict(BODY, headers, NOW)).isEqualTo("true");
    assertThat(verdict("{}".getBytes(StandardCharsets.UTF_8), headers, NOW)).isEqualTo("false");
    assertThat(verdict(BODY, headers, NOW.plusSeconds(301))).isEqualTo("false");
    assertThat(verdict(BODY, Map.of(), NOW)).isEqualTo("false");
  }

  @Test
  void everyEventIsDescribed() throws IOException {
    for (EventType type : EventType.values()) {
      assertThat(document()).contains("`" + type.word() + "`");
    }
  }
}
