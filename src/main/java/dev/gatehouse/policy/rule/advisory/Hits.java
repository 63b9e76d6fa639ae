package dev.gatehouse.policy.rule.advisory;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Advisories.Hit;
import dev.gatehouse.policy.fact.Advisories.Label;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Findings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What both policies do with the advisories that touch a version.
///
/// @param policy which of the two looks
/// @param kind the advisories it looks at
/// @param missing what is done if there should be advisories and it is not known which touch
/// @param internal whether feeds may speak of internal packages: they mean others of that name
record Hits(PolicyName policy, Advisories.Kind kind, Action missing, boolean internal) {

  /// What is done about one advisory.
  interface Response {
    Action to(Hit hit);
  }

  Finding check(Facts facts, Response response) {
    Advisories advisories = facts.advisories();
    if (!advisories.imported() && advisories.touching().orNull() == null) {
      return new Finding.Passed(neverImported(facts));
    }
    var findings = new Findings(policy, facts.subject(), missing);
    return findings
        .look(
            FactKind.ADVISORIES,
            advisories.touching(),
            "Which advisories name this version",
            hits -> judge(facts, hits, response, findings))
        .finding();
  }

  private void judge(Facts facts, List<Hit> hits, Response response, Findings findings) {
    for (Hit hit : hits) {
      if (hit.kind() == kind && counts(facts, hit)) {
        findings.add(response.to(hit), sentence(facts, hit), evidence(hit));
      }
    }
  }

  private boolean counts(Facts facts, Hit hit) {
    return internal || !facts.subject().internal() || hit.label().source().equals(Label.OWN);
  }

  private Reason neverImported(Facts facts) {
    return new Reason(
        policy,
        "No advisories were ever imported, so nobody knows whether one names %s: import them."
            .formatted(facts.subject()),
        Map.of("cause", "never-imported"));
  }

  private static String sentence(Facts facts, Hit hit) {
    Label label = hit.label();
    String summary = label.summary().isBlank() ? "" : ": " + label.summary().strip();
    String text =
        hit.kind() == Advisories.Kind.MALWARE
            ? facts.subject() + " is malware, says " + label.id() + summary
            : facts.subject()
                + " has a vulnerability"
                + severity(hit)
                + ", "
                + label.id()
                + summary;
    String ended = text.endsWith(".") ? text : text + ".";
    return hit.fixed().isEmpty()
        ? ended
        : ended + " Fixed in " + String.join(", ", hit.fixed()) + ".";
  }

  private static String severity(Hit hit) {
    return hit.rating().severity() == Advisories.Severity.UNKNOWN
        ? ""
        : " of severity " + hit.rating().severity().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> evidence(Hit hit) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("advisory", hit.label().id());
    evidence.put("source", hit.label().source());
    evidence.put("severity", hit.rating().severity().name().toLowerCase(Locale.ROOT));
    @Nullable Double score = hit.rating().score();
    if (score != null) {
      evidence.put("score", score.toString());
    }
    if (!hit.label().aliases().isEmpty()) {
      evidence.put("aliases", String.join(" ", hit.label().aliases().stream().sorted().toList()));
    }
    if (!hit.fixed().isEmpty()) {
      evidence.put("fixed", String.join(" ", hit.fixed()));
    }
    return evidence;
  }
}
