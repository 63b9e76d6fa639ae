package dev.gatehouse.notify.form;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.EventData;
import dev.gatehouse.notify.event.Message;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a webhook's messages are written.
public enum Form {
  /// For programs.
  JSON {
    @Override
    ObjectNode write(Envelope envelope) {
      ObjectNode body =
          JsonNodeFactory.instance
              .objectNode()
              .put("id", envelope.id())
              .put("type", envelope.event().type().word())
              .put("timestamp", envelope.at().toString())
              .put("workspace", envelope.workspace());
      body.set("data", EventData.of(envelope.event()));
      return body;
    }
  },
  /// For an incoming webhook of Slack.
  SLACK {
    @Override
    ObjectNode write(Envelope envelope) {
      return SlackForm.of(Message.of(envelope.event()), envelope.workspace());
    }
  },
  /// For a workflow of Teams that takes webhooks.
  TEAMS {
    @Override
    ObjectNode write(Envelope envelope) {
      return TeamsForm.of(Message.of(envelope.event()), envelope.workspace());
    }
  };

  /// An event on its way.
  ///
  /// @param id the message's, the same however often it is sent
  public record Envelope(String id, String workspace, Event event, Instant at) {}

  /// The body of the message.
  public String body(Envelope envelope) {
    return write(envelope).toString();
  }

  abstract ObjectNode write(Envelope envelope);

  /// As people write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one of that word, or null.
  public static @Nullable Form of(String word) {
    for (Form one : values()) {
      if (one.word().equals(word)) {
        return one;
      }
    }
    return null;
  }
}
