package dev.gatehouse.policy.rule;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gathers what a policy finds in several facts: each is looked at if it is known, waited for if it
/// is pending, and missed as the settings say if it is missing.
public final class Findings {
  private final PolicyName policy;
  private final Object subject;
  private final Action missing;
  private List<Verdict> verdicts = List.of();
  private Set<FactKind> waiting = Set.of();
  private @Nullable Reason warning;

  /// For what `policy` finds in `subject`; `missing` is what a missing fact leads to.
  public Findings(PolicyName policy, Object subject, Action missing) {
    this.policy = policy;
    this.subject = subject;
    this.missing = missing;
  }

  /// Looks at one fact; `what` completes "… of left-pad@1.0.0 is not known".
  public <T> Findings look(FactKind kind, Fact<T> fact, String what, Consumer<T> at) {
    switch (fact) {
      case Fact.Known<T>(T value) -> at.accept(value);
      case Fact.Pending<T> _ -> pend(kind);
      case Fact.Missing<T> _ -> miss(kind, what);
    }
    return this;
  }

  /// Finds that a fact is missing.
  public void miss(FactKind kind, String what) {
    String cause = "no-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    add(missing, what + " of " + subject + " is not known.", Map.of("cause", cause));
  }

  /// Finds something that leads to `action`.
  public void add(Action action, String sentence, Map<String, String> evidence) {
    var reason = new Reason(policy, sentence, evidence);
    switch (action) {
      case ALLOW -> {}
      case FLAG -> warning = warning == null ? reason : warning;
      case QUARANTINE, BLOCK -> object(action.verdict(reason));
    }
  }

  // Nearly always there is nothing to find: the lists are made for the first thing in them.

  private void object(Verdict verdict) {
    verdicts = verdicts.isEmpty() ? new ArrayList<>(2) : verdicts;
    verdicts.add(verdict);
  }

  private void pend(FactKind kind) {
    waiting = waiting.isEmpty() ? EnumSet.noneOf(FactKind.class) : waiting;
    waiting.add(kind);
  }

  /// Everything found.
  public Finding finding() {
    if (!verdicts.isEmpty()) {
      return new Finding.Objection(verdicts);
    }
    if (!waiting.isEmpty()) {
      return new Finding.Waiting(waiting);
    }
    return warning == null ? Finding.PASSED : new Finding.Passed(warning);
  }
}
