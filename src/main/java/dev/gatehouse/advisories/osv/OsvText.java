package dev.gatehouse.advisories.osv;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parts of a record that people read, made short and harmless.
final class OsvText {
  private static final int LONGEST_SUMMARY = 300;
  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_URL = 1000;
  private static final int MOST_CWES = 20;

  /// Which kind of reference leads to the advisory itself, best first.
  private static final List<String> REFERENCES =
      List.of("ADVISORY", "REPORT", "ARTICLE", "WEB", "PACKAGE");

  private OsvText() {}

  /// One line: the summary, else the beginning of the details, else the id.
  static String summary(JsonNode root, String id) {
    for (String field : List.of("summary", "details")) {
      String text = root.path(field).asText("").replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
      if (!text.isEmpty()) {
        return text.length() <= LONGEST_SUMMARY
            ? text
            : text.substring(0, LONGEST_SUMMARY).strip() + "…";
      }
    }
    return id;
  }

  /// Where the advisory can be read.
  static @Nullable String url(JsonNode root, String id) {
    if (id.startsWith("GHSA-")) {
      return "https://github.com/advisories/" + id;
    }
    for (String type : REFERENCES) {
      for (JsonNode reference : root.path("references")) {
        String url = reference.path("url").asText("");
        if (reference.path("type").asText("").equals(type) && isWeb(url)) {
          return url;
        }
      }
    }
    return id.startsWith("MAL-") ? "https://osv.dev/vulnerability/" + id : null;
  }

  private static boolean isWeb(String url) {
    try {
      URI uri = new URI(url);
      return url.length() <= LONGEST_URL
          && uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// The kinds of weakness, wherever the databases write them.
  static List<String> cwes(JsonNode root, List<JsonNode> affected) {
    Set<String> found = new LinkedHashSet<>();
    found.addAll(texts(root.at("/database_specific/cwe_ids"), MOST_CWES));
    for (JsonNode one : affected) {
      found.addAll(texts(one.at("/database_specific/cwe_ids"), MOST_CWES));
      for (JsonNode cwe : one.at("/database_specific/cwes")) {
        found.add(cwe.path("cweId").asText(""));
      }
    }
    return found.stream().filter(cwe -> cwe.matches("CWE-\\d{1,5}")).limit(MOST_CWES).toList();
  }

  /// The short texts in an array, at most `most`.
  static List<String> texts(JsonNode array, int most) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : array) {
      if (one.isTextual() && one.textValue().length() <= LONGEST_TEXT && texts.size() < most) {
        texts.add(one.textValue());
      }
    }
    return texts;
  }

  static @Nullable Instant instant(JsonNode root, String field) {
    String text = root.path(field).asText("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      // What was taken back at a time that nobody can read was taken back.
      return field.equals("withdrawn") ? Instant.ofEpochSecond(1) : null;
    }
  }
}
