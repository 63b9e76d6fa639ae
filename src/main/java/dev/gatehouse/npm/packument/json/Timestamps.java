package dev.gatehouse.npm.packument.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/// Times as packuments spell them. Read: a date, a time to the second or finer, and an offset (`Z`,
/// `+00:00`). Written: as JavaScript does, in UTC with milliseconds. Both are done by hand because
/// a document has thousands of times and a formatter takes a microsecond for each.
public final class Timestamps {
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";
  private static final int MAX_FRACTION = 9;
  private static final Instant YEAR_ZERO = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

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
    if (instant.isBefore(YEAR_ZERO) || !instant.isBefore(YEAR_10000)) {
      return MILLISECONDS.format(instant);
    }
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    digits(text, 4, time.getYear());
    digits(text, 7, time.getMonthValue());
    digits(text, 10, time.getDayOfMonth());
    digits(text, 13, time.getHour());
    digits(text, 16, time.getMinute());
    digits(text, 19, time.getSecond());
    digits(text, 23, time.getNano() / 1_000_000);
    return new String(text);
  }

  /// Writes `number` so that it ends before `end`.
  private static void digits(char[] text, int end, int number) {
    int at = end;
    for (int rest = number; rest > 0; rest /= 10) {
      text[--at] = (char) ('0' + rest % 10);
    }
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
