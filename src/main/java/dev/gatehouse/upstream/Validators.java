package dev.gatehouse.upstream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an upstream said with a document so that one can later ask whether it has changed; kept and
/// sent back as it came.
public record Validators(@Nullable String etag, @Nullable String lastModified) {
  private static final int MAX_LENGTH = 1024;

  /// Values too long to keep count as not given.
  public Validators {
    etag = etag != null && etag.length() > MAX_LENGTH ? null : etag;
    lastModified = lastModified != null && lastModified.length() > MAX_LENGTH ? null : lastModified;
  }

  /// When the document was last changed, where the upstream said so in a readable form.
  public @Nullable Instant modifiedAt() {
    if (lastModified == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(lastModified, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  boolean isEmpty() {
    return etag == null && lastModified == null;
  }

  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (etag != null) {
      headers.put("If-None-Match", etag);
    }
    if (lastModified != null) {
      headers.put("If-Modified-Since", lastModified);
    }
    return headers;
  }
}
