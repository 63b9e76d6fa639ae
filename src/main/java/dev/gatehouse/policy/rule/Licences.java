package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.licence.LicenceClaim;
import dev.gatehouse.policy.licence.LicenceRules;
import dev.gatehouse.policy.licence.LicenceRules.Match;
import dev.gatehouse.policy.licence.SpdxExpression;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the licence of a version of others must be. Of alternatives (`OR`) the best counts, of
/// licences that hold together (`AND`) the worst.
public final class Licences implements Policy {
  private static final Set<String> SEVERITIES = Set.of("low", "moderate", "high", "critical");

  private final Settings settings;
  private final LicenceRules<Dealt> rules;

  /// Its settings.
  ///
  /// @param use the licence policy of the workspace whose rules count instead of these; empty for
  ///   none
  /// @param name how people call this set of rules
  /// @param rules the first that fits a licence counts
  /// @param otherwise what is done where no rule decides
  /// @param observed whether licence files in the tarball are judged too: this needs the tarball
  /// @param hosted whether what is published here is judged too
  public record Settings(
      String use,
      String name,
      List<Rule> rules,
      Otherwise otherwise,
      boolean observed,
      boolean hosted) {
    /// Copyleft of the network kind and the kind that spreads, and licences that are no open ones.
    public static final Settings DEFAULT =
        new Settings(
            "",
            "default",
            List.of(
                new Rule("AGPL-*", Action.QUARANTINE, "high"),
                new Rule("SSPL-*", Action.QUARANTINE, "high"),
                new Rule("BUSL-*", Action.QUARANTINE, "high"),
                new Rule("*-NC-*", Action.QUARANTINE, "high"),
                new Rule("GPL-*", Action.QUARANTINE, "moderate")),
            new Otherwise(Action.ALLOW, Action.QUARANTINE, Action.QUARANTINE, Action.FLAG, false),
            false,
            false);

    /// Keeps its own copy.
    public Settings {
      rules = List.copyOf(rules);
    }
  }

  /// What is done with a licence.
  ///
  /// @param licence an id, an expression, or a pattern of ids with stars
  /// @param action what is done
  /// @param severity what an issue about it says
  public record Rule(String licence, Action action, String severity) {
    /// Refuses severities that nobody knows; none is moderate.
    public Rule {
      severity = severity.isEmpty() ? "moderate" : severity;
      if (!SEVERITIES.contains(severity)) {
        throw new ProblemException(
            new Problem.Malformed(
                "\"%s\" is no severity: there are low, moderate, high and critical."
                    .formatted(severity.length() > 50 ? severity.substring(0, 50) : severity)));
      }
    }
  }

  /// What a rule leads to. The severity of what is not done counts for nothing.
  private record Dealt(Action action, String severity) implements Comparable<Dealt> {
    static final Dealt NONE = new Dealt(Action.ALLOW, "low");

    @Override
    public int compareTo(Dealt other) {
      return action.compareTo(other.action);
    }
  }

  /// What is done where no rule decides.
  ///
  /// @param other with a licence that no rule fits
  /// @param unknown with a claim that names no licence
  /// @param missing where there is no claim
  /// @param differs where a licence file has the text of a licence that the claim does not name
  /// @param corrected whether a claim that had to be corrected can do more than accuse: whether
  ///   what it allows is allowed, and not unknown
  public record Otherwise(
      Action other, Action unknown, Action missing, Action differs, boolean corrected) {}

  /// The policy with these settings.
  public Licences(Settings settings) {
    this.settings = settings;
    this.rules =
        new LicenceRules<>(
            settings.rules().stream()
                .map(rule -> Match.parse(rule.licence(), new Dealt(rule.action(), rule.severity())))
                .toList(),
            new Dealt(settings.otherwise().other(), "moderate"));
  }

  @Override
  public PolicyName name() {
    return PolicyName.LICENCES;
  }

  @Override
  public Set<FactKind> needs() {
    return settings.observed()
        ? Set.of(FactKind.LICENCE, FactKind.OBSERVED_LICENCES)
        : Set.of(FactKind.LICENCE);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if (facts.subject().hosted() && !settings.hosted()) {
      return Finding.PASSED;
    }
    var findings = new Findings(name(), facts.subject(), settings.otherwise().missing());
    findings.look(
        FactKind.LICENCE,
        facts.manifest().licence(),
        "The licence",
        claim -> claimed(facts, claim, findings));
    if (settings.observed() && !(facts.contents().observedLicences() instanceof Fact.Missing<?>)) {
      findings.look(
          FactKind.OBSERVED_LICENCES,
          facts.contents().observedLicences(),
          "The licence file",
          ids -> {
            ids.forEach(id -> observed(facts, id, findings));
            compare(facts, ids, findings);
          });
    }
    return findings.finding();
  }

  private void claimed(Facts facts, LicenceClaim claim, Findings findings) {
    SpdxExpression expression = claim.reading().expression();
    Dealt dealt = expression == null ? Dealt.NONE : rules.judge(expression);
    Action named = dealt.action();
    boolean weak =
        switch (claim.reading().grade()) {
          case PARSED -> false;
          case CORRECTED -> !settings.otherwise().corrected();
          case SEE_FILE, PROPRIETARY, UNRECOGNISED -> true;
        };
    Action action = weak ? named.or(settings.otherwise().unknown()) : named;
    if (action != Action.ALLOW) {
      String sentence =
          action == named && expression != null
              ? facts.subject()
                  + " is licensed "
                  + expression
                  + ", which this registry does not want."
              : unknown(facts, claim);
      String severity = action == named ? dealt.severity() : "moderate";
      findings.add(action, sentence, evidence(claim, severity));
    }
  }

  private static String unknown(Facts facts, LicenceClaim claim) {
    SpdxExpression expression = claim.reading().expression();
    return expression == null
        ? "%s claims a licence that is none known: \"%s\".".formatted(facts.subject(), claim.raw())
        : "%s claims the licence \"%s\", which is no SPDX expression; perhaps %s is meant."
            .formatted(facts.subject(), claim.raw(), expression);
  }

  private Map<String, String> evidence(LicenceClaim claim, String severity) {
    SpdxExpression expression = claim.reading().expression();
    return Map.of(
        "claim", claim.raw(),
        "licence", expression == null ? "" : expression.toString(),
        "grade", claim.reading().grade().name().toLowerCase(Locale.ROOT),
        "policy", settings.name(),
        "severity", severity,
        "cause", claim.raw());
  }

  /// What a text cannot tell makes no difference: `-only` or `-or-later`.
  private void compare(Facts facts, List<String> observed, Findings findings) {
    LicenceClaim claim = facts.manifest().licence().orNull();
    SpdxExpression named = claim == null ? null : claim.reading().expression();
    if (claim == null || named == null) {
      return;
    }
    Set<String> families = new TreeSet<>();
    gather(named, families);
    for (String id : observed) {
      if (!families.contains(family(id))) {
        findings.add(
            settings.otherwise().differs(),
            "%s claims the licence %s, and a file in it has the text of %s."
                .formatted(facts.subject(), named, id),
            Map.of("observed", id, "claim", claim.raw(), "cause", "differs " + id));
      }
    }
  }

  private static void gather(SpdxExpression expression, Set<String> families) {
    switch (expression) {
      case SpdxExpression.Licence licence -> families.add(family(licence.id()));
      case SpdxExpression.And(var left, var right) -> {
        gather(left, families);
        gather(right, families);
      }
      case SpdxExpression.Or(var left, var right) -> {
        gather(left, families);
        gather(right, families);
      }
    }
  }

  private static String family(String id) {
    return id.replaceFirst("-(only|or-later)$", "");
  }

  private void observed(Facts facts, String id, Findings findings) {
    Dealt dealt = rules.judge(new SpdxExpression.Licence(id, false, null));
    findings.add(
        dealt.action(),
        "A file in %s has the text of %s, which this registry does not want."
            .formatted(facts.subject(), id),
        Map.of(
            "observed",
            id,
            "policy",
            settings.name(),
            "severity",
            dealt.severity(),
            "cause",
            "observed " + id));
  }
}
