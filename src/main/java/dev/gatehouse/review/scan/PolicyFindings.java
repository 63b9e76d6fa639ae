package dev.gatehouse.review.scan;

import dev.gatehouse.install.judge.Ruling;
import dev.gatehouse.issues.Cause;
import dev.gatehouse.issues.Finding;
import dev.gatehouse.issues.Occurrence;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.judge.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What enforced policies object to: one finding for each cause. What time alone ends needs nobody;
/// what advisories say is found without policies; what people decide they know.
final class PolicyFindings {
  private static final Set<PolicyName> OTHERS =
      EnumSet.of(
          PolicyName.DECISION,
          PolicyName.FREEZE,
          PolicyName.IMMUTABLE,
          PolicyName.MALWARE,
          PolicyName.VULNERABILITIES);

  private final Map<String, List<Occurrence>> occurrences = new LinkedHashMap<>();
  private final Map<String, Finding.Text> texts = new LinkedHashMap<>();

  private PolicyFindings() {}

  static List<Finding> of(List<Seen> seen) {
    var findings = new PolicyFindings();
    seen.forEach(findings::add);
    List<Finding> all = new ArrayList<>();
    findings.occurrences.forEach((cause, places) -> {
      Finding.Text text = findings.texts.get(cause);
      if (text != null) {
        var key = new Cause(Cause.Type.POLICY, cause, Set.of());
        all.add(new Finding(key, text, places, List.of()));
      }
    });
    return all;
  }

  /// What the registry's own policies say; those of the registries that it draws from are theirs.
  private void add(Seen seen) {
    if (seen.ruling() == null) {
      return;
    }
    for (Ruling.Opinion opinion : seen.ruling().opinions()) {
      if (opinion.registryId() == seen.registry().id()) {
        opinion.judgement().outcomes().stream()
            .filter(one -> one.mode() == Mode.ENFORCE && !OTHERS.contains(one.policy()))
            .forEach(one -> add(seen, one));
      }
    }
  }

  private void add(Seen seen, Outcome outcome) {
    if (outcome.finding() instanceof dev.gatehouse.policy.Finding.Objection(var verdicts)) {
      boolean waived = outcome.state() == Outcome.State.LIFTED;
      for (Verdict verdict : verdicts) {
        switch (verdict) {
          case Verdict.Allow _, Verdict.Hold _ -> {}
          case Verdict.Quarantine(List<Reason> reasons) ->
              reasons.forEach(reason -> add(seen, waived, "moderate", reason));
          // Somebody may want what is blocked; that waits for nobody unless it is here.
          case Verdict.Block(List<Reason> reasons) -> {
            if (seen.kept()) {
              reasons.forEach(reason -> add(seen, waived, "high", reason));
            }
          }
        }
      }
    }
  }

  private void add(Seen seen, boolean waived, String severity, Reason reason) {
    List<Occurrence> places = occurrences.computeIfAbsent(reason.cause(), _ -> new ArrayList<>());
    if (places.stream()
        .noneMatch(one ->
            one.version().equals(seen.version()) && one.registryId() == seen.registry().id())) {
      places.add(seen.occurrence(waived));
    }
    String told = reason.evidence().getOrDefault("severity", severity);
    texts.putIfAbsent(reason.cause(), new Finding.Text(told, reason.sentence(), null));
  }
}
