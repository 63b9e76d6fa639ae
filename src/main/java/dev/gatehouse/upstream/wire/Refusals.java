package dev.gatehouse.upstream.wire;

import dev.gatehouse.upstream.source.UpstreamSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// Puts answers that are not what was asked for into words.
public final class Refusals {
  private static final int MAX_DIGITS = 6;

  private Refusals() {}

  /// What the status of `reply`, to a question to `source`, means for the person who waits.
  public static UpstreamException of(Reply reply, UpstreamSource source) {
    String origin = UpstreamSource.origin(reply.uri());
    int status = reply.status();
    return switch (status) {
      case 401, 403 -> UpstreamException.lasting(credential(reply, source));
      case 429, 500, 502, 503, 504 ->
          UpstreamException.passing(
              "The upstream at %s is in trouble or too busy (%d).".formatted(origin, status),
              retryAfter(reply.header(HttpHeaders.RETRY_AFTER)));
      case 508 ->
          UpstreamException.lasting(
              "The upstream at %s leads, perhaps through others, back to where the question came"
                      .formatted(origin)
                  + " from: it has gone round in a circle (508). Remove one of the upstreams.");
      default ->
          UpstreamException.lasting(
              "The upstream at %s gave an answer of no use (%d).".formatted(origin, status));
    };
  }

  private static String credential(Reply reply, UpstreamSource source) {
    String start =
        "The upstream at %s refused access (%d): "
            .formatted(UpstreamSource.origin(reply.uri()), reply.status());
    if (source.credential() == null) {
      return start + "no credential is configured for it.";
    }
    return source.owns(reply.uri())
        ? start + "its configured credential is refused. Renew it or widen its rights."
        : start + "the credential is sent only to addresses below " + source.base() + ".";
  }

  private static @Nullable Duration retryAfter(@Nullable String header) {
    if (header == null) {
      return null;
    }
    if (header.length() <= MAX_DIGITS && header.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return header.isEmpty() ? null : Duration.ofSeconds(Long.parseLong(header));
    }
    try {
      Instant then = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(Instant.now(), then);
    } catch (DateTimeException _) {
      return null;
    }
  }
}
