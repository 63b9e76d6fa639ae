package dev.gatehouse.app.command;

import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When something ends, as operators write it: `12h`, `30d`, `8w` from now, or a day, `2027-01-31`
/// (its first moment, UTC).
public final class Expiry {
  private static final Pattern FROM_NOW = Pattern.compile("([1-9]\\d{0,4})([hdw])");

  private Expiry() {}

  /// The instant that `text` means at `now`.
  public static Instant of(String text, Instant now) {
    Matcher matcher = FROM_NOW.matcher(text);
    if (!matcher.matches()) {
      return day(text);
    }
    int count = Integer.parseInt(matcher.group(1));
    return now.plus(
        switch (matcher.group(2)) {
          case "h" -> Duration.ofHours(count);
          case "d" -> Duration.ofDays(count);
          default -> Duration.ofDays(7L * count);
        });
  }

  private static Instant day(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException _) {
      throw new ProblemException(
          new Problem.Malformed(
              "\"%s\" is no expiry: write 12h, 30d, 8w or a day such as 2027-01-31."
                  .formatted(text)));
    }
  }
}
