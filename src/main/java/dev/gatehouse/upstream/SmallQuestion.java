package dev.gatehouse.upstream;

import dev.gatehouse.upstream.source.UpstreamSource;
import dev.gatehouse.upstream.wire.Deadline;
import dev.gatehouse.upstream.wire.Exchange;
import dev.gatehouse.upstream.wire.Question;
import dev.gatehouse.upstream.wire.Refusals;
import dev.gatehouse.upstream.wire.Reply;
import dev.gatehouse.upstream.wire.UpstreamException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/// A JSON document that is asked for once, at an address that need not be below the source's own,
/// and what its answer may cost. No redirect is followed when something is sent along.
///
/// @param form what to send, as forms are encoded; null to send nothing
/// @param headers what to send besides, which may hold a credential
public record SmallQuestion(
    URI uri, @Nullable String form, Map<String, String> headers, Duration time, long bytes) {
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);
  private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([a-z_]{1,40})\"");
  private static final int WORDS_READ = 4 << 10;

  /// Keeps its own copy of the headers.
  public SmallQuestion {
    headers = Map.copyOf(headers);
  }

  /// What came of it.
  public sealed interface Answer {
    /// The document.
    record Given(String document) implements Answer {}

    /// The other side understood and said no. `sentence` may be shown.
    record Refused(String sentence) implements Answer {}

    /// Nothing is known: `sentence` says why and may be shown.
    record Failed(String sentence, boolean timedOut) implements Answer {}
  }

  Answer ask(Exchange exchange, UpstreamSource source, Path scratch, Deadline deadline) {
    try (Reply reply = send(exchange, new Question(source, uri, headers), deadline)) {
      if (reply.status() == 200) {
        byte[] document = new DocumentBody(reply, bytes).receive(scratch).take();
        return new Answer.Given(new String(document, StandardCharsets.UTF_8));
      }
      if (REFUSALS.contains(reply.status())) {
        return new Answer.Refused(refusal(reply));
      }
      throw Refusals.of(reply, source);
    } catch (UpstreamException failed) {
      return new Answer.Failed(failed.sentence(), failed.timedOut());
    }
  }

  private Reply send(Exchange exchange, Question question, Deadline deadline)
      throws UpstreamException {
    return form == null
        ? exchange.get(question, deadline)
        : exchange.post(
            question, new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED), deadline);
  }

  /// Of what the other side says, only the code that a standard knows.
  private static String refusal(Reply reply) {
    String words = new String(reply.beginning(WORDS_READ), StandardCharsets.UTF_8);
    Matcher code = ERROR.matcher(words);
    return "%s refuses the question (%d%s)."
        .formatted(
            UpstreamSource.origin(reply.uri()),
            reply.status(),
            code.find() ? ", " + code.group(1) : "");
  }

  @Override
  public String toString() {
    return "SmallQuestion[uri=" + uri + "]";
  }
}
