package dev.gatehouse.policy.judge;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.PolicyName;
import dev.gatehouse.policy.Reason;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.fact.FactKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the rules of a registry make of one version.
///
/// @param verdict what becomes of it: of the enforced policies, after waivers and releases
/// @param outcomes of each policy that is not off, in the order of [PolicyName]
/// @param changesAt the next instant at which time alone may change the verdict, or null
public record Judgement(Verdict verdict, List<Outcome> outcomes, @Nullable Instant changesAt) {
  /// Keeps its own copy.
  public Judgement {
    outcomes = List.copyOf(outcomes);
  }

  /// The outcomes of all policies, also of those that are off: for people.
  public List<Outcome> allOutcomes() {
    return Arrays.stream(PolicyName.values()).map(this::outcome).toList();
  }

  /// The outcome of that policy.
  public Outcome outcome(PolicyName policy) {
    return outcomes.stream()
        .filter(outcome -> outcome.policy() == policy)
        .findFirst()
        .orElseGet(() -> Outcome.off(policy));
  }

  /// What observed policies would withhold it for.
  public List<Reason> observed() {
    return outcomes.stream()
        .filter(outcome -> outcome.state() == Outcome.State.WOULD_WITHHOLD)
        .map(Outcome::finding)
        .flatMap(finding ->
            switch (finding) {
              case Finding.Objection objection -> objection.verdict().reasons().stream();
              case Finding.Passed _, Finding.Waiting _ -> Stream.<Reason>empty();
            })
        .toList();
  }

  /// Whether an enforced policy cannot tell yet: the version may be listed, and its tarball must be
  /// judged again before its first byte is served.
  public boolean pending() {
    return outcomes.stream()
        .anyMatch(
            outcome -> outcome.mode() == Mode.ENFORCE && outcome.state() == Outcome.State.PENDING);
  }

  /// The kinds of facts that policies wait for, also those that only observe.
  public Stream<FactKind> awaited() {
    return outcomes.stream()
        .flatMap(outcome ->
            switch (outcome.finding()) {
              case Finding.Waiting(var kinds) -> kinds.stream();
              case Finding.Passed _, Finding.Objection _ -> Stream.<FactKind>empty();
            });
  }

  /// Whether an enforced policy cannot tell before that kind of fact is known.
  public boolean waitsFor(FactKind kind) {
    return outcomes.stream()
        .anyMatch(outcome ->
            outcome.mode() == Mode.ENFORCE
                && outcome.finding() instanceof Finding.Waiting(var kinds)
                && kinds.contains(kind));
  }
}
