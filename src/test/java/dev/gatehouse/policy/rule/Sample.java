package dev.gatehouse.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.Finding;
import dev.gatehouse.policy.Verdict;
import dev.gatehouse.policy.fact.Facts;
import dev.gatehouse.policy.fact.Subject;
import java.time.Instant;

/// What the tests of policies share: a time, a version, and what a policy's finding comes to.
public final class Sample {
  /// When everything is judged.
  public static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");

  /// Of an upstream, nothing known.
  public static final Facts FACTS = Facts.unknown("left-pad", "1.3.0");

  /// Published here, nothing known.
  public static final Facts HOSTED =
      Facts.of(new Subject("left-pad", "1.3.0", Subject.Place.HOSTED, false));

  private Sample() {}

  /// In one word what `policy` says: pass, warn, wait, hold, quarantine or block.
  public static String word(Policy policy, Facts facts) {
    return switch (policy.check(facts, NOW)) {
      case Finding.Passed(var warning) -> warning == null ? "pass" : "warn";
      case Finding.Waiting _ -> "wait";
      case Finding.Objection objection -> word(objection.verdict());
    };
  }

  /// The sentences with which `policy` objects.
  public static String sentences(Policy policy, Facts facts) {
    Finding finding = policy.check(facts, NOW);
    assertThat(finding).isInstanceOf(Finding.Objection.class);
    return String.join(
        " ",
        ((Finding.Objection) finding)
            .verdict().reasons().stream().map(reason -> reason.sentence()).toList());
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> "allow";
      case Verdict.Hold _ -> "hold";
      case Verdict.Quarantine _ -> "quarantine";
      case Verdict.Block _ -> "block";
    };
  }
}
