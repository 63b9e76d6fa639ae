package dev.gatehouse.notify.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Names and reasons are strangers' words: in a chat they are words and nothing else.
final class FormTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<String> HOSTILE =
      List.of(
          "<!channel> look",
          "<@U123> hi",
          "<https://evil.example|click>",
          "see https://evil.example/x",
          "HTTP://evil.example",
          "www.evil.example",
          "mailto:a@b.example",
          "[click](https://evil.example)",
          "<at>Ada</at>",
          "*bold* _it_ `code` ~gone~",
          "a\u202Eb\u0000c\nd\u2028e",
          "&lt;!here&gt;");

  private static JsonNode body(Form form, String text) throws JsonProcessingException {
    var event =
        new Event.Quarantined(List.of(new Place(1, "team", "1.0.0")), "pad", text, "user:" + text);
    return new JsonMapper().readTree(form.body(new Form.Envelope("msg_1", "default", event, NOW)));
  }

  /// The texts of all members called `text`.
  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : node.findValues("text")) {
      if (one.isTextual()) {
        texts.add(one.textValue());
      }
    }
    return texts;
  }

  private static void assertInert(String text) {
    assertThat(text)
        .doesNotContain("://")
        .doesNotContain("www.")
        .doesNotContain("mailto:")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028]");
  }

  @Test
  void slackReadsNothingIntoHostileWords() throws JsonProcessingException {
    for (String hostile : HOSTILE) {
      JsonNode body = body(Form.SLACK, hostile);
      assertThat(body.path("mrkdwn").booleanValue()).isFalse();
      assertThat(body.path("link_names").booleanValue()).isFalse();
      assertThat(body.path("parse").asText()).isEqualTo("none");
      assertThat(body.findValuesAsText("type")).containsOnly("header", "section", "plain_text");
      assertThat(texts(body))
          .hasSizeGreaterThan(3)
          .allSatisfy(text -> {
            assertInert(text);
            assertThat(text).doesNotContain("<").doesNotContain(">");
            assertThat(text.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
          });
    }
    assertThat(body(Form.SLACK, "<!channel>").toString()).contains("&lt;!channel&gt;");
  }

  @Test
  void teamsReadsNothingIntoHostileWords() throws JsonProcessingException {
    for (String hostile : HOSTILE) {
      JsonNode body = body(Form.TEAMS, hostile);
      JsonNode card = body.at("/attachments/0/content");
      assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
      assertThat(card.path("body").findValuesAsText("type"))
          .containsOnly("RichTextBlock", "TextRun");
      assertThat(card.has("msteams")).isFalse();
      assertThat(texts(card)).hasSizeGreaterThan(3).allSatisfy(FormTest::assertInert);
    }
  }

  @Test
  void aTitleFitsSlackHoweverItIsEscaped() throws JsonProcessingException {
    var event =
        new Event.Published(
            new Place(1, "&".repeat(200), "1.0.0"), "😀".repeat(100), "x", List.of(), false);
    String text = Form.SLACK.body(new Form.Envelope("msg_1", "default", event, NOW));
    String header = new JsonMapper().readTree(text).at("/blocks/0/text/text").asText();
    assertThat(header.length()).isBetween(100, 150);
  }
}
