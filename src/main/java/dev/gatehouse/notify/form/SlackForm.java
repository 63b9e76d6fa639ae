package dev.gatehouse.notify.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.notify.event.Message;

/// A message of Slack, of blocks whose texts are `plain_text`: Slack looks for no markup in them.
/// Everything is escaped all the same, so that nothing can be a link, a mention such as
/// `<!channel>`, or bold, wherever it is shown.
final class SlackForm {
  private static final int LONGEST_HEADER = 150;

  private SlackForm() {}

  static ObjectNode of(Message message, String workspace) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("text", escaped(message.title()))
            .put("mrkdwn", false)
            .put("parse", "none")
            .put("link_names", false)
            .put("unfurl_links", false)
            .put("unfurl_media", false);
    ArrayNode blocks = body.putArray("blocks");
    text(blocks.addObject().put("type", "header").putObject("text"), header(message.title()));
    ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
    for (Message.Fact fact : message.facts()) {
      text(fields.addObject(), fact.label() + ": " + fact.value());
    }
    text(fields.addObject(), "Workspace: " + workspace);
    return body;
  }

  private static void text(ObjectNode into, String text) {
    into.put("type", "plain_text").put("text", escaped(text)).put("emoji", false);
  }

  /// Escapes may make a character four times as long.
  private static String header(String title) {
    int fits = title.length();
    while (escaped(title.substring(0, fits)).length() > LONGEST_HEADER) {
      fits = title.offsetByCodePoints(fits, -1);
    }
    return title.substring(0, fits);
  }

  private static String escaped(String text) {
    return Inert.unlinked(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
