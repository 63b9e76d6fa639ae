package dev.gatehouse.notify.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.notify.event.Event;
import dev.gatehouse.notify.event.Message;
import java.util.stream.Collectors;

/// A mail to one account, as it waits in the queue. The address is looked up when it is sent.
///
/// @param asked whether somebody asked for just this one, so that it needs no subscription
public record Letter(long accountId, String subject, String text, boolean asked) {
  private static final JsonMapper JSON = new JsonMapper();

  static Letter of(long accountId, String workspace, Event event, boolean asked) {
    Message message = Message.of(event);
    String facts =
        message.facts().stream()
            .map(fact -> fact.label() + ": " + fact.value() + "\n")
            .collect(Collectors.joining());
    String text =
        "%s\n\n%sWorkspace: %s\n\nGatehouse tells you this because you asked for it.\n"
            .formatted(message.title(), facts, workspace);
    return new Letter(accountId, "[gatehouse] " + message.title(), text, asked);
  }

  static Letter parse(String text) {
    try {
      return JSON.readValue(text, Letter.class);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
