package dev.gatehouse.web.npm.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An advisory as npm's clients read it.
///
/// @param id a number, since clients that are strict take nothing else
/// @param names all that the advisory is called, by which the same is known from elsewhere
/// @param fixed the versions that are free of it, oldest first
record Finding(
    long id,
    Set<String> names,
    String url,
    String title,
    String severity,
    String range,
    List<String> cwes,
    @Nullable String vector,
    double score,
    List<String> fixed) {
  private static final List<String> SEVERITIES = List.of("low", "moderate", "high", "critical");

  /// In the answer to the bulk question.
  Map<String, Object> json() {
    Map<String, Object> cvss = new java.util.LinkedHashMap<>();
    cvss.put("score", score);
    cvss.put("vectorString", vector);
    Map<String, Object> json = new java.util.LinkedHashMap<>();
    json.put("id", id);
    json.put("url", url);
    json.put("title", title);
    json.put("severity", severity);
    json.put("vulnerable_versions", range);
    json.put("cwe", cwes);
    json.put("cvss", cvss);
    return json;
  }

  /// How bad it is, the mildest being 0.
  int rank() {
    return SEVERITIES.indexOf(severity);
  }

  /// A severity that clients know: one that nobody has told counts as high, so that whoever asks
  /// for what is bad is not told that all is well.
  static String severity(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return SEVERITIES.contains(lower) ? lower : lower.equals("info") ? "low" : "high";
  }

  boolean isSameAs(Finding other) {
    return names.stream().anyMatch(other.names()::contains);
  }
}
