package dev.gatehouse.policy.licence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.policy.licence.LicenceReading.Grade;
import org.jspecify.annotations.Nullable;

/// A licence as a manifest claims it: the value as it stands there, shortened, and its reading.
public record LicenceClaim(String raw, LicenceReading reading) {
  private static final int LONGEST = 500;
  private static final int MOST_PARTS = 50;

  /// Reads the value of `license`, or else of `licenses`, `licence`, `lisence`: a text, an object
  /// with a `type`, or an array of these. Never throws.
  public static LicenceClaim of(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.toString();
    return new LicenceClaim(shortened(text), reading(value));
  }

  /// Reads a text, as nearly all packages have it.
  public static LicenceClaim of(String text) {
    return new LicenceClaim(shortened(text), text(text));
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  private static LicenceReading reading(JsonNode value) {
    if (value.isArray()) {
      return alternatives(value);
    }
    JsonNode named = value;
    if (value.isObject()) {
      named = value.path("type").isTextual() ? value.path("type") : value.path("name");
    }
    return named.isTextual() ? text(named.textValue()) : LicenceReading.of(Grade.UNRECOGNISED);
  }

  private static LicenceReading text(String text) {
    SpdxExpression parsed = SpdxParser.strict(text);
    if (parsed != null) {
      return new LicenceReading(Grade.PARSED, parsed);
    }
    String stripped = text.strip();
    if (stripped.startsWith("SEE LICENSE IN ") || stripped.startsWith("SEE LICENCE IN ")) {
      return LicenceReading.of(Grade.SEE_FILE);
    }
    if (stripped.equals("UNLICENSED")) {
      return LicenceReading.of(Grade.PROPRIETARY);
    }
    SpdxExpression corrected = SpdxParser.lenient(text);
    return corrected == null
        ? LicenceReading.of(Grade.UNRECOGNISED)
        : new LicenceReading(Grade.CORRECTED, corrected);
  }

  /// An array is npm's old way to offer a choice. One part that is not understood spoils it: that
  /// part might be the only one that is meant.
  private static LicenceReading alternatives(JsonNode parts) {
    if (parts.isEmpty() || parts.size() > MOST_PARTS) {
      return LicenceReading.of(Grade.UNRECOGNISED);
    }
    @Nullable SpdxExpression all = null;
    for (JsonNode part : parts) {
      SpdxExpression one = part.isArray() ? null : reading(part).expression();
      if (one == null) {
        return LicenceReading.of(Grade.UNRECOGNISED);
      }
      all = all == null ? one : new SpdxExpression.Or(all, one);
    }
    boolean plain = parts.size() == 1 && reading(parts.get(0)).grade() == Grade.PARSED;
    return new LicenceReading(plain ? Grade.PARSED : Grade.CORRECTED, all);
  }
}
