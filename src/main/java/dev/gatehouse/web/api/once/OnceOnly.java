package dev.gatehouse.web.api.once;

import dev.gatehouse.access.secret.Secrets;
import dev.gatehouse.http.Body;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import dev.gatehouse.web.JsonBody;
import dev.gatehouse.web.api.Answer;
import dev.gatehouse.web.api.ApiBody;
import dev.gatehouse.web.api.Visitors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Carries a request that has an `Idempotency-Key` out once: who sends it again, as one does when
/// the answer got lost, is told what came of the first. Requests without a key pass.
///
/// @param secret what to say in place of an answer that holds a secret, which is not kept; null if
///   answers hold none
public record OnceOnly(Visitors visitors, Attempts attempts, @Nullable String secret, Handler next)
    implements Handler {
  private static final String HEADER = "idempotency-key";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{8,200}");

  @Override
  public Response handle(Request request) throws Exception {
    String key = request.header(HEADER);
    if (key == null) {
      return next.handle(request);
    }
    if (!KEY.matcher(key).matches()) {
      throw ApiBody.malformed(
          "Idempotency-Key is 8 to 200 characters without spaces, drawn anew for each thing that is"
              + " to be done.");
    }
    Attempts.Name name =
        Attempts.Name.of(
            visitors.visitor(request).identity(), request.method() + " " + request.path(), key);
    String bodyHash = hash(JsonBody.keep(request, ApiBody.LARGEST));
    Attempts.Known known = attempts.begin(name, bodyHash);
    return known == null ? first(request, name) : again(known, bodyHash);
  }

  private Response first(Request request, Attempts.Name name) throws Exception {
    Response response;
    try {
      response = next.handle(request);
    } catch (ProblemException refused) {
      // Nothing was done: what was wrong may be put right under the same key.
      attempts.forget(name);
      throw refused;
    }
    // After any other failure nobody knows what was done, and that is what a retry is told.
    attempts.end(name, response.status(), secret == null ? text(response) : null);
    return response;
  }

  private Response again(Attempts.Known known, String bodyHash) {
    if (!known.bodyHash().equals(bodyHash)) {
      throw new ProblemException(
          new Problem.KeyReused(
              "This Idempotency-Key came with another request before: draw a new key for each thing"
                  + " that is to be done."));
    }
    Integer status = known.status();
    if (status == null) {
      throw conflict(
          "The same request is being carried out, or the server was stopped in its midst: see"
              + " whether it was done before you send it with another key.");
    }
    String answer = known.answer();
    if (answer == null) {
      throw conflict(secret == null ? "This was done already." : secret);
    }
    return Answer.withText(status, answer).with("idempotency-replayed", "true");
  }

  private static ProblemException conflict(String sentence) {
    return new ProblemException(new Problem.Conflict(sentence));
  }

  private static @Nullable String text(Response response) {
    return response.body() instanceof Body.Bytes(var content)
        ? new String(content.bytes(), StandardCharsets.UTF_8)
        : null;
  }

  private static String hash(byte[] body) {
    return Secrets.sha256(Base64.getEncoder().encodeToString(body));
  }
}
