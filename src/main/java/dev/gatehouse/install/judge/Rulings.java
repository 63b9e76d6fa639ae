package dev.gatehouse.install.judge;

import dev.gatehouse.install.attestation.Claim;
import dev.gatehouse.install.fact.Case;
import dev.gatehouse.install.fact.FactFinder;
import dev.gatehouse.install.judge.Ruling.Opinion;
import dev.gatehouse.npm.packument.Selected;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.fact.Fact;
import dev.gatehouse.policy.fact.FactKind;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.History;
import dev.gatehouse.policy.judge.Judge;
import dev.gatehouse.policy.judge.Judgement;
import dev.gatehouse.policy.judge.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What the policies say of the versions of one package at one moment. Each version is judged once,
/// when somebody asks. Not for several threads at once.
public final class Rulings {
  private final LongFunction<Rules> rules;
  private final Case subject;
  private final FactFinder facts;
  private final Instant now;
  private final Map<Selected, Ruling> made = new HashMap<>();
  private @Nullable Way last;
  private @Nullable Instant changesAt;

  /// The registries that a version comes through.
  ///
  /// @param open whether none of them has anything to say
  /// @param needed what their policies have to know
  private record Way(List<Long> through, boolean open, Set<FactKind> needed) {}

  Rulings(LongFunction<Rules> rules, Case subject, FactFinder facts, Instant now) {
    this.rules = rules;
    this.subject = subject;
    this.facts = facts;
    this.now = now;
  }

  /// What they would say if the registry had other rules, of the same versions at the same moment.
  public Rulings under(long registryId, Rules other) {
    return new Rulings(id -> id == registryId ? other : rules.apply(id), subject, facts, now);
  }

  /// What they say after more was found out.
  public Rulings anew() {
    return new Rulings(rules, subject, facts, now);
  }

  /// What they say of `version`.
  public Ruling of(Selected version) {
    return made.computeIfAbsent(version, this::judge);
  }

  /// The versions that are withheld, in document order, each with what is said of it.
  public Map<Selected, Ruling> withheld() {
    Map<Selected, Ruling> withheld = new LinkedHashMap<>();
    for (Selected one : subject.all().candidates()) {
      Ruling ruling = of(one);
      if (!ruling.isServed()) {
        withheld.put(one, ruling);
      }
    }
    return withheld;
  }

  /// What is known of the signature of `version`, whether or not a policy asks.
  public Fact<History.Signature> signature(Selected version) {
    return facts.about(version, EnumSet.of(FactKind.SIGNATURE)).history().signature();
  }

  /// That `version` has provenance, if its document says so and it can be checked; else null.
  public @Nullable Claim claim(Selected version) {
    return facts.claim(version);
  }

  /// What is known of the provenance of `version`, whether or not a policy asks.
  public Fact<History.Attestation> provenance(Selected version) {
    return facts.about(version, EnumSet.of(FactKind.PROVENANCE)).history().provenance();
  }

  /// When time alone may change what was said so far; null if never.
  public @Nullable Instant changesAt() {
    return changesAt;
  }

  private Ruling judge(Selected version) {
    Way way = way(subject.from().apply(version.source()).through());
    return way.open() ? Ruling.OPEN : judge(way.through(), facts.about(version, way.needed()));
  }

  /// Versions of one document come the same way.
  private Way way(List<Long> through) {
    Way known = last;
    if (known == null || !known.through().equals(through)) {
      Set<FactKind> needed = EnumSet.noneOf(FactKind.class);
      boolean open = true;
      for (long registry : through) {
        Rules one = rules.apply(registry);
        open &= one.allowsAll(subject.name());
        needed.addAll(one.needs());
      }
      known = new Way(through, open, needed);
      last = known;
    }
    return known;
  }

  private Ruling judge(List<Long> through, Facts known) {
    Verdict verdict = Verdict.allow();
    List<Opinion> opinions = new ArrayList<>();
    for (long registry : through) {
      Judgement judgement = Judge.judge(rules.apply(registry), known, now);
      verdict = verdict.and(judgement.verdict());
      opinions.add(new Opinion(registry, judgement));
      note(judgement.changesAt());
    }
    return new Ruling(verdict, List.copyOf(opinions));
  }

  private void note(@Nullable Instant change) {
    if (change != null && (changesAt == null || change.isBefore(changesAt))) {
      changesAt = change;
    }
  }
}
