package dev.gatehouse.upstream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an upstream said with a document so that one can later ask whether it has changed; kept and
/// sent back as it came.
public record Validators(@Nullable String etag, @Nullable String lastModified) {
  private static final int MAX_LENGTH = 1024;
  private static final String USUAL = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

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
      return lastModified.length() == USUAL.length() && lastModified.endsWith(" GMT")
          ? usual(lastModified).toInstant(ZoneOffset.UTC)
          : ZonedDateTime.parse(lastModified, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException | NumberFormatException _) {
      return null;
    }
  }

  /// The form that nearly everybody writes, read by hand: a formatter takes long, and this is read
  /// whenever a document is looked at.
  private static LocalDateTime usual(String text) {
    return LocalDateTime.of(
        Integer.parseInt(text, 12, 16, 10),
        MONTHS.indexOf(text.substring(8, 11)) + 1,
        Integer.parseInt(text, 5, 7, 10),
        Integer.parseInt(text, 17, 19, 10),
        Integer.parseInt(text, 20, 22, 10),
        Integer.parseInt(text, 23, 25, 10));
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
