package dev.gatehouse.http;

import dev.gatehouse.problem.Problem;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one place that gives problems a status, in the form that npm's clients print:
/// `{"error":"sentence"}`.
public final class ProblemMapper {
  private ProblemMapper() {}

  /// The answer to a problem.
  public static Response response(Problem problem) {
    return switch (problem) {
      case Problem.NotFound(String sentence) -> error(404, sentence);
      case Problem.Malformed(String sentence) -> error(400, sentence);
      case Problem.Unauthenticated(String sentence) ->
          error(401, sentence).with("www-authenticate", "Bearer");
      // Clients ask for the code then, and send it as npm-otp.
      case Problem.SecondFactorNeeded(String sentence) ->
          error(401, sentence).with("www-authenticate", "OTP");
      case Problem.ConfirmationNeeded(String sentence, String authUrl, String doneUrl) ->
          Response.json(401, Map.of("error", sentence, "authUrl", authUrl, "doneUrl", doneUrl))
              .with("cache-control", "no-store")
              .with("www-authenticate", "OTP");
      case Problem.Forbidden(String sentence) -> error(403, sentence);
      case Problem.Withheld(String sentence) -> error(403, sentence);
      case Problem.Conflict(String sentence) -> error(409, sentence);
      case Problem.KeyReused(String sentence) -> error(422, sentence);
      case Problem.Outdated(String sentence) -> error(412, sentence);
      case Problem.TooLarge(String sentence) -> error(413, sentence);
      // Clients try the older way when they are told 404, and give up on 501.
      case Problem.Unsupported(String sentence) -> error(404, sentence);
      case Problem.WrongMethod(String sentence, var allowed) ->
          error(405, sentence).with("allow", String.join(", ", allowed));
      case Problem.TooSlow(String sentence) -> error(408, sentence);
      case Problem.RangeOutside(String sentence, long size) ->
          error(416, sentence).with("content-range", "bytes */" + size);
      case Problem.UpstreamFailed(String sentence, boolean timedOut) ->
          error(timedOut ? 504 : 502, sentence);
      case Problem.Circle(String sentence) -> error(508, sentence);
      case Problem.Busy(String sentence, var retryAfter, boolean tooMany) ->
          error(tooMany ? 429 : 503, sentence).with("retry-after", seconds(retryAfter));
    };
  }

  static Response error(int status, String sentence) {
    return Response.json(status, Map.of("error", sentence)).with("cache-control", "no-store");
  }

  /// Whole seconds, rounded up: a client that comes back early would only be told again.
  private static String seconds(@Nullable Duration duration) {
    return duration == null
        ? "1"
        : Long.toString(Math.max(1, duration.plusSeconds(1).minusNanos(1).toSeconds()));
  }
}
