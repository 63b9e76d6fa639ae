package dev.gatehouse.install.judge;

import dev.gatehouse.install.fact.Case;
import dev.gatehouse.install.fact.Evidence;
import dev.gatehouse.install.fact.FactFinder;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.judge.Rules;
import java.time.Clock;
import java.util.Collection;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/// Brings packages before the policies of the registries that they are seen through.
public final class Judging {
  private final LongFunction<Rules> rules;
  private final Evidence evidence;
  private final Clock clock;

  /// Judges by `rules`, which gives those of a registry by its id, without waiting.
  public Judging(LongFunction<Rules> rules, Evidence evidence, Clock clock) {
    this.rules = rules;
    this.evidence = evidence;
    this.clock = clock;
  }

  /// A text that differs whenever any verdict on a version of `name`, seen through any of
  /// `registries`, could for another reason than time; empty if nothing is judged.
  public String identity(String name, Collection<Long> registries) {
    return registries.stream()
        .sorted()
        .filter(id -> !rules.apply(id).allowsAll(name))
        .map(id -> identity(name, id))
        .collect(Collectors.joining("\n"));
  }

  private String identity(String name, long registryId) {
    Rules applied = rules.apply(registryId);
    boolean inside = applied.needs().stream().anyMatch(FactKind::inTarball);
    boolean attested = applied.needs(FactKind.PROVENANCE);
    boolean advised = applied.needs(FactKind.ADVISORIES) || applied.needs(FactKind.FIXES);
    return "%d %s %d %d %s"
        .formatted(
            registryId,
            applied.identity(name),
            inside ? evidence.inspections().revision() : 0,
            attested ? evidence.attestations().revision() : 0,
            advised ? evidence.advisories().revision(name) : "");
  }

  /// Whether a policy of any of `registries` needs that kind of fact.
  public boolean needs(Collection<Long> registries, FactKind kind) {
    return registries.stream().anyMatch(id -> rules.apply(id).needs(kind));
  }

  /// The versions of one package before the policies, as it is at this moment.
  public Rulings on(Case subject) {
    var now = clock.instant();
    return new Rulings(rules, subject, new FactFinder(subject, evidence, now), now);
  }
}
