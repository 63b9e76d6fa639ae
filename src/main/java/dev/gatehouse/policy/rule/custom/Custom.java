package dev.gatehouse.policy.rule.custom;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.fact.Advisories;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Findings;
import dev.gatehouse.policy.rule.Policy;
import dev.gatehouse.problem.Problem;
import dev.gatehouse.problem.ProblemException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges by expressions over the facts. A version that fits one is dealt with as that rule says.
public final class Custom implements Policy {
  private static final int MOST_RULES = 50;
  private static final int LONGEST_REASON = 300;

  private final Settings settings;
  private final List<Compiled> rules;
  private final Set<FactKind> needs = EnumSet.noneOf(FactKind.class);

  /// Its settings.
  ///
  /// @param rules each of them is asked
  /// @param missing what is done where a fact that a rule asks for was looked for and not found
  /// @param error what is done where an expression comes to no answer
  /// @param hosted whether what is published here is judged too
  public record Settings(List<Rule> rules, Action missing, Action error, boolean hosted) {
    /// No rules; what nobody can tell is quarantined.
    public static final Settings DEFAULT =
        new Settings(List.of(), Action.QUARANTINE, Action.QUARANTINE, false);

    /// Keeps its own copy.
    public Settings {
      rules = List.copyOf(rules);
    }
  }

  /// What is done with versions that an expression fits.
  ///
  /// @param when the expression; true is a fit
  /// @param action what is done
  /// @param reason why, for people
  public record Rule(String when, Action action, String reason) {}

  private record Compiled(Rule rule, Expression expression) {}

  /// The policy with these settings; a problem with a sentence if an expression cannot be used.
  public Custom(Settings settings) {
    if (settings.rules().size() > MOST_RULES) {
      throw malformed("There are more than %d rules.".formatted(MOST_RULES));
    }
    this.settings = settings;
    this.rules = settings.rules().stream().map(Custom::compile).toList();
    rules.forEach(one -> needs.addAll(one.expression().needs()));
  }

  private static Compiled compile(Rule rule) {
    if (rule.reason().isBlank() || rule.reason().length() > LONGEST_REASON) {
      throw malformed(
          "Every rule has a \"reason\" of up to %d characters, which people are told."
              .formatted(LONGEST_REASON));
    }
    return new Compiled(rule, Expression.read(rule.when()));
  }

  @Override
  public PolicyName name() {
    return PolicyName.CUSTOM;
  }

  @Override
  public Set<FactKind> needs() {
    return needs.isEmpty() ? Set.of() : EnumSet.copyOf(needs);
  }

  @Override
  public Finding check(Facts facts, Instant now) {
    if (facts.subject().hosted() && !settings.hosted()) {
      return Finding.PASSED;
    }
    var findings = new Findings(name(), facts.subject(), settings.missing());
    rules.forEach(one -> apply(one, facts, findings));
    Advisories advisories = facts.advisories();
    if (needs.contains(FactKind.ADVISORIES) && Vocabulary.neverImported(advisories)) {
      findings.add(
          Action.FLAG,
          "No advisories were ever imported, so nobody knows whether one names %s: import them."
              .formatted(facts.subject()),
          Map.of("cause", "never-imported"));
    }
    return findings.finding();
  }

  private void apply(Compiled one, Facts facts, Findings findings) {
    Rule rule = one.rule();
    switch (one.expression().about(facts)) {
      case Answer.Fits _ ->
          findings.add(
              rule.action(),
              "%s fits a rule of this registry: %s"
                  .formatted(facts.subject(), ended(rule.reason())),
              Map.of("cause", one.expression().id(), "when", rule.when()));
      case Answer.DoesNot _ -> {}
      case Answer.Open(Set<FactKind> kinds) ->
          kinds.forEach(kind -> findings.look(kind, Fact.pending(), "", _ -> {}));
      case Answer.Unknown(String variable) ->
          findings.add(
              atMost(rule.action(), settings.missing()),
              "A rule of this registry asks for \"%s\" of %s, which is not known: %s"
                  .formatted(variable, facts.subject(), ended(rule.reason())),
              Map.of("cause", "no-" + variable, "when", rule.when()));
      case Answer.Failed(String why) ->
          findings.add(
              atMost(rule.action(), settings.error()),
              "A rule of this registry came to no answer about %s (%s): %s"
                  .formatted(facts.subject(), why, ended(rule.reason())),
              Map.of("cause", "failed-" + one.expression().id(), "when", rule.when()));
    }
  }

  /// Whoever cannot be judged is not treated worse than who fits.
  private static Action atMost(Action fits, Action otherwise) {
    return fits.compareTo(otherwise) < 0 ? fits : otherwise;
  }

  private static String ended(String reason) {
    return reason.endsWith(".") ? reason : reason + ".";
  }

  static ProblemException malformed(String sentence) {
    return new ProblemException(new Problem.Malformed(sentence));
  }
}
