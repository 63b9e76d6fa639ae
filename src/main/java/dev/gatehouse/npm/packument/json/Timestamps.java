package dev.gatehouse.npm.packument.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/// Times as packuments spell them. Read: a date, a time to the second or finer, and an offset (`Z`,
/// `+00:00`). Written: as JavaScript does, in UTC with milliseconds. The reading is by hand because
/// a document has thousands of times and a formatter takes a microsecond for each.
public final class Timestamps {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";
  private static final int MAX_FRACTION = 9;

  private Timestamps() {}

  /// The instant that `text` means; null if it means none.
  public static @Nullable Instant parse(@Nullable String text) {
    if (text == null || text.length() <= SHAPE.length() || !hasShape(text)) {
      return null;
    }
    int zone = SHAPE.length();
    int fraction = 0;
    if (text.charAt(zone) == '.') {
      int end = endOfDigits(text, ++zone);
      if (end == zone || end - zone > MAX_FRACTION) {
        return null;
      }
      fraction = number(text, zone, end) * (int) Math.pow(10, MAX_FRACTION - (end - zone));
      zone = end;
    }
    try {
      ZoneOffset offset = offset(text.substring(zone));
      return offset == null ? null : dateTime(text, fraction).toInstant(offset);
    } catch (DateTimeException _) {
      return null;
    }
  }

  /// `2026-11-22T18:37:33.000Z`.
  public static String format(Instant instant) {
    return MILLISECONDS.format(instant);
  }

  private static boolean hasShape(String text) {
    for (int i = 0; i < SHAPE.length(); i++) {
      char wanted = SHAPE.charAt(i);
      if (wanted == 'd' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
        return false;
      }
    }
    return true;
  }

  private static LocalDateTime dateTime(String text, int nanos) {
    return LocalDateTime.of(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19),
        nanos);
  }

  private static @Nullable ZoneOffset offset(String text) {
    if (text.equals("Z") || text.equals("+00:00")) {
      return ZoneOffset.UTC;
    }
    boolean numeric = text.length() == 6 && (text.startsWith("+") || text.startsWith("-"));
    return numeric ? ZoneOffset.of(text) : null;
  }

  private static int endOfDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
