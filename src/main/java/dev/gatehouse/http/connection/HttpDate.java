package dev.gatehouse.http.connection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The `Date` header's value, formatted once a second rather than once a response.
public final class HttpDate {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private volatile String text = FORM.format(Instant.now());

  /// Takes the time anew.
  public void refresh() {
    text = FORM.format(Instant.now());
  }

  /// The current value.
  public String text() {
    return text;
  }
}
