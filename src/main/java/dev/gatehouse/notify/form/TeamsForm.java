package dev.gatehouse.notify.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.notify.event.Message;

/// An adaptive card for Teams. A `TextBlock` reads Markdown, so that everything is a `TextRun`,
/// which does not. Mentions would need entities, and there are none.
final class TeamsForm {
  private TeamsForm() {}

  static ObjectNode of(Message message, String workspace) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "message");
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    ObjectNode card =
        attachment
            .putObject("content")
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.4");
    ArrayNode blocks = card.putArray("body");
    run(line(blocks), message.title()).put("weight", "bolder").put("size", "medium");
    for (Message.Fact fact : message.facts()) {
      fact(blocks, fact);
    }
    fact(blocks, new Message.Fact("Workspace", workspace));
    return body;
  }

  private static void fact(ArrayNode blocks, Message.Fact fact) {
    ArrayNode line = line(blocks);
    run(line, fact.label() + ": ").put("weight", "bolder");
    run(line, fact.value());
  }

  private static ArrayNode line(ArrayNode blocks) {
    return blocks.addObject().put("type", "RichTextBlock").putArray("inlines");
  }

  private static ObjectNode run(ArrayNode line, String text) {
    return line.addObject().put("type", "TextRun").put("text", Inert.unlinked(text));
  }
}
