package dev.gatehouse.upstream;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.upstream.source.Credential;
import dev.gatehouse.upstream.source.UpstreamSource;
import dev.gatehouse.upstream.wire.Deadline;
import dev.gatehouse.upstream.wire.Exchange;
import dev.gatehouse.upstream.wire.Question;
import dev.gatehouse.upstream.wire.Refusals;
import dev.gatehouse.upstream.wire.Reply;
import dev.gatehouse.upstream.wire.UpstreamException;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpEntity;

/// Sends things to upstreams, once each: whether a broken attempt arrived is not known, and a
/// version cannot be published twice.
record Pushes(Exchange exchange) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WORDS_READ = 8 << 10;
  private static final int WORDS_SHOWN = 300;

  PushAnswer put(Question question, HttpEntity body, Deadline deadline) {
    try (Reply reply = exchange.put(question, body, deadline)) {
      int status = reply.status();
      if (status >= 200 && status < 300) {
        reply.beginning(WORDS_READ);
        return new PushAnswer.Accepted();
      }
      UpstreamException refusal = Refusals.of(reply, question.source());
      return status >= 400 && status < 500 && status != 429
          ? new PushAnswer.Refused(status, refusal.sentence() + words(reply, question.source()))
          : new PushAnswer.Failed(refusal.sentence(), false);
    } catch (UpstreamException failed) {
      return new PushAnswer.Failed(failed.sentence(), failed.timedOut());
    }
  }

  /// The upstream's explanation, without control characters, and without our secret should it play
  /// that back.
  private static String words(Reply reply, UpstreamSource source) {
    String words = explanation(reply.beginning(WORDS_READ)).replaceAll("\\p{Cntrl}+", " ");
    Credential credential = source.credential();
    if (credential != null && !credential.secret().isEmpty()) {
      words = words.replace(credential.secret(), "***").replace(credential.header(), "***");
    }
    if (words.isBlank()) {
      return "";
    }
    return " It says: " + words.substring(0, Math.min(words.length(), WORDS_SHOWN)).strip();
  }

  private static String explanation(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      return Stream.of("error", "message", "reason")
          .map(field -> tree.path(field).asText(""))
          .filter(text -> !text.isBlank())
          .findFirst()
          .orElse("");
    } catch (JacksonException _) {
      return "";
    } catch (IOException _) {
      return "";
    }
  }
}
