package dev.gatehouse.advisories.osv;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.advisories.Advisory.Cvss;
import dev.gatehouse.advisories.Advisory.Kind;
import dev.gatehouse.advisories.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How bad a record says it is, in words and by CVSS.
record OsvScores(@Nullable Severity word, @Nullable Cvss cvss) {
  private static final List<String> NEWEST_FIRST = List.of("CVSS_V4", "CVSS_V3", "CVSS_V2");

  /// What `root` says of the package that `affected` is about; the more precise one wins.
  static OsvScores of(JsonNode root, List<JsonNode> affected) {
    List<JsonNode> places = new ArrayList<>(affected);
    places.add(root);
    Severity word = null;
    Cvss cvss = null;
    for (JsonNode place : places) {
      if (word == null) {
        word = Severity.named(place.at("/database_specific/severity").asText(null));
      }
      if (cvss == null) {
        cvss = cvss(place.path("severity"));
      }
    }
    return new OsvScores(word, cvss);
  }

  /// The severity: the word, else what the score stands for; malware of which neither is said is
  /// critical.
  Severity severity(Kind kind) {
    if (word != null) {
      return word;
    }
    if (cvss != null && cvss.score() > 0) {
      return Severity.of(cvss.score());
    }
    return kind == Kind.MALWARE ? Severity.CRITICAL : Severity.UNKNOWN;
  }

  private static @Nullable Cvss cvss(JsonNode severities) {
    for (String type : NEWEST_FIRST) {
      for (JsonNode one : severities) {
        String vector = one.path("score").asText("");
        Double score = one.path("type").asText("").equals(type) ? CvssScore.of(vector) : null;
        if (score != null) {
          return new Cvss(vector, score);
        }
      }
    }
    return null;
  }
}
