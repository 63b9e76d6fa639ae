package dev.gatehouse.install.judge;

import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.judge.Judgement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the policies of all registries on the way say of one version: the strictest wins.
public record Ruling(Verdict verdict, List<Opinion> opinions) {
  /// Nobody on the way has a policy.
  static final Ruling OPEN = new Ruling(Verdict.allow(), List.of());

  /// What one registry's policies say.
  public record Opinion(long registryId, Judgement judgement) {}

  /// Whether the version is served.
  public boolean isServed() {
    return !verdict.withholds();
  }

  /// Whether an enforced policy has to see the tarball before it can tell.
  public boolean isPending() {
    return opinions.stream().anyMatch(one -> one.judgement().pending());
  }

  /// The kinds of facts that policies wait for, also those that only observe.
  public Set<FactKind> awaited() {
    return opinions.stream()
        .flatMap(one -> one.judgement().awaited())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether an enforced policy waits for that kind of fact.
  public boolean waitsFor(FactKind kind) {
    return opinions.stream().anyMatch(one -> one.judgement().waitsFor(kind));
  }
}
