package dev.gatehouse.web.api;

import dev.gatehouse.http.Body;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.wire.EntityTags;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Answers of the API: JSON that nobody stores. What people edit carries an entity tag, so that an
/// edit can say by `If-Match` which state it was made of.
public final class Answer {
  private static final int TAG_LENGTH = 24;
  private static final String CACHING = "private, no-cache";

  private Answer() {}

  /// `value` as JSON.
  public static Response of(int status, Object value) {
    return Response.json(status, value).with("cache-control", "no-store");
  }

  /// `json` as it was answered before.
  public static Response withText(int status, String json) {
    return Response.bytes(status, "application/json", json.getBytes(StandardCharsets.UTF_8))
        .with("cache-control", "no-store");
  }

  /// Done, and there is nothing to say.
  public static Response done() {
    return Response.empty(204).with("cache-control", "no-store");
  }

  /// `value` with its entity tag, or 304 if `request` has it.
  public static Response tagged(Request request, Object value) {
    String tag = tag(value);
    Response response =
        request.method().equals("GET") && request.matches(tag)
            ? Response.empty(304)
            : Response.json(200, value);
    return response.with("etag", tag).with("cache-control", CACHING);
  }

  /// Refuses a request whose `If-Match` names another state than `current`.
  public static void requireMatch(Request request, Object current) {
    String wanted = request.header("if-match");
    if (wanted != null && !EntityTags.matches(wanted, tag(current))) {
      throw new ProblemException(
          new Problem.Outdated(
              "Somebody has changed this since you looked at it: load it again, then change it."));
    }
  }

  /// An instant as the API writes it, or null.
  public static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String tag(Object value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Body body = Response.json(200, value).body();
      byte[] bytes = body instanceof Body.Bytes(var content) ? content.bytes() : new byte[0];
      return "\"" + HexFormat.of().formatHex(digest.digest(bytes)).substring(0, TAG_LENGTH) + "\"";
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
